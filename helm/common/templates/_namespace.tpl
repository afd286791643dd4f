{{- define "common.namespace" -}}
{{- $v := include "common.values" . | fromYaml -}}
{{- if $v.namespace.create -}}
apiVersion: v1
kind: Namespace
metadata:
  name: {{ $v.defaults.namespace.name }}
  labels:
    app.kubernetes.io/part-of: shopstack
    pod-security.kubernetes.io/enforce: restricted
    pod-security.kubernetes.io/audit: restricted
    pod-security.kubernetes.io/warn: restricted
{{- end }}
{{- end -}}

{{- define "common.resourceQuota" -}}
{{- $v := include "common.values" . | fromYaml -}}
apiVersion: v1
kind: ResourceQuota
metadata:
  {{- include "common.metadata" (dict "root" . "values" $v "name" "shopstack") | nindent 2 }}
spec:
  hard:
    requests.cpu: {{ $v.quota.requests.cpu | quote }}
    requests.memory: {{ $v.quota.requests.memory }}
    limits.cpu: {{ $v.quota.limits.cpu | quote }}
    limits.memory: {{ $v.quota.limits.memory }}
    pods: {{ $v.quota.pods | quote }}
    requests.storage: {{ $v.quota.storage }}
    services.loadbalancers: "0"
{{- end -}}

{{- define "common.limitRange" -}}
{{- $v := include "common.values" . | fromYaml -}}
apiVersion: v1
kind: LimitRange
metadata:
  {{- include "common.metadata" (dict "root" . "values" $v "name" "shopstack") | nindent 2 }}
spec:
  limits:
    - type: Container
      {{- toYaml $v.limitRange | nindent 6 }}
{{- end -}}

{{- define "common.defaultDeny" -}}
{{- $v := include "common.values" . | fromYaml -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "common.metadata" (dict "root" . "values" $v "name" "default-deny") | nindent 2 }}
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
{{- end -}}

{{/* The shop's own authority: every certificate of the namespace is checked against it. */}}
{{- define "common.authority" -}}
{{- $v := include "common.values" . | fromYaml -}}
{{- if and $v.tls.enabled (eq $v.tls.issuerKind "Issuer") -}}
{{- $at := dict "root" . "values" $v "name" "authority" -}}
apiVersion: cert-manager.io/v1
kind: Issuer
metadata:
  {{- include "common.metadata" (set $at "objectName" (printf "%s-root" $v.tls.issuerName)) | nindent 2 }}
spec:
  selfSigned: {}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  {{- include "common.metadata" (set $at "objectName" $v.tls.caSecret) | nindent 2 }}
spec:
  isCA: true
  commonName: shopstack
  secretName: {{ $v.tls.caSecret }}
  duration: 87600h
  renewBefore: 8760h
  privateKey:
    algorithm: ECDSA
    size: 256
  issuerRef:
    group: cert-manager.io
    kind: Issuer
    name: {{ $v.tls.issuerName }}-root
---
apiVersion: cert-manager.io/v1
kind: Issuer
metadata:
  {{- include "common.metadata" (set $at "objectName" $v.tls.issuerName) | nindent 2 }}
spec:
  ca:
    secretName: {{ $v.tls.caSecret }}
{{- end -}}
{{- end -}}
