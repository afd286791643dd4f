import { z } from 'zod';
import { Destination } from './cart.ts';
import { operation } from './operation.ts';
import { Country, Id, Money, PageQuery, page, SkuQuantity, Time, text } from './primitives.ts';
import { anyone, follower, rolesOrPartner } from './roles.ts';

export const DeliveryMethod = z.enum(['standard', 'express', 'pick-up']);
export type DeliveryMethod = z.infer<typeof DeliveryMethod>;
const Days = z.object({ min: z.int(), max: z.int() });
export const QuoteOption = z.object({
  quoteId: Id,
  method: DeliveryMethod,
  price: Money,
  days: Days,
  expiresAt: Time,
  distanceKm: z.number(),
  weightGrams: z.int(),
});
export type QuoteOption = z.infer<typeof QuoteOption>;
export const Quote = QuoteOption.extend({
  destination: Destination,
  lines: z.array(SkuQuantity),
  expired: z.boolean(),
});
export type Quote = z.infer<typeof Quote>;

export const listCountries = operation({
  id: 'listCountries',
  method: 'get',
  path: '/countries',
  policy: anyone,
  summary: 'Where we deliver',
  answers: {
    200: z.object({ items: z.array(z.object({ code: Country, name: z.string(), currency: z.string() })) }),
  },
});
export const Place = z.object({
  name: z.string(),
  postcode: z.string().optional(),
  latitude: z.number(),
  longitude: z.number(),
  population: z.int(),
});
export const listPlaces = operation({
  id: 'listPlaces',
  method: 'get',
  path: '/countries/{country}/places',
  policy: anyone,
  summary: 'Places whose name begins with `q`, biggest first',
  params: z.strictObject({ country: Country }),
  query: PageQuery.extend({ q: text(120).optional() }),
  answers: { 200: page(Place) },
  problems: ['unknown-country'],
});
export const quote = operation({
  id: 'quote',
  method: 'post',
  path: '/quotes',
  policy: anyone,
  summary: 'Delivery options with price and days, valid 30 minutes',
  body: z.strictObject({ destination: Destination, lines: z.array(SkuQuantity).min(1).max(100) }),
  answers: { 201: z.object({ items: z.array(QuoteOption) }) },
  problems: ['unknown-sku', 'unknown-country', 'destination-unreachable'],
});
export const getQuote = operation({
  id: 'getQuote',
  method: 'get',
  path: '/quotes/{quoteId}',
  policy: anyone,
  summary: 'A quote as it was given',
  params: z.strictObject({ quoteId: Id }),
  answers: { 200: Quote },
});
export const ShipmentState = z.enum([
  'held',
  'confirmed',
  'dispatched',
  'in-transit',
  'delivered',
  'lost',
  'cancelled',
]);
export type ShipmentState = z.infer<typeof ShipmentState>;
export const TrackingEvent = z.object({
  id: z.string(),
  state: ShipmentState,
  place: z.string().optional(),
  detail: z.string().optional(),
  at: Time,
});
export const Shipment = z.object({
  id: Id,
  orderId: Id,
  state: ShipmentState,
  method: DeliveryMethod,
  trackingCode: z.string().optional(),
  weightGrams: z.int(),
  destination: Destination,
  events: z.array(TrackingEvent),
  createdAt: Time,
  updatedAt: Time,
});
export type Shipment = z.infer<typeof Shipment>;
export const listShipments = operation({
  id: 'listShipments',
  method: 'get',
  path: '/shipments',
  policy: follower,
  summary: "An order's shipments",
  query: PageQuery.extend({ orderId: Id }),
  answers: { 200: page(Shipment) },
});
export const getShipment = operation({
  id: 'getShipment',
  method: 'get',
  path: '/shipments/{id}',
  policy: follower,
  summary: 'A shipment with its tracking',
  params: z.strictObject({ id: Id }),
  answers: { 200: Shipment },
});
/** The carrier numbers its events, so a repeated one changes nothing. */
export const addTrackingEvent = operation({
  id: 'addTrackingEvent',
  method: 'post',
  path: '/shipments/{id}/tracking-events',
  policy: rolesOrPartner('carrier', 'support'),
  summary: 'The carrier says where the parcel is',
  params: z.strictObject({ id: Id }),
  body: z.strictObject({
    eventId: text(64),
    state: z.enum(['dispatched', 'in-transit', 'delivered', 'lost']),
    place: text(120).optional(),
    detail: text(300).optional(),
    at: Time.optional(),
  }),
  answers: { 201: Shipment },
  problems: ['tracking-out-of-order'],
});
