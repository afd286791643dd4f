{{/* A chart's values over its environment's over everybody's. Ends rendering where values contradict each other. */}}
{{- define "common.values" -}}
{{- $all := deepCopy (omit .Values.common "environments" "global") -}}
{{- $own := omit .Values "common" "global" -}}
{{- $environment := dig "defaults" "environment" $all.defaults.environment $own -}}
{{- $preset := get .Values.common.environments $environment | default dict -}}
{{- $values := mergeOverwrite $all (deepCopy $preset) (deepCopy $own) -}}
{{- $tag := dig "deploy" "image" "tag" "" $values -}}
{{- if and (eq $tag "latest") (ne $environment "development") -}}
{{- fail (printf "deploy.image.tag: latest is for development, this is %s" $environment) -}}
{{- end -}}
{{- toYaml $values -}}
{{- end -}}

{{- define "common.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/component: {{ .component | default "server" }}
{{- end -}}

{{- define "common.labels" -}}
{{ include "common.selector" . }}
app.kubernetes.io/part-of: shopstack
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
{{- end -}}

{{/* metadata of an object: root, values, name, component. */}}
{{- define "common.metadata" -}}
name: {{ .objectName | default .name }}
namespace: {{ .values.defaults.namespace.name }}
labels:
  {{- include "common.labels" . | nindent 2 }}
{{- end -}}
