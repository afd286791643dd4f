{{/* Grafana's sidecar takes every ConfigMap with this label. */}}
{{- define "common.dashboards" -}}
{{- $v := include "common.values" . | fromYaml -}}
{{- if $v.monitoring.enabled -}}
{{- range $path, $_ := .Files.Glob "files/dashboards/*.json" }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "common.metadata" (dict "root" $ "values" $v "name" (printf "dashboard-%s" (base $path | trimSuffix ".json"))) | nindent 2 }}
    grafana_dashboard: "1"
data:
  {{ base $path }}: {{ $.Files.Get $path | fromJson | toJson | quote }}
{{- end }}
{{- end -}}
{{- end -}}
