{{- define "mysql.ownSecrets" -}}["ADMIN_PASSWORD", "ROOT_PASSWORD"]{{- end -}}
{{- define "mysql.owners" -}}{"owners": ["audit", "payment", "shipping", "ratings", "dispatch"], "key": "MYSQL_PASSWORD", "suffix": "PASSWORD"}{{- end -}}

{{- define "mysql.config" -}}
accounts.sh: |
  {{- .root.Files.Get "files/mysql-accounts.sh" | trim | nindent 2 }}
initialise.sh: |
  {{- .root.Files.Get "files/mysql-initialise.sh" | trim | nindent 2 }}
{{- end -}}

{{- define "mysql.init" -}}
{{- $own := list -}}
{{- range $variable := list "ADMIN_PASSWORD" "ROOT_PASSWORD" -}}
{{- $own = append $own (include "common.ownPassword" (dict "variable" $variable "name" "mysql" "key" $variable)) -}}
{{- end -}}
{{- $env := printf "%s%s" (join "\n" $own) (include "common.ownersPasswords" .) -}}
{{ include "common.storeInit" (dict "at" . "step" "initialise" "image" .store.image "env" ""
  "command" (list "sh" "/etc/shopstack/mysql/initialise.sh")) }}
{{ include "common.storeInit" (dict "at" . "step" "accounts" "image" .store.image "env" $env
  "command" (list "sh" "/etc/shopstack/mysql/accounts.sh" "/run/shopstack/accounts.sql")) }}
{{- end -}}

{{- define "mysql.command" -}}
command:
  - mysqld
  - --no-defaults
  - --datadir=/data/mysql
  - --init-file=/run/shopstack/accounts.sql
  - --socket=/tmp/mysql.sock
  - --pid-file=/tmp/mysql.pid
  - --secure-file-priv=NULL
  - --mysqlx=OFF
  - --skip-name-resolve
  - --disable-log-bin
  - --innodb-buffer-pool-size={{ .store.bufferPool }}
  - --innodb-flush-log-at-trx-commit=1
  - --character-set-server=utf8mb4
  - --collation-server=utf8mb4_unicode_ci
  {{- if .values.tls.enabled }}
  - --require-secure-transport=ON
  - --ssl-ca=/etc/shopstack/tls/ca.crt
  - --ssl-cert=/etc/shopstack/tls/tls.crt
  - --ssl-key=/etc/shopstack/tls/tls.key
  {{- end }}
{{- end -}}

{{- define "mysql.env" -}}{{- end -}}

{{- define "mysql.probe" -}}
{{- /* Answers "access denied" without a password, which is alive. */ -}}
exec:
  command: [mysqladmin, --no-defaults, --socket=/tmp/mysql.sock, ping]
{{- end -}}
