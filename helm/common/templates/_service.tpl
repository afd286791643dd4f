{{- define "common.service" -}}
{{- $v := include "common.values" . | fromYaml -}}
{{- $at := dict "root" . "values" $v "name" .Chart.Name -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "common.metadata" $at | nindent 2 }}
spec:
  type: {{ $v.service.type }}
  selector:
    {{- include "common.selector" $at | nindent 4 }}
  ports:
    {{- range $name, $it := $v.service.ports }}
    - name: {{ $name }}
      port: {{ $it.port }}
      targetPort: {{ $name }}
      {{- if and (eq $v.service.type "NodePort") $it.nodePort }}
      nodePort: {{ $it.nodePort }}
      {{- end }}
    {{- end }}
    {{- if $v.tls.enabled }}
    - name: https
      port: 8443
      targetPort: https
    {{- end }}
{{- end -}}

{{- define "common.serviceAccount" -}}
{{- $v := include "common.values" . | fromYaml -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "common.metadata" (dict "root" . "values" $v "name" .Chart.Name) | nindent 2 }}
automountServiceAccountToken: false
{{- end -}}
