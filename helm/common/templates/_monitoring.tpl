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

{{- define "common.alert" -}}
- alert: {{ .alert }}
  expr: {{ .expr | quote }}
  for: {{ .for }}
  labels:
    severity: {{ .severity }}
    service: {{ .service }}
  annotations:
    summary: {{ .summary | quote }}
    runbook_url: {{ .runbooks }}/{{ .alert | kebabcase }}.md
{{- end -}}

{{- define "common.prometheusRule" -}}
{{- $v := include "common.values" . | fromYaml -}}
{{- if $v.monitoring.enabled -}}
{{- $name := .Chart.Name -}}
{{- $which := printf "job=%q,namespace=%q" $name $v.defaults.namespace.name -}}
{{- $answers := printf "rate(shop_http_request_seconds_count{%s}[5m])" $which -}}
{{- $errors := printf "rate(shop_http_request_seconds_count{%s,status=~\"5..\"}[5m])" $which -}}
{{- $buckets := printf "rate(shop_http_request_seconds_bucket{%s}[5m])" $which -}}
{{- $title := title $name -}}
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  {{- include "common.metadata" (dict "root" . "values" $v "name" $name) | nindent 2 }}
    {{- toYaml $v.monitoring.labels | nindent 4 }}
spec:
  groups:
    - name: {{ $name }}
      rules:
        {{- $rules := list
          (dict "alert" (printf "%sDown" $title) "severity" "critical" "for" "2m"
            "expr" (printf "absent(up{%s} == 1)" $which)
            "summary" (printf "No pod of %s answers" $name))
          (dict "alert" (printf "%sErrors" $title) "severity" "critical" "for" "5m"
            "expr" (printf "sum(%s) / sum(%s) > %v" $errors $answers $v.monitoring.errorRatio)
            "summary" (printf "%s answers too many requests with an error" $name))
          (dict "alert" (printf "%sSlow" $title) "severity" "warning" "for" "10m"
            "expr" (printf "histogram_quantile(0.95, sum by (le) (%s)) > %v" $buckets $v.monitoring.slowSeconds)
            "summary" (printf "%s answers slowly" $name))
          (dict "alert" (printf "%sOutboxOld" $title) "severity" "warning" "for" "2m"
            "expr" (printf "max(shop_outbox_oldest_seconds{%s}) > 60" $which)
            "summary" (printf "Messages of %s wait to be published" $name))
          (dict "alert" (printf "%sBusDown" $title) "severity" "warning" "for" "2m"
            "expr" (printf "min(shop_bus_up{%s}) == 0" $which)
            "summary" (printf "%s cannot publish" $name))
          (dict "alert" (printf "%sBreakerOpen" $title) "severity" "warning" "for" "5m"
            "expr" (printf "max by (to) (shop_outbound_breaker_open{%s}) == 1" $which)
            "summary" (printf "%s has stopped calling what does not answer" $name)) -}}
        {{- range concat $rules $v.monitoring.rules }}
        {{- include "common.alert" (merge (dict "service" $name "runbooks" $v.monitoring.runbooks) .) | nindent 8 }}
        {{- end }}
{{- end -}}
{{- end -}}
