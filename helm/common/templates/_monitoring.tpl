{{- define "common.serviceMonitor" -}}
{{- $v := include "common.values" . | fromYaml -}}
{{- if $v.monitoring.enabled -}}
{{- $at := dict "root" . "values" $v "name" .Chart.Name -}}
{{- $secret := printf "%s-tls" .Chart.Name -}}
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  {{- include "common.metadata" $at | nindent 2 }}
    {{- toYaml $v.monitoring.labels | nindent 4 }}
spec:
  selector:
    matchLabels:
      {{- include "common.selector" $at | nindent 6 }}
  endpoints:
    - port: {{ $v.tls.enabled | ternary "https" "http" }}
      path: /metrics
      interval: {{ $v.monitoring.interval }}
      {{- if $v.tls.enabled }}
      scheme: https
      tlsConfig:
        serverName: {{ .Chart.Name }}
        ca:
          secret:
            name: {{ $secret }}
            key: ca.crt
        cert:
          secret:
            name: {{ $secret }}
            key: tls.crt
        keySecret:
          name: {{ $secret }}
          key: tls.key
      {{- end }}
{{- end -}}
{{- end -}}

{{- define "common.prometheusRules" -}}
{{- $v := include "common.values" . | fromYaml -}}
{{- if $v.monitoring.enabled -}}
{{- $ours := printf "namespace=%q,job=" $v.defaults.namespace.name -}}
{{- range $path, $_ := .Files.Glob "files/rules/*.yaml" }}
---
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  {{- include "common.metadata" (dict "root" $ "values" $v "name" (base $path | trimSuffix ".yaml")) | nindent 2 }}
    {{- toYaml $v.monitoring.labels | nindent 4 }}
spec:
  {{- $.Files.Get $path | replace "job=" $ours | nindent 2 }}
{{- end }}
{{- end -}}
{{- end -}}
