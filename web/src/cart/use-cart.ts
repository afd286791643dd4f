import { useQuery } from '@tanstack/react-query';
import { fetchCart } from '../api/cart.ts';

export const cartKey = ['cart'] as const;

export const useCart = () => useQuery({ queryKey: cartKey, queryFn: ({ signal }) => fetchCart(signal) });
