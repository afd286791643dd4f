{{/* TLS for programs that speak plain HTTP or Redis: a tunnel in the pod, mutual between services. */}}
{{- define "common.tunnelContainer" -}}
- name: tunnel
  image: {{ .values.tls.tunnelImage }}
  imagePullPolicy: {{ .values.deploy.image.pullPolicy }}
  # A sidecar: starts before the others and ends after them.
  restartPolicy: Always
  command: [nginx, -e, stderr, -c, /etc/tunnel/nginx.conf, -g, daemon off;]
  securityContext:
    {{- include "common.containerSecurity" .values | nindent 4 }}
  {{- if .values.service }}
  ports:
    - name: https
      containerPort: 8443
  startupProbe:
    tcpSocket:
      port: https
    periodSeconds: 1
    failureThreshold: 30
  readinessProbe:
    tcpSocket:
      port: https
    periodSeconds: 10
  livenessProbe:
    tcpSocket:
      port: https
    periodSeconds: 10
    failureThreshold: 6
  {{- end }}
  resources:
    requests:
      cpu: 20m
      memory: 32Mi
    limits:
      cpu: 500m
      memory: 96Mi
  volumeMounts:
    {{- include "common.volumeMounts" . | nindent 4 }}
    - name: tunnel
      mountPath: /etc/tunnel
      readOnly: true
{{- end -}}

{{- define "common.tunnelConfig" -}}
{{- $v := .values -}}
{{- $domain := printf "%s.svc.%s" $v.defaults.namespace.name $v.defaults.clusterDomain -}}
worker_processes 1;
pid /tmp/tunnel.pid;
error_log stderr warn;
events {
  worker_connections 4096;
}
stream {
  resolver {{ $v.defaults.dnsService }}.{{ $v.defaults.clusterDomain }} valid=5s ipv6=off;
  # Through variables, files are read at each handshake: a renewed certificate needs no reload.
  map $protocol $certificate {
    default /etc/shopstack/tls/tls.crt;
  }
  map $protocol $key {
    default /etc/shopstack/tls/tls.key;
  }
  ssl_protocols TLSv1.2 TLSv1.3;
  proxy_ssl_protocols TLSv1.2 TLSv1.3;
  proxy_ssl_trusted_certificate /etc/shopstack/tls/ca.crt;
  proxy_ssl_verify on;
  proxy_ssl_verify_depth 3;
  proxy_ssl_server_name on;
  proxy_ssl_certificate $certificate;
  proxy_ssl_certificate_key $key;
  proxy_connect_timeout 3s;
  # An order's event stream may be silent for an hour.
  proxy_timeout 65m;
  {{- if $v.service }}
  server {
    listen 8443 ssl;
    ssl_certificate $certificate;
    ssl_certificate_key $key;
    ssl_client_certificate /etc/shopstack/tls/ca.crt;
    ssl_verify_client on;
    ssl_verify_depth 3;
    proxy_pass 127.0.0.1:{{ $v.service.ports.http.targetPort }};
  }
  {{- end }}
  {{- range $index, $callee := include "common.tunnelled" $v | fromJsonArray }}
  server {
    listen 127.0.0.1:{{ add 18001 $index }};
    set $callee {{ $callee }}.{{ $domain }}:8443;
    proxy_pass $callee;
    proxy_ssl on;
    proxy_ssl_name {{ $callee }};
  }
  {{- end }}
  {{- range $name, $host := include "common.redisHost" $v | fromYaml }}
  server {
    listen 127.0.0.1:6379;
    set $store {{ contains "." $host | ternary $host (printf "%s.%s" $host $domain) }}:6379;
    proxy_pass $store;
    proxy_ssl on;
    proxy_ssl_trusted_certificate {{ $v.tls.redisCaFile }};
    proxy_ssl_name {{ $host }};
  }
  {{- end }}
}
{{- end -}}

{{- define "common.redisHost" -}}
{{- $found := dict -}}
{{- range concat (.env | default list) .envOverrides -}}
{{- if eq .name "REDIS_HOST" -}}
{{- $_ := set $found .name (get $.network.storeHosts "redis" | default (.value | trimSuffix ":6379")) -}}
{{- end -}}
{{- end -}}
{{- toYaml $found -}}
{{- end -}}
