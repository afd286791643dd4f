# Redis' users, as redisUsers of packages/stack makes them. Writes them to $1.
set -eu
hash() { printf %s "$1" | sha256sum | cut -d ' ' -f 1; }
owner() {
  echo "user $1 on #$(hash "$2") ~$1:* resetchannels &$1:* +@all -@admin -@dangerous +info"
}
{
  # Nobody signs in as it, but Redis replays its append-only file as this user.
  echo 'user default off ~* &* +@all'
  echo "user admin on #$(hash "$ADMIN_PASSWORD") ~* &* +@all"
  echo "user audit on #$(hash "$AUDIT_PASSWORD") ~cart:* resetchannels -@all +@read +@connection -@dangerous +info"
  owner user "$USER_PASSWORD"
  owner cart "$CART_PASSWORD"
} > "$1"
