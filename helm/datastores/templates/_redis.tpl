{{- define "redis.ownSecrets" -}}["ADMIN_PASSWORD"]{{- end -}}
{{- define "redis.owners" -}}{"owners": ["audit", "user", "cart"], "key": "REDIS_PASSWORD", "suffix": "PASSWORD"}{{- end -}}

{{- define "redis.config" -}}
redis.conf: |
  # As in packages/stack: every write is flushed before it is answered, and no key is dropped.
  bind * -::*
  # Addresses are guarded by the NetworkPolicy, users by the list below; the default user is off.
  protected-mode no
  {{- if .values.tls.enabled }}
  port 0
  tls-port 6379
  tls-cert-file /etc/shopstack/tls/tls.crt
  tls-key-file /etc/shopstack/tls/tls.key
  tls-ca-cert-file /etc/shopstack/tls/ca.crt
  tls-auth-clients no
  {{- else }}
  port 6379
  {{- end }}
  dir /data
  aclfile /run/shopstack/users.acl
  save ""
  appendonly yes
  appendfsync always
  maxmemory {{ .store.maxMemory }}
  maxmemory-policy noeviction
  daemonize no
users.sh: |
  {{- .root.Files.Get "files/redis-users.sh" | trim | nindent 2 }}
{{- end -}}

{{- define "redis.init" -}}
{{- $env := printf "%s%s" (include "common.ownPassword" (dict "variable" "ADMIN_PASSWORD" "name" "redis" "key" "ADMIN_PASSWORD"))
  (include "common.ownersPasswords" .) -}}
{{ include "common.storeInit" (dict "at" . "step" "users" "image" .store.image "env" $env
  "command" (list "sh" "/etc/shopstack/redis/users.sh" "/run/shopstack/users.acl")) }}
{{- end -}}

{{- define "redis.command" -}}
command: [redis-server, /etc/shopstack/redis/redis.conf]
{{- end -}}

{{- define "redis.env" -}}
{{ include "common.ownPassword" (dict "variable" "REDISCLI_AUTH" "name" "redis" "key" "ADMIN_PASSWORD") }}
{{- end -}}

{{- define "redis.probe" -}}
exec:
  command:
    - sh
    - -c
    - redis-cli {{ if .values.tls.enabled }}--tls --cacert /etc/shopstack/tls/ca.crt --sni redis {{ end }}--user admin --no-auth-warning ping | grep -q PONG
{{- end -}}
