{{- define "common.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ .deploy.userId }}
runAsGroup: {{ .deploy.userId }}
fsGroup: {{ .deploy.userId }}
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "common.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* Where pods may run: root values. */}}
{{- define "common.placement" -}}
{{- $deploy := .deploy -}}
{{- with $deploy.tolerations }}
tolerations:
  - {{ toYaml . | nindent 4 | trim }}
{{- end }}
{{- with dig "affinity" "nodeAffinity" dict $deploy }}
{{- $match := dict "key" .key "operator" .operator "values" (kindIs "string" .values | ternary (list .values) .values) }}
affinity:
  nodeAffinity:
    {{- if eq $deploy.nodeAffinityMode "required" }}
    requiredDuringSchedulingIgnoredDuringExecution:
      nodeSelectorTerms:
        - matchExpressions:
            - {{ toYaml $match | nindent 14 | trim }}
    {{- else }}
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 100
        preference:
          matchExpressions:
            - {{ toYaml $match | nindent 14 | trim }}
    {{- end }}
{{- end }}
{{- end -}}

{{- define "common.spread" -}}
{{- $selector := include "common.selector" . -}}
topologySpreadConstraints:
{{- range $key := list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
  - maxSkew: 1
    topologyKey: {{ $key }}
    whenUnsatisfiable: ScheduleAnyway
    matchLabelKeys: [pod-template-hash]
    labelSelector:
      matchLabels:
        {{- $selector | nindent 8 }}
{{- end }}
{{- end -}}

{{- define "common.pullSecrets" -}}
{{- with .deploy.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end -}}

{{- define "common.probe" -}}
httpGet:
  path: {{ .path }}
  port: http
  {{- if .values.deploy.probes.synthetic }}
  httpHeaders:
    - name: X-INSTANA-SYNTHETIC
      value: "1"
  {{- end }}
{{- end -}}

{{/* The writable folder and, with TLS, the certificate: root, values, name. `onlyCa` for Jobs that run before it exists. */}}
{{- define "common.volumes" -}}
- name: tmp
  emptyDir:
    sizeLimit: {{ .values.deploy.tmpSize }}
{{- if .values.tls.enabled }}
- name: tls
  secret:
    secretName: {{ .onlyCa | ternary .values.tls.caSecret (printf "%s-tls" .name) }}
    defaultMode: 0440
    {{- if .onlyCa }}
    items:
      - key: ca.crt
        path: ca.crt
    {{- end }}
{{- end }}
{{- end -}}

{{- define "common.volumeMounts" -}}
- name: tmp
  mountPath: /tmp
{{- if .values.tls.enabled }}
- name: tls
  mountPath: /etc/shopstack/tls
  readOnly: true
{{- end }}
{{- end -}}
