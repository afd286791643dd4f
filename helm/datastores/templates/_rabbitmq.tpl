{{- define "rabbitmq.ownSecrets" -}}["ADMIN_PASSWORD"]{{- end -}}
{{- define "rabbitmq.owners" -}}{"owners": ["audit", "user", "catalogue", "cart", "payment", "shipping", "ratings", "dispatch"], "key": "AMQP_PASSWORD", "suffix": "AMQP_PASSWORD"}{{- end -}}

{{- define "rabbitmq.config" -}}
rabbitmq.conf: |
  {{- if .values.tls.enabled }}
  listeners.tcp = none
  listeners.ssl.default = 5671
  ssl_options.cacertfile = /etc/shopstack/tls/ca.crt
  ssl_options.certfile = /etc/shopstack/tls/tls.crt
  ssl_options.keyfile = /etc/shopstack/tls/tls.key
  ssl_options.verify = verify_none
  ssl_options.fail_if_no_peer_cert = false
  {{- else }}
  listeners.tcp.default = 5672
  {{- end }}
  load_definitions = /run/shopstack/definitions.json
  log.console = true
  log.console.level = info
  log.file = false
  disk_free_limit.absolute = 500MB
  vm_memory_high_watermark.absolute = {{ .store.memoryWatermark }}
  # The log of quorum queues is held in memory up to this size; 512 MB by default.
  raft.wal_max_size_bytes = 67108864
enabled_plugins: |
  [].
{{- end -}}

{{- define "rabbitmq.init" -}}
{{- $dispatch := (.root.Files.Get "files/dispatch-values.yaml" | fromYaml).deploy.image -}}
{{- $image := mergeOverwrite $dispatch (pick .values.deploy.image "repository" "tag") -}}
{{- $env := printf "%s%s"
  (include "common.ownPassword" (dict "variable" "ADMIN_AMQP_PASSWORD" "name" "rabbitmq" "key" "ADMIN_PASSWORD"))
  (include "common.ownersPasswords" .) -}}
{{ include "common.storeInit" (dict "at" . "step" "definitions" "env" $env
  "image" (printf "%s:%s" $image.repository $image.tag)
  "command" (list "node" "packages/bus/src/write-definitions.ts" "/run/shopstack/definitions.json")) }}
{{- end -}}

{{- define "rabbitmq.command" -}}
command: [rabbitmq-server]
{{- end -}}

{{- define "rabbitmq.env" -}}
{{- /* A HOME of its own for the cookie: on a volume its permissions would be widened. */ -}}
{{- range $name, $value := dict "HOME" "/tmp" "RABBITMQ_NODENAME" "shop@localhost"
  "RABBITMQ_CONFIG_FILE" "/etc/shopstack/rabbitmq/rabbitmq.conf"
  "RABBITMQ_ENABLED_PLUGINS_FILE" "/etc/shopstack/rabbitmq/enabled_plugins"
  "RABBITMQ_MNESIA_BASE" "/data/mnesia" "RABBITMQ_FEATURE_FLAGS_FILE" "/data/feature_flags"
  "RABBITMQ_LOG_BASE" "/tmp/log" "RABBITMQ_GENERATED_CONFIG_DIR" "/tmp/generated"
  "RABBITMQ_SCHEMA_DIR" "/tmp/schema" "RABBITMQ_PID_FILE" "/tmp/rabbitmq.pid" }}
- name: {{ $name }}
  value: {{ $value }}
{{- end -}}
{{- end -}}

{{- define "rabbitmq.probe" -}}
exec:
  command: [rabbitmq-diagnostics, --quiet, check_port_connectivity]
{{- end -}}
