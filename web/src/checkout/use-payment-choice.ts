import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { fetchPaymentMethods } from '../api/payment.ts';
import { mpesaNumber } from './phone-number.ts';

/** How one pays; `token` is missing while a phone number is. */
export function usePaymentChoice(country: string, currency: string, first = 'card') {
  const [methodId, setMethodId] = useState(first);
  const [card, setCard] = useState('');
  const [number, setNumber] = useState('');
  const methods = useQuery({
    queryKey: ['payment-methods', country, currency],
    queryFn: ({ signal }) => fetchPaymentMethods(country, currency, signal),
    enabled: /^[A-Z]{2}$/.test(country),
    staleTime: 300_000,
  });
  const items = methods.data?.items ?? [];
  const method = items.find(({ id }) => id === methodId) ?? items[0];
  const tokens = method?.testTokens ?? [];
  const byPhone = method?.kind === 'mobile-money';
  const chosenCard = tokens.find(({ token }) => token === card) ?? tokens[0];
  const token = byPhone ? mpesaNumber(number) : chosenCard?.token;
  return { methods, items, method, byPhone, tokens, token, number, setMethodId, setCard, setNumber };
}
export type PaymentChoice = ReturnType<typeof usePaymentChoice>;
