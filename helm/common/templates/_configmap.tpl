{{- define "common.configData" -}}
{{ include "common.literals" . }}
{{- if .values.tls.enabled }}
{{ include "common.tunnelConfig" . }}
{{- end }}
{{- end -}}

{{- define "common.configmap" -}}
{{- $v := include "common.values" . | fromYaml -}}
{{- $at := dict "root" . "values" $v "name" .Chart.Name -}}
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "common.metadata" $at | nindent 2 }}
data:
  {{- range $name, $value := include "common.literals" $at | fromYaml }}
  {{ $name }}: {{ $value | quote }}
  {{- end }}
{{- if $v.tls.enabled }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "common.metadata" (set $at "objectName" (printf "%s-tunnel" .Chart.Name)) | nindent 2 }}
data:
  nginx.conf: |
    {{- include "common.tunnelConfig" $at | nindent 4 }}
{{- end }}
{{- end -}}
