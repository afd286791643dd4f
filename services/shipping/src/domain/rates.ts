import type { DeliveryMethod } from '@shopstack/contracts/shipping';

export interface Rate {
  zone: string;
  method: DeliveryMethod;
  baseMinor: number;
  perKgMinor: number;
  /** Goods worth this much travel free; null: never. */
  freeFromMinor: number | null;
  minDays: number;
  maxDays: number;
  maxWeightGrams: number;
}
export interface Offer {
  method: DeliveryMethod;
  priceMinor: number;
  days: { min: number; max: number };
}
const order: readonly DeliveryMethod[] = ['standard', 'express', 'pick-up'];
/** Far inside a zone the post needs a day more. */
const FAR_KM = 4000;

/** What can carry this weight, with its price (tax included) and working days. Each started kilogram counts. */
export function offers(
  rates: readonly Rate[],
  parcel: { weightGrams: number; goodsMinor: number; distanceKm: number },
): Offer[] {
  const kilograms = Math.ceil(parcel.weightGrams / 1000);
  const far = parcel.distanceKm > FAR_KM ? 1 : 0;
  return rates
    .filter((rate) => parcel.weightGrams <= rate.maxWeightGrams)
    .map((rate) => {
      const free = rate.freeFromMinor !== null && parcel.goodsMinor >= rate.freeFromMinor;
      const days = rate.method === 'pick-up' ? 0 : far;
      return {
        method: rate.method,
        priceMinor: free ? 0 : rate.baseMinor + rate.perKgMinor * kilograms,
        days: { min: rate.minDays + days, max: rate.maxDays + days },
      };
    })
    .sort((a, b) => order.indexOf(a.method) - order.indexOf(b.method));
}
