{{/* A store with its Service, NetworkPolicy, certificate and Secret: root and name. What differs are the templates
     `<name>.command`, `.init`, `.env`, `.probe` and `.config` of the chart. */}}
{{- define "common.store" -}}
{{- $v := include "common.values" .root | fromYaml -}}
{{- $it := get $v.stores .name -}}
{{- if $it.enabled -}}
{{- $secrets := dict "external" $v.secrets.external "env" (include (printf "%s.ownSecrets" .name) . | fromJsonArray) -}}
{{- $v = mergeOverwrite $v (dict "secrets" $secrets) -}}
{{- $port := include "common.storePort" (dict "store" .name "tls" $v.tls.enabled) -}}
{{- $at := dict "root" .root "values" $v "name" .name "store" $it "port" $port "onlyCa" false -}}
{{- $config := include (printf "%s.config" .name) $at -}}
{{- if $config }}
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "common.metadata" $at | nindent 2 }}
data:
  {{- $config | nindent 2 }}
---
{{- end }}
apiVersion: v1
kind: Service
metadata:
  {{- include "common.metadata" $at | nindent 2 }}
spec:
  clusterIP: None
  publishNotReadyAddresses: false
  selector:
    {{- include "common.selector" $at | nindent 4 }}
  ports:
    - name: {{ .name }}
      port: {{ $port }}
      targetPort: {{ .name }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "common.metadata" $at | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "common.selector" $at | nindent 6 }}
  policyTypes: [Ingress, Egress]
  ingress:
    {{- range $it.calledBy }}
    - from:
        - {{ include "common.peer" . | nindent 10 | trim }}
      ports:
        - protocol: TCP
          port: {{ $port }}
    {{- end }}
---
{{- if $v.tls.enabled }}
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  {{- include "common.metadata" (merge (dict "objectName" (printf "%s-tls" .name)) $at) | nindent 2 }}
spec:
  {{- include "common.certificateSpec" $at | nindent 2 }}
  # MongoDB wants both in one file.
  additionalOutputFormats:
    - type: CombinedPEM
---
{{- end }}
{{- if $v.secrets.external.enabled }}
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  {{- include "common.metadata" (merge (dict "objectName" (printf "%s-secrets" .name)) $at) | nindent 2 }}
spec:
  {{- include "common.externalSecretSpec" $at | nindent 2 }}
    {{- $owners := include (printf "%s.owners" .name) . | fromJson }}
    {{- range $owners.owners }}
    - secretKey: {{ upper . }}_{{ $owners.suffix }}
      remoteRef:
        key: {{ $v.secrets.external.path }}/{{ . }}
        property: {{ $owners.key }}
    {{- end }}
---
{{- end }}
apiVersion: apps/v1
kind: StatefulSet
metadata:
  {{- include "common.metadata" $at | nindent 2 }}
spec:
  serviceName: {{ .name }}
  replicas: 1
  selector:
    matchLabels:
      {{- include "common.selector" $at | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "common.labels" $at | nindent 8 }}
      annotations:
        checksum/config: {{ $config | sha256sum }}
    spec:
      automountServiceAccountToken: false
      enableServiceLinks: false
      terminationGracePeriodSeconds: {{ $v.deploy.terminationGracePeriodSeconds }}
      securityContext:
        {{- include "common.podSecurity" $v | nindent 8 }}
        fsGroupChangePolicy: OnRootMismatch
      {{- with include "common.pullSecrets" $v | trim }}
      {{- . | nindent 6 }}
      {{- end }}
      {{- with include "common.placement" $v | trim }}
      {{- . | nindent 6 }}
      {{- end }}
      {{- with include (printf "%s.init" .name) $at | trim }}
      initContainers:
        {{- . | nindent 8 }}
      {{- end }}
      containers:
        - name: {{ .name }}
          {{- include "common.storeContainer" $at | nindent 10 }}
      volumes:
        {{- include "common.volumes" $at | nindent 8 }}
        - name: run
          emptyDir:
            medium: Memory
            sizeLimit: 8Mi
        {{- if $config }}
        - name: config
          configMap:
            name: {{ .name }}
        {{- end }}
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        {{- with $v.storage.className }}
        storageClassName: {{ . }}
        {{- end }}
        resources:
          requests:
            storage: {{ $it.size }}
{{- end }}
{{- end -}}

{{- define "common.storeContainer" -}}
image: {{ .store.image }}
imagePullPolicy: {{ .values.deploy.image.pullPolicy }}
{{ include (printf "%s.command" .name) . }}
securityContext:
  {{- include "common.containerSecurity" .values | nindent 2 }}
ports:
  - name: {{ .name }}
    containerPort: {{ .port }}
{{- with include (printf "%s.env" .name) . | trim }}
env:
  {{- . | nindent 2 }}
{{- end }}
resources:
  {{- toYaml .store.resources | nindent 2 }}
{{- $probe := include (printf "%s.probe" .name) . }}
startupProbe:
  {{- $probe | nindent 2 }}
  timeoutSeconds: 10
  periodSeconds: 5
  failureThreshold: 36
readinessProbe:
  {{- $probe | nindent 2 }}
  timeoutSeconds: 10
  periodSeconds: 10
livenessProbe:
  {{- $probe | nindent 2 }}
  timeoutSeconds: 10
  periodSeconds: 30
  failureThreshold: 4
volumeMounts:
  {{- include "common.storeMounts" . | nindent 2 }}
{{- end -}}

{{- define "common.storeMounts" -}}
{{ include "common.volumeMounts" . }}
- name: run
  mountPath: /run/shopstack
{{- if include (printf "%s.config" .name) . }}
- name: config
  mountPath: /etc/shopstack/{{ .name }}
  readOnly: true
{{- end }}
- name: data
  mountPath: /data
{{- end -}}

{{/* A container that prepares the store: at, name, image, command, env. */}}
{{- define "common.storeInit" -}}
- name: {{ .step }}
  image: {{ .image }}
  imagePullPolicy: {{ .at.values.deploy.image.pullPolicy }}
  command:
    {{- toYaml .command | nindent 4 }}
  securityContext:
    {{- include "common.containerSecurity" .at.values | nindent 4 }}
  {{- with .env }}
  env:
    {{- . | nindent 4 }}
  {{- end }}
  resources:
    {{- toYaml .at.store.resources | nindent 4 }}
  volumeMounts:
    {{- include "common.storeMounts" .at | nindent 4 }}
{{- end -}}

{{/* Variables <OWNER>_PASSWORD (or another suffix) of `<store>.owners`: from the owner's Secret or, where Secrets come from
     outside, from the store's own. Argo CD brings the owners' only after the stores are up. */}}
{{- define "common.ownersPasswords" -}}
{{- $it := include (printf "%s.owners" .name) . | fromJson -}}
{{- $external := .values.secrets.external.enabled -}}
{{- $store := .name -}}
{{- range $it.owners }}
{{- $variable := printf "%s_%s" (upper .) $it.suffix }}
- name: {{ $variable }}
  valueFrom:
    secretKeyRef:
      name: {{ ternary $store . $external }}-secrets
      key: {{ ternary $variable $it.key $external }}
{{- end -}}
{{- end -}}

{{- define "common.ownPassword" -}}
- name: {{ .variable }}
  valueFrom:
    secretKeyRef:
      name: {{ .name }}-secrets
      key: {{ .key }}
{{- end -}}
