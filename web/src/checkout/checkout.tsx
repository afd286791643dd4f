import { zodResolver } from '@hookform/resolvers/zod';
import type { Cart } from '@shopstack/contracts/cart';
import { useEffect, useRef, useState } from 'react';
import { FormProvider, useForm, useWatch } from 'react-hook-form';
import type { OrderInput } from '../api/dispatch.ts';
import { fieldErrors, isProblem } from '../api/problem.ts';
import type { SessionState } from '../api/session.ts';
import { addAddress } from '../api/user.ts';
import { useDelayed } from '../app/use-delayed.ts';
import { toAddress } from './address-form.ts';
import { AddressSection } from './address-section.tsx';
import { type CheckoutForm, checkoutForm, destinationOf, readDraft, writeDraft } from './checkout-form.ts';
import { ContactSection } from './contact-section.tsx';
import { DeliverySection } from './delivery-section.tsx';
import { PaymentSection } from './payment-section.tsx';
import { type Missing, ReviewSection } from './review-section.tsx';
import { totalWith } from './total.ts';
import { type Delivery, useDelivery } from './use-delivery.ts';
import { type PaymentChoice, usePaymentChoice } from './use-payment-choice.ts';
import { usePlaceOrder } from './use-place-order.ts';

const TYPING_MS = 450;
type Field = 'email' | `address.${keyof CheckoutForm['address']}`;

/** What is not chosen yet. */
function missingOf(delivery: Delivery, payment: PaymentChoice): Missing | undefined {
  if (!delivery.chosen) return 'chooseDelivery';
  if (!payment.method) return 'choosePayment';
  return payment.byPhone && !payment.token ? 'giveNumber' : undefined;
}

export function Checkout({ cart, session }: { cart: Cart; session: SessionState }) {
  const guest = session.status !== 'signed-in';
  const form = useForm<CheckoutForm>({
    resolver: zodResolver(checkoutForm(guest)),
    defaultValues: readDraft(sessionStorage),
    mode: 'onTouched',
  });
  const values = useWatch({ control: form.control, compute: (all: CheckoutForm) => all });
  const address = useDelayed(values.address, TYPING_MS);
  const delivery = useDelivery(cart, destinationOf(address));
  const payment = usePaymentChoice(values.address.country, cart.subtotal.currency);
  const order = usePlaceOrder();
  const [pressed, setPressed] = useState(false);
  const numberField = useRef<HTMLInputElement>(null);
  const missing = missingOf(delivery, payment);

  useEffect(() => writeDraft(sessionStorage, values), [values]);
  useEffect(() => {
    if (!isProblem(order.error, 'validation-failed')) return;
    for (const [pointer, message] of Object.entries(fieldErrors(order.error))) {
      if (/^(email|address\/\w+)$/.test(pointer)) {
        form.setError(pointer.replace('/', '.') as Field, { type: 'invalid_format', message });
      }
    }
  }, [order.error, form]);

  const total = delivery.chosen && totalWith(cart, delivery.chosen.price);
  const submit = form.handleSubmit((filled) => {
    setPressed(true);
    if (missing === 'giveNumber') numberField.current?.focus();
    if (missing || !delivery.chosen || !payment.method || !total) return;
    const body: OrderInput = {
      cartVersion: cart.version,
      shippingQuoteId: delivery.chosen.quoteId,
      address: toAddress(filled.address),
      paymentMethod: payment.method.id,
      ...(payment.token ? { paymentToken: payment.token } : {}),
      expectedTotal: total,
      ...(guest ? { email: filled.email } : {}),
    };
    order.mutate(body, {
      onSuccess: () => {
        if (filled.remember && !guest) {
          void addAddress({ ...body.address, isDefault: false }).catch(() => undefined);
        }
      },
    });
  });

  return (
    <FormProvider {...form}>
      <form
        noValidate
        onSubmit={submit}
        className="grid items-start gap-8 lg:grid-cols-[1fr_24rem] lg:gap-12"
      >
        <div className="grid gap-6">
          <ContactSection session={session} />
          <AddressSection signedIn={!guest} />
          <DeliverySection delivery={delivery} />
          <PaymentSection payment={payment} asked={pressed} numberField={numberField} />
        </div>
        <ReviewSection
          cart={cart}
          delivery={delivery}
          missing={pressed ? missing : undefined}
          total={total}
          busy={order.isPending}
          error={order.error}
        />
      </form>
    </FormProvider>
  );
}
