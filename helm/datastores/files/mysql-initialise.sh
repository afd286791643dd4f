# An interrupted first start begins anew.
set -eu
[ -d /data/mysql ] && exit 0
rm -rf /data/unfinished
mysqld --no-defaults --secure-file-priv=NULL --initialize-insecure --datadir=/data/unfinished
mv /data/unfinished /data/mysql
