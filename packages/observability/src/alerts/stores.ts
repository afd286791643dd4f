import { foreign, maxBy, series } from '../promql.ts';
import type { Alert } from './alert.ts';

const stores = ['mongodb', 'mysql', 'redis', 'rabbitmq'];
const away = (dependency: string | readonly string[]) =>
  `count by (namespace, dependency) (${series('shop_dependency_up', 'all', { dependency })} == 0)`;
const ofVolume = (which: 'available' | 'capacity') =>
  foreign(`kubelet_volume_stats_${which}_bytes`, 'kubelet');
const secondsLeft = `${foreign('certmanager_certificate_expiration_timestamp_seconds', 'all')} - time()`;

/** What the services stand on. */
export const storeAlerts: readonly Alert[] = [
  {
    name: 'StoreDown',
    severity: 'critical',
    expr: away(stores),
    for: '1m',
    summary: '{{ $labels.dependency }} does not answer',
    description: '{{ $value }} copies of services ask {{ $labels.dependency }} and get no answer within 2 s.',
    meaning: 'A store or the broker does not answer a service that needs it',
    fires: '1 minute after the scrape that found it',
  },
  {
    name: 'MailDown',
    severity: 'warning',
    expr: away('smtp'),
    for: '5m',
    summary: 'The mail server does not answer',
    description: 'Letters to customers wait in their queue; nothing else does.',
    meaning: 'The mail server does not answer',
    fires: '5 minutes after the scrape that found it',
  },
  {
    name: 'DiskFilling',
    severity: 'warning',
    expr: `min by (namespace, job, persistentvolumeclaim) (${ofVolume('available')} / ${ofVolume('capacity')}) < 0.15`,
    for: '10m',
    summary: 'The volume {{ $labels.persistentvolumeclaim }} is nearly full',
    description:
      '{{ $value | humanizePercentage }} of it are free. A store that cannot write stops the shop.',
    meaning: 'A volume of a store has less than 15 % left',
    fires: '10 minutes below 15 %',
  },
  {
    name: 'CertificateExpiring',
    severity: 'warning',
    expr: `min by (namespace, job, name) (${secondsLeft}) < 21 * 86400`,
    for: '1h',
    summary: 'The certificate {{ $labels.name }} ends in {{ $value | humanizeDuration }}',
    description: 'It should have been renewed 30 days before its end.',
    meaning: 'A certificate was not renewed when it should have been',
    fires: '1 hour after less than 21 days are left',
  },
  {
    name: 'CertificateNotReady',
    severity: 'warning',
    expr: `${maxBy(['name'], foreign('certmanager_certificate_ready_status', 'all', { condition: 'True' }))} == 0`,
    for: '15m',
    summary: 'The certificate {{ $labels.name }} could not be made',
    description: 'cert-manager has no valid certificate for it; pods that need it do not start.',
    meaning: 'cert-manager could not make a certificate',
    fires: '15 minutes without a valid certificate',
  },
];
