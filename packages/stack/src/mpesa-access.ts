import type { Surroundings } from './surroundings.ts';

/** What the simulator and the payment service agree on. */
export const mpesaAccount = ({ secrets, outside }: Surroundings) => ({
  MPESA_CONSUMER_KEY: secrets.password('simulators.mpesa.key'),
  MPESA_CONSUMER_SECRET: secrets.password('simulators.mpesa.secret'),
  MPESA_SHORT_CODE: '174379',
  MPESA_PASSKEY: secrets.password('simulators.mpesa.passkey'),
  MPESA_CURRENCY: outside.SHOP_CURRENCY ?? 'EUR',
});

/** How payment reaches M-Pesa: the simulator, or with a MPESA_URL of the launcher's what its MPESA_ variables say. */
export function mpesaAccess(at: Surroundings): Record<string, string> {
  if (at.outside.MPESA_URL) return {};
  return {
    ...mpesaAccount(at),
    MPESA_URL: `http://127.0.0.1:${at.ports('mpesa')}`,
    MPESA_INITIATOR: 'shop',
    MPESA_SECURITY_CREDENTIAL: at.secrets.password('simulators.mpesa.initiator'),
    MPESA_CALLBACK_URL: `http://127.0.0.1:${at.ports('payment')}/webhooks/mpesa`,
    MPESA_CALLBACK_SECRET: at.secrets.password('payment.mpesa.callback'),
    MPESA_CONFIRM_SECONDS: at.outside.MPESA_CONFIRM_SECONDS ?? '60',
  };
}
