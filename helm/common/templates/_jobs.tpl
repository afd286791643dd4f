{{/* A Job as a hook; it runs before the chart's other objects exist and needs nothing of them. */}}
{{- define "common.job" -}}
{{- $v := .values -}}
{{- $at := . -}}
apiVersion: batch/v1
kind: Job
metadata:
  {{- include "common.metadata" (merge (dict "objectName" (printf "%s-%s" .name .component)) .) | nindent 2 }}
  annotations:
    helm.sh/hook: {{ .hook }}
    helm.sh/hook-weight: "0"
    helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
spec:
  backoffLimit: 6
  activeDeadlineSeconds: {{ $v.migration.deadlineSeconds }}
  ttlSecondsAfterFinished: 86400
  template:
    metadata:
      labels:
        {{- include "common.labels" $at | nindent 8 }}
    spec:
      restartPolicy: OnFailure
      automountServiceAccountToken: false
      enableServiceLinks: false
      securityContext:
        {{- include "common.podSecurity" $v | nindent 8 }}
      {{- with include "common.pullSecrets" $v | trim }}
      {{- . | nindent 6 }}
      {{- end }}
      {{- with include "common.placement" $v | trim }}
      {{- . | nindent 6 }}
      {{- end }}
      containers:
        - name: {{ .component }}
          image: {{ .image | default (printf "%s:%s" $v.deploy.image.repository $v.deploy.image.tag) }}
          imagePullPolicy: {{ $v.deploy.image.pullPolicy }}
          command: [node, services/{{ .name }}/src/{{ .program }}.ts]
          securityContext:
            {{- include "common.containerSecurity" $v | nindent 12 }}
          env:
            {{- include "common.env" $at | trim | nindent 12 }}
          resources:
            {{- toYaml $v.deploy.resources | nindent 12 }}
          volumeMounts:
            {{- include "common.volumeMounts" $at | nindent 12 }}
      volumes:
        {{- include "common.volumes" (merge (dict "onlyCa" true) $at) | nindent 8 }}
{{- end -}}

{{- define "common.jobNetworkPolicy" -}}
{{- if .values.network.enabled -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "common.metadata" (merge (dict "objectName" (printf "%s-%s" .name .component)) .) | nindent 2 }}
  annotations:
    helm.sh/hook: {{ .hook }}
    helm.sh/hook-weight: "-10"
    helm.sh/hook-delete-policy: before-hook-creation
spec:
  podSelector:
    matchLabels:
      {{- include "common.selector" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  egress:
    {{- include "common.dnsEgress" . | nindent 4 }}
    {{- include "common.storeEgress" . | trim | nindent 4 }}
{{- end -}}
{{- end -}}

{{- define "common.migration" -}}
{{- $v := include "common.values" . | fromYaml -}}
{{- $at := dict "root" . "values" $v "name" .Chart.Name -}}
{{- if $v.migration.enabled -}}
{{- $job := merge (dict "component" "migration" "program" "migrate" "hook" "pre-install,pre-upgrade" "only" $v.migration.env "stores" (include "common.storesOf" $v.migration.env | fromJsonArray)) $at -}}
{{ include "common.jobNetworkPolicy" $job }}
---
{{ include "common.job" $job }}
{{- end }}
{{- if $v.seed.enabled }}
{{- $tools := (.Subcharts.common.Files.Get "files/platform-values.yaml" | fromYaml).deploy.image -}}
{{- $image := $v.seed.image | default (printf "%s:%s" $tools.repository $tools.tag) -}}
{{- $job := merge (dict "component" "seed" "program" "seed" "hook" "post-install,post-upgrade" "only" $v.seed.env "image" $image "stores" (include "common.storesOf" $v.seed.env | fromJsonArray)) $at }}
---
{{ include "common.jobNetworkPolicy" $job }}
---
{{ include "common.job" $job }}
{{- end }}
{{- end -}}

{{- define "common.storesOf" -}}
{{- $stores := list -}}
{{- range . -}}
{{- if eq . "MONGO_URL" -}}
{{- $stores = append $stores "mongodb" -}}
{{- else if eq . "MYSQL_URL" -}}
{{- $stores = append $stores "mysql" -}}
{{- end -}}
{{- end -}}
{{- toJson $stores -}}
{{- end -}}
