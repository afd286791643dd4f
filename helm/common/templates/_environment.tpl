{{/* The entries of `env` after overrides, with the variables that every service has: name → value. */}}
{{- define "common.entries" -}}
{{- $v := .values -}}
{{- $entries := dict -}}
{{- if $v.deploy.serviceVariables -}}
{{- $_ := set $entries "SHOP_ENV" $v.defaults.environment -}}
{{- $_ := set $entries "PUBLIC_URL" $v.defaults.publicUrl -}}
{{- $_ := set $entries "PUBLIC_PATH" (printf "/api/v1/%s" .name) -}}
{{- $_ := set $entries "PORT" ($v.service.ports.http.targetPort | toString) -}}
{{- $_ := set $entries "DRAIN_SECONDS" ($v.deploy.drainSeconds | toString) -}}
{{- if $v.telemetry.enabled -}}
{{- $_ := set $entries "OTEL_EXPORTER_OTLP_ENDPOINT" $v.telemetry.endpoint -}}
{{- $_ := set $entries "OTEL_TRACES_SAMPLER_ARG" ($v.telemetry.sampler | toString) -}}
{{- $_ := set $entries "OTEL_RESOURCE_ATTRIBUTES" (printf "deployment.environment.name=%s" $v.defaults.environment) -}}
{{- end -}}
{{- end -}}
{{- range concat ($v.env | default list) $v.envOverrides -}}
{{- $_ := set $entries .name .value -}}
{{- end -}}
{{- range $name := $v.envRemoved -}}
{{- $_ := unset $entries $name -}}
{{- end -}}
{{- $reached := dict -}}
{{- range $name, $value := $entries -}}
{{- $_ := set $reached $name (include "common.reached" (dict "values" $v "variable" $name "value" $value)) -}}
{{- end -}}
{{- toYaml $reached -}}
{{- end -}}

{{/* An address as the container must know it: through the tunnel or with its protocol's TLS, and full names for nginx. */}}
{{- define "common.reached" -}}
{{- $v := .values -}}
{{- $value := .value -}}
{{- range $store, $host := $v.network.storeHosts -}}
{{- $value = $value | replace (printf "@%s:" $store) (printf "@%s:" $host) -}}
{{- if and (eq $store "redis") (eq $.variable "REDIS_HOST") -}}
{{- $value = $host -}}
{{- end -}}
{{- end -}}
{{- if $v.tls.enabled -}}
{{- range $index, $callee := include "common.tunnelled" $v | fromJsonArray -}}
{{- $local := printf "${1}127.0.0.1:%d${3}" (add 18001 $index) -}}
{{- $value = regexReplaceAll (printf "^((?:http://)?)%s(:8080)?((?:/.*)?)$" $callee) $value $local -}}
{{- end -}}
{{- if eq .variable "REDIS_HOST" -}}
{{- $value = "127.0.0.1:6379" -}}
{{- else if hasPrefix "amqp://" $value -}}
{{- $value = $value | replace "amqp://" "amqps://" | replace ":5672" ":5671" -}}
{{- else if hasPrefix "redis://" $value -}}
{{- $value = $value | replace "redis://" "rediss://" -}}
{{- else if hasPrefix "mysql://" $value -}}
{{- $value = printf "%s?ssl=%%7B%%22verifyIdentity%%22%%3Atrue%%7D" $value -}}
{{- else if hasPrefix "mongodb://" $value -}}
{{- $value = printf "%s%stls=true" $value (contains "?" $value | ternary "&" "?") -}}
{{- end -}}
{{- end -}}
{{- if and $v.deploy.fullHostNames (hasSuffix "_HOST" .variable) (not (hasPrefix "127." $value)) -}}
{{- $value = printf "%s.%s.svc.%s:8080" $value $v.defaults.namespace.name $v.defaults.clusterDomain -}}
{{- end -}}
{{- $value -}}
{{- end -}}

{{/* Callees that are reached through the tunnel; the simulators have none. */}}
{{- define "common.tunnelled" -}}
{{- without .network.calls "simulators" | toJson -}}
{{- end -}}

{{/* Literal variables go into the ConfigMap; those that refer to a secret must stand in the container. */}}
{{- define "common.literals" -}}
{{- $literals := dict -}}
{{- range $name, $value := include "common.entries" . | fromYaml -}}
{{- if not (contains "$(" $value) -}}
{{- $_ := set $literals $name $value -}}
{{- end -}}
{{- end -}}
{{- toYaml $literals -}}
{{- end -}}

{{/* `env` of a container. With `only`, a list of names, everything they need and no ConfigMap. */}}
{{- define "common.env" -}}
{{- $entries := include "common.entries" . | fromYaml -}}
{{- $only := .only | default list -}}
{{- $wanted := dict -}}
{{- range $name, $value := $entries -}}
{{- if or (has $name $only) (and (empty $only) (contains "$(" $value)) -}}
{{- $_ := set $wanted $name $value -}}
{{- end -}}
{{- end -}}
{{- $text := values $wanted | join " " -}}
{{- $secret := printf "%s-secrets" .name -}}
{{- range $key := .values.secrets.env -}}
{{- if or (empty $only) (has $key $only) (contains (printf "$(%s)" $key) $text) }}
- name: {{ $key }}
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: {{ $key }}
{{- end -}}
{{- end -}}
{{- range $name, $value := $wanted }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end -}}
{{- if .values.tls.enabled }}
- name: NODE_EXTRA_CA_CERTS
  value: /etc/shopstack/tls/ca.crt
{{- end -}}
{{- end -}}
