/** Metrics that are not ours, with who has them. Without that exporter an alert on them stays quiet. */
export const foreignSeries = {
  up: 'Prometheus itself, of each scrape',
  kubelet_volume_stats_available_bytes: 'the kubelet, by kube-prometheus-stack',
  kubelet_volume_stats_capacity_bytes: 'the kubelet, by kube-prometheus-stack',
  certmanager_certificate_expiration_timestamp_seconds: 'cert-manager',
  certmanager_certificate_ready_status: 'cert-manager',
} as const;
export type ForeignSeries = keyof typeof foreignSeries;
