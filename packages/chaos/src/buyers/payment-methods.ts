import { createShopper } from '@shopstack/acceptance/shopper';
import { listPaymentMethods } from '@shopstack/contracts/payment';

/** Whether the shop takes M-Pesa. */
export async function mobileMoneyAt(shopUrl: string): Promise<boolean> {
  const asked = '/payment/payment-methods?country=KE&currency=EUR';
  const { body } = await createShopper(shopUrl).ask('GET', asked);
  return (
    listPaymentMethods.answers[200].safeParse(body).data?.items.some(({ id }) => id === 'mpesa') ?? false
  );
}
