{{- define "common.ingress" -}}
{{- $v := include "common.values" . | fromYaml -}}
{{- $at := dict "root" . "values" $v "name" .Chart.Name -}}
{{- if $v.ingress.enabled -}}
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  {{- include "common.metadata" $at | nindent 2 }}
  annotations:
    {{- if $v.ingress.clusterIssuer }}
    cert-manager.io/cluster-issuer: {{ $v.ingress.clusterIssuer }}
    {{- end }}
    {{- with $v.ingress.annotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  ingressClassName: {{ $v.ingress.className }}
  tls:
    - hosts: [{{ $v.ingress.host }}]
      secretName: {{ $v.ingress.tlsSecret }}
  rules:
    - host: {{ $v.ingress.host }}
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: {{ .Chart.Name }}
                port:
                  name: http
{{- end }}
{{- end -}}

{{- define "common.httpRoute" -}}
{{- $v := include "common.values" . | fromYaml -}}
{{- if $v.httpRoute.enabled -}}
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  {{- include "common.metadata" (dict "root" . "values" $v "name" .Chart.Name) | nindent 2 }}
spec:
  parentRefs:
    - name: {{ $v.httpRoute.gatewayName }}
      namespace: {{ $v.httpRoute.gatewayNamespace }}
  hostnames: [{{ $v.httpRoute.host }}]
  rules:
    - backendRefs:
        - name: {{ .Chart.Name }}
          port: {{ $v.service.ports.http.port }}
{{- end -}}
{{- end -}}
