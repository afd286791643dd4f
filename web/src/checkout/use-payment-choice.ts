import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { fetchPaymentMethods } from '../api/payment.ts';

export function usePaymentChoice(country: string, currency: string) {
  const [methodId, setMethodId] = useState('card');
  const [token, setToken] = useState('');
  const methods = useQuery({
    queryKey: ['payment-methods', country, currency],
    queryFn: ({ signal }) => fetchPaymentMethods(country, currency, signal),
    enabled: /^[A-Z]{2}$/.test(country),
    staleTime: 300_000,
  });
  const items = methods.data?.items ?? [];
  const method = items.find(({ id }) => id === methodId) ?? items[0];
  const tokens = method?.testTokens ?? [];
  const chosenToken = tokens.find((one) => one.token === token) ?? tokens[0];
  return { methods, items, method, tokens, token: chosenToken?.token, setMethodId, setToken };
}
export type PaymentChoice = ReturnType<typeof usePaymentChoice>;
