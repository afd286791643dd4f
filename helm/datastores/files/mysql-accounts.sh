# MySQL's schemas and users, as mariadbAccounts of packages/stack makes them, from any address. Writes statements to $1,
# one a line; the server runs them at each start, so a changed password needs a restart only.
set -eu
account() {
  echo "CREATE USER IF NOT EXISTS '$1'@'%';"
  echo "ALTER USER '$1'@'%' IDENTIFIED BY '$2';"
}
owner() {
  echo "CREATE DATABASE IF NOT EXISTS $1 CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;"
  account "$1" "$2"
  echo "GRANT ALL PRIVILEGES ON $1.* TO '$1'@'%';"
  echo "GRANT SELECT ON $1.* TO 'audit'@'%';"
}
{
  account admin "$ADMIN_PASSWORD"
  echo "GRANT ALL PRIVILEGES ON *.* TO 'admin'@'%' WITH GRANT OPTION;"
  account audit "$AUDIT_PASSWORD"
  owner payment "$PAYMENT_PASSWORD"
  owner shipping "$SHIPPING_PASSWORD"
  owner ratings "$RATINGS_PASSWORD"
  owner dispatch "$DISPATCH_PASSWORD"
  echo "DROP USER IF EXISTS ''@'localhost', 'root'@'127.0.0.1', 'root'@'::1';"
  echo "ALTER USER IF EXISTS 'root'@'localhost' IDENTIFIED BY '$ROOT_PASSWORD';"
} > "$1"
