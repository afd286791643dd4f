{{/* A CronJob with its NetworkPolicy, Secret and certificate: root and name. Its part of the values has the same name. */}}
{{- define "common.watch" -}}
{{- $v := include "common.values" .root | fromYaml -}}
{{- $it := get $v .name -}}
{{- $network := merge (dict "calls" $it.calls "stores" $it.stores "internetPorts" $it.internetPorts) $v.network -}}
{{- $secrets := dict "env" $it.secretEnv "external" $v.secrets.external -}}
{{- $deploy := mergeOverwrite (deepCopy $v.deploy) (dict "serviceVariables" false) -}}
{{- $v = merge (dict "network" $network "secrets" $secrets "deploy" $deploy "env" $it.env) (omit $v "network" "secrets" "deploy" "env" "service") -}}
{{- $at := dict "root" .root "values" $v "name" .name "onlyCa" false -}}
{{- $tunnel := and $v.tls.enabled (include "common.tunnelled" $v | fromJsonArray) -}}
{{- if $it.enabled -}}
{{- if $tunnel }}
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "common.metadata" (merge (dict "objectName" (printf "%s-tunnel" .name)) $at) | nindent 2 }}
data:
  nginx.conf: |
    {{- include "common.tunnelConfig" $at | nindent 4 }}
---
{{- end }}
{{- if $v.tls.enabled }}
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  {{- include "common.metadata" (merge (dict "objectName" (printf "%s-tls" .name)) $at) | nindent 2 }}
spec:
  {{- include "common.certificateSpec" (dict "values" $v "name" .name) | nindent 2 }}
---
{{- end }}
{{- if and $v.secrets.external.enabled $it.secretEnv }}
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  {{- include "common.metadata" (merge (dict "objectName" (printf "%s-secrets" .name)) $at) | nindent 2 }}
spec:
  {{- include "common.externalSecretSpec" $at | nindent 2 }}
---
{{- end }}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "common.metadata" $at | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "common.selector" $at | nindent 6 }}
  policyTypes: [Ingress, Egress]
  egress:
    {{- include "common.egress" $at | nindent 4 }}
---
apiVersion: batch/v1
kind: CronJob
metadata:
  {{- include "common.metadata" $at | nindent 2 }}
spec:
  schedule: {{ $it.schedule | quote }}
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: 300
  successfulJobsHistoryLimit: 1
  failedJobsHistoryLimit: 3
  jobTemplate:
    spec:
      backoffLimit: 0
      activeDeadlineSeconds: {{ $it.deadlineSeconds }}
      template:
        metadata:
          labels:
            {{- include "common.labels" $at | nindent 12 }}
        spec:
          restartPolicy: Never
          automountServiceAccountToken: false
          enableServiceLinks: false
          securityContext:
            {{- include "common.podSecurity" $v | nindent 12 }}
          {{- with include "common.pullSecrets" $v | trim }}
          {{- . | nindent 10 }}
          {{- end }}
          {{- with include "common.placement" $v | trim }}
          {{- . | nindent 10 }}
          {{- end }}
          {{- if $tunnel }}
          initContainers:
            {{- include "common.tunnelContainer" $at | nindent 12 }}
          {{- end }}
          containers:
            - name: {{ .name }}
              image: {{ $v.deploy.image.repository }}:{{ $v.deploy.image.tag }}
              imagePullPolicy: {{ $v.deploy.image.pullPolicy }}
              command:
                {{- range $it.command }}
                - {{ include "common.reached" (dict "values" $v "variable" "" "value" .) | quote }}
                {{- end }}
              securityContext:
                {{- include "common.containerSecurity" $v | nindent 16 }}
              {{- with include "common.env" (merge (dict "only" (include "common.names" $it.env | fromJsonArray)) $at) | trim }}
              env:
                {{- . | nindent 16 }}
              {{- end }}
              resources:
                {{- toYaml $v.deploy.resources | nindent 16 }}
              volumeMounts:
                {{- include "common.volumeMounts" $at | nindent 16 }}
          volumes:
            {{- include "common.volumes" $at | nindent 12 }}
            {{- if $tunnel }}
            - name: tunnel
              configMap:
                name: {{ .name }}-tunnel
            {{- end }}
{{- end }}
{{- end -}}

{{- define "common.names" -}}
{{- $names := list -}}
{{- range . -}}
{{- $names = append $names .name -}}
{{- end -}}
{{- toJson $names -}}
{{- end -}}
