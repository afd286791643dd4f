{{- define "mongodb.ownSecrets" -}}["ROOT_PASSWORD"]{{- end -}}
{{- define "mongodb.owners" -}}{"owners": ["audit", "user", "catalogue"], "key": "MONGO_PASSWORD", "suffix": "MONGO_PASSWORD"}{{- end -}}

{{- define "mongodb.config" -}}{{- end -}}

{{- define "mongodb.init" -}}{{- end -}}

{{- define "mongodb.command" -}}
{{- /* The image's entry point makes root, the services' users and the audit's on an empty folder. */ -}}
args:
  - mongod
  - --dbpath=/data
  - --bind_ip_all
  - --wiredTigerCacheSizeGB=0.25
  {{- if .values.tls.enabled }}
  - --tlsMode=requireTLS
  - --tlsCertificateKeyFile=/etc/shopstack/tls/tls-combined.pem
  - --tlsCAFile=/etc/shopstack/tls/ca.crt
  - --tlsAllowConnectionsWithoutCertificates
  {{- end }}
{{- end -}}

{{- define "mongodb.env" -}}
- name: HOME
  value: /tmp
- name: MONGO_INITDB_ROOT_USERNAME
  value: admin
{{ include "common.ownPassword" (dict "variable" "MONGO_INITDB_ROOT_PASSWORD" "name" "mongodb" "key" "ROOT_PASSWORD") }}
{{- include "common.ownersPasswords" . }}
{{- end -}}

{{- define "mongodb.probe" -}}
tcpSocket:
  port: mongodb
{{- end -}}
