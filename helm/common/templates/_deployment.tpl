{{- define "common.deployment" -}}
{{- $v := include "common.values" . | fromYaml -}}
{{- $at := dict "root" . "values" $v "name" .Chart.Name "onlyCa" false -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  {{- include "common.metadata" $at | nindent 2 }}
spec:
  {{- if not $v.hpa.enabled }}
  replicas: {{ $v.deploy.replicaCount }}
  {{- end }}
  revisionHistoryLimit: 5
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxUnavailable: 0
      maxSurge: {{ $v.deploy.maxSurge }}
  selector:
    matchLabels:
      {{- include "common.selector" $at | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "common.labels" $at | nindent 8 }}
      annotations:
        checksum/config: {{ include "common.configData" $at | sha256sum }}
        {{- if $v.mesh.enabled }}
        {{- toYaml $v.mesh.annotations | nindent 8 }}
        {{- end }}
    spec:
      serviceAccountName: {{ .Chart.Name }}
      automountServiceAccountToken: false
      enableServiceLinks: false
      terminationGracePeriodSeconds: {{ $v.deploy.terminationGracePeriodSeconds }}
      securityContext:
        {{- include "common.podSecurity" $v | nindent 8 }}
      {{- with include "common.pullSecrets" $v | trim }}
      {{- . | nindent 6 }}
      {{- end }}
      {{- with include "common.placement" $v | trim }}
      {{- . | nindent 6 }}
      {{- end }}
      {{- if $v.deploy.topologySpread }}
      {{- include "common.spread" $at | nindent 6 }}
      {{- end }}
      {{- if $v.tls.enabled }}
      initContainers:
        {{- include "common.tunnelContainer" $at | nindent 8 }}
      {{- end }}
      containers:
        - name: {{ .Chart.Name }}
          {{- include "common.container" $at | nindent 10 }}
      volumes:
        {{- include "common.volumes" $at | nindent 8 }}
        {{- if $v.tls.enabled }}
        - name: tunnel
          configMap:
            name: {{ .Chart.Name }}-tunnel
        {{- end }}
{{- end -}}

{{- define "common.container" -}}
{{- $v := .values -}}
image: {{ $v.deploy.image.repository }}:{{ $v.deploy.image.tag }}
imagePullPolicy: {{ $v.deploy.image.pullPolicy }}
{{- with $v.deploy.command }}
command: {{ toJson . }}
{{- end }}
securityContext:
  {{- include "common.containerSecurity" $v | nindent 2 }}
ports:
  {{- range $port, $it := $v.service.ports }}
  - name: {{ $port }}
    containerPort: {{ $it.targetPort }}
  {{- end }}
envFrom:
  - configMapRef:
      name: {{ .name }}
{{- with include "common.env" . | trim }}
env:
  {{- . | nindent 2 }}
{{- end }}
resources:
  {{- toYaml $v.deploy.resources | nindent 2 }}
startupProbe:
  {{- include "common.probe" (dict "values" $v "path" $v.deploy.probes.live) | nindent 2 }}
  periodSeconds: 2
  failureThreshold: {{ div $v.deploy.probes.startSeconds 2 }}
readinessProbe:
  {{- include "common.probe" (dict "values" $v "path" $v.deploy.probes.ready) | nindent 2 }}
  periodSeconds: 5
  timeoutSeconds: 3
  failureThreshold: 2
livenessProbe:
  {{- include "common.probe" (dict "values" $v "path" $v.deploy.probes.live) | nindent 2 }}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
{{- if gt (int $v.deploy.preStopSeconds) 0 }}
lifecycle:
  preStop:
    sleep:
      seconds: {{ $v.deploy.preStopSeconds }}
{{- end }}
volumeMounts:
  {{- include "common.volumeMounts" . | nindent 2 }}
{{- end -}}
