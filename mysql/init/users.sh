# Sourced by the image on the first start: each service its own schema and user, and a reader for the audit.
for owner in audit payment shipping ratings dispatch; do
  variable="${owner^^}_MYSQL_PASSWORD"
  password="${!variable}"
  if [[ ! $password =~ ^[A-Za-z0-9_.~-]{8,}$ ]]; then
    echo "$variable must have at least 8 of the characters A-Z a-z 0-9 _ . ~ -" >&2
    exit 1
  fi
  docker_process_sql <<<"CREATE USER IF NOT EXISTS '$owner'@'%' IDENTIFIED BY '$password';"
  [[ $owner == audit ]] && continue
  docker_process_sql <<SQL
CREATE DATABASE IF NOT EXISTS $owner CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
GRANT ALL PRIVILEGES ON $owner.* TO '$owner'@'%';
GRANT SELECT ON $owner.* TO 'audit'@'%';
SQL
done
