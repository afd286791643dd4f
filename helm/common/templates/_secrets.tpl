{{/* Filled before the migration Job needs it; Orphan, so that recreating this object does not take the Secret away. */}}
{{- define "common.externalSecret" -}}
{{- $v := include "common.values" . | fromYaml -}}
{{- if and $v.secrets.external.enabled $v.secrets.env -}}
{{- $name := printf "%s-secrets" .Chart.Name -}}
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  {{- include "common.metadata" (dict "root" . "values" $v "name" .Chart.Name "objectName" $name) | nindent 2 }}
  annotations:
    helm.sh/hook: pre-install,pre-upgrade
    helm.sh/hook-weight: "-20"
    helm.sh/hook-delete-policy: before-hook-creation
spec:
  {{- include "common.externalSecretSpec" (dict "values" $v "name" .Chart.Name) | nindent 2 }}
{{- end -}}
{{- end -}}

{{- define "common.externalSecretSpec" -}}
{{- $external := .values.secrets.external -}}
{{- $name := .name -}}
refreshInterval: {{ $external.refreshInterval }}
secretStoreRef:
  name: {{ $external.storeName }}
  kind: {{ $external.storeKind }}
target:
  name: {{ $name }}-secrets
  creationPolicy: Orphan
  deletionPolicy: Retain
data:
  {{- range $key := .values.secrets.env }}
  - secretKey: {{ $key }}
    remoteRef:
      key: {{ $external.path }}/{{ $name }}
      property: {{ $key }}
  {{- end }}
{{- end -}}

{{- define "common.certificate" -}}
{{- $v := include "common.values" . | fromYaml -}}
{{- if $v.tls.enabled -}}
{{- $name := printf "%s-tls" .Chart.Name -}}
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  {{- include "common.metadata" (dict "root" . "values" $v "name" .Chart.Name "objectName" $name) | nindent 2 }}
spec:
  {{- include "common.certificateSpec" (dict "values" $v "name" .Chart.Name) | nindent 2 }}
{{- end -}}
{{- end -}}

{{- define "common.certificateSpec" -}}
{{- $namespace := .values.defaults.namespace.name -}}
secretName: {{ .name }}-tls
duration: 2160h
renewBefore: 720h
privateKey:
  algorithm: ECDSA
  size: 256
  rotationPolicy: Always
usages: [digital signature, server auth, client auth]
dnsNames:
  - {{ .name }}
  - {{ .name }}.{{ $namespace }}.svc
  - {{ .name }}.{{ $namespace }}.svc.{{ .values.defaults.clusterDomain }}
issuerRef:
  group: cert-manager.io
  kind: {{ .values.tls.issuerKind }}
  name: {{ .values.tls.issuerName }}
{{- end -}}
