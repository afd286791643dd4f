{{/* The port of a store, with and without TLS: { store, tls }. */}}
{{- define "common.storePort" -}}
{{- $ports := dict "mongodb" 27017 "redis" 6379 "mysql" 3306 "rabbitmq" (.tls | ternary 5671 5672) -}}
{{- get $ports .store -}}
{{- end -}}

{{- define "common.peer" -}}
podSelector:
  matchLabels:
    app.kubernetes.io/name: {{ . }}
{{- end -}}

{{- define "common.dnsEgress" -}}
- to:
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: kube-system
  ports:
    - protocol: UDP
      port: 53
    - protocol: TCP
      port: 53
{{- end -}}

{{- define "common.storeEgress" -}}
{{- $v := .values -}}
{{- range $store := .stores | default $v.network.stores }}
- to:
    {{- if hasKey $v.network.storeRanges $store }}
    - ipBlock:
        cidr: {{ get $v.network.storeRanges $store }}
    {{- else }}
    - {{ include "common.peer" $store | nindent 6 | trim }}
    {{- end }}
  ports:
    - protocol: TCP
      port: {{ include "common.storePort" (dict "store" $store "tls" $v.tls.enabled) }}
{{- end -}}
{{- end -}}

{{/* Spans to the collector: its namespace, and the port of its address. */}}
{{- define "common.telemetryEgress" -}}
- to:
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: {{ .network.telemetryNamespace }}
  ports:
    - protocol: TCP
      port: {{ regexFind "[0-9]+$" (urlParse .telemetry.endpoint).host }}
{{- end -}}

{{- define "common.egress" -}}
{{- $v := .values -}}
{{ include "common.dnsEgress" . }}
{{- range $callee := $v.network.calls }}
- to:
    - {{ include "common.peer" $callee | nindent 6 | trim }}
  {{- if ne $callee "simulators" }}
  ports:
    - protocol: TCP
      port: {{ $v.tls.enabled | ternary 8443 8080 }}
  {{- end }}
{{- end }}
{{- include "common.storeEgress" . }}
{{- if and $v.telemetry.enabled $v.deploy.serviceVariables }}
{{ include "common.telemetryEgress" $v }}
{{- end }}
{{- with $v.network.internetPorts }}
- to:
    - ipBlock:
        cidr: 0.0.0.0/0
        # Not the cluster's own addresses, nor a cloud's metadata.
        except: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.0.0/16]
  ports:
    {{- range . }}
    - protocol: TCP
      port: {{ . }}
    {{- end }}
{{- end }}
{{- end -}}

{{- define "common.ingressRules" -}}
{{- $v := .values -}}
{{- $http := $v.service.ports.http.targetPort -}}
{{- range $caller := $v.network.calledBy }}
- from:
    - {{ include "common.peer" $caller | nindent 6 | trim }}
  ports:
    {{- if and $v.tls.enabled (ne $.name "simulators") }}
    - protocol: TCP
      port: 8443
    {{- else }}
    {{- range $v.service.ports }}
    - protocol: TCP
      port: {{ .targetPort }}
    {{- end }}
    {{- end }}
{{- end }}
{{- range $namespace := $v.network.fromNamespaces }}
- from:
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: {{ $namespace }}
  ports:
    - protocol: TCP
      port: {{ $http }}
{{- end }}
{{- if $v.network.public }}
- ports:
    - protocol: TCP
      port: {{ $http }}
{{- end }}
{{- if and $v.monitoring.enabled $v.deploy.serviceVariables }}
- from:
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: {{ $v.network.monitoringNamespace }}
  ports:
    - protocol: TCP
      port: {{ $v.tls.enabled | ternary 8443 $http }}
{{- end }}
{{- end -}}

{{- define "common.networkPolicy" -}}
{{- $v := include "common.values" . | fromYaml -}}
{{- if $v.network.enabled -}}
{{- $at := dict "root" . "values" $v "name" .Chart.Name -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "common.metadata" $at | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "common.selector" $at | nindent 6 }}
  policyTypes: [Ingress, Egress]
  {{- with include "common.ingressRules" $at | trim }}
  ingress:
    {{- . | nindent 4 }}
  {{- end }}
  egress:
    {{- include "common.egress" $at | nindent 4 }}
{{- end -}}
{{- end -}}
