import { type Case, type CaseFile, firing, steady } from './case.ts';

const reached = (job: string, dependency: string): string =>
  `shop_dependency_up{job="${job}",dependency="${dependency}"}`;
const volume = (which: string, claim: string): string =>
  `kubelet_volume_stats_${which}_bytes{job="kubelet",namespace="shopstack",persistentvolumeclaim="${claim}"}`;
const certificate = (name: string): string =>
  `certmanager_certificate_expiration_timestamp_seconds{job="cert-manager",name="${name}"}`;
const days = 86_400;

const cases: readonly Case[] = [
  {
    about: ['StoreDown'],
    name: 'MySQL is away for everybody, Redis for a moment',
    series: {
      [reached('payment', 'mysql')]: `${steady(1, 2)} ${steady(0, 5)} ${steady(1, 9)}`,
      [reached('dispatch', 'mysql')]: `${steady(1, 2)} ${steady(0, 5)} ${steady(1, 9)}`,
      [reached('cart', 'redis')]: `${steady(1, 2)} 0 ${steady(1, 30)}`,
      [reached('cart', 'rabbitmq')]: steady(1),
    },
    checks: [
      { at: 2, fires: [] },
      { at: 4, fires: [firing('StoreDown', { dependency: 'mysql' })] },
      { at: 8, fires: [] },
    ],
  },
  {
    about: ['MailDown', 'StoreDown'],
    name: 'the mail server is away',
    series: { [reached('dispatch', 'smtp')]: `${steady(1, 2)} ${steady(0, 9)} ${steady(1, 9)}` },
    checks: [
      { at: 5, fires: [] },
      { at: 8, fires: [firing('MailDown', { dependency: 'smtp' })] },
      { at: 12, fires: [] },
    ],
  },
  {
    about: ['DiskFilling'],
    name: "MySQL's volume has a tenth left, MongoDB's a quarter",
    series: {
      [volume('available', 'data-mysql-0')]: steady(1e9),
      [volume('capacity', 'data-mysql-0')]: steady(1e10),
      [volume('available', 'data-mongodb-0')]: steady(2.5e9),
      [volume('capacity', 'data-mongodb-0')]: steady(1e10),
    },
    checks: [
      { at: 9, fires: [] },
      {
        at: 11,
        fires: [
          firing('DiskFilling', {
            job: 'kubelet',
            namespace: 'shopstack',
            persistentvolumeclaim: 'data-mysql-0',
          }),
        ],
      },
    ],
  },
  {
    about: ['CertificateExpiring'],
    name: 'one certificate ends in 20 days, one in 25',
    series: { [certificate('web-tls')]: steady(20 * days), [certificate('cart-tls')]: steady(25 * days) },
    checks: [
      { at: 50, fires: [] },
      { at: 62, fires: [firing('CertificateExpiring', { job: 'cert-manager', name: 'web-tls' })] },
    ],
  },
  {
    about: ['CertificateNotReady'],
    name: 'one certificate cannot be made, one is renewed',
    series: {
      'certmanager_certificate_ready_status{job="cert-manager",name="web-tls",condition="True"}': steady(0),
      'certmanager_certificate_ready_status{job="cert-manager",name="web-tls",condition="False"}': steady(1),
      'certmanager_certificate_ready_status{job="cert-manager",name="cart-tls",condition="True"}': `${steady(0, 3)} ${steady(1, 30)}`,
    },
    checks: [
      { at: 14, fires: [] },
      { at: 16, fires: [firing('CertificateNotReady', { job: 'cert-manager', name: 'web-tls' })] },
    ],
  },
];

/** Everything that `stores.ts` alerts on. */
export const storeCases: CaseFile = {
  rules: 'stores',
  cases,
};
