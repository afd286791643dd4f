import { describe, expect, test } from '@jest/globals';
import { offers, type Rate } from './rates.ts';

const standard: Rate = {
  zone: 'de',
  method: 'standard',
  baseMinor: 450,
  perKgMinor: 40,
  freeFromMinor: 5900,
  minDays: 2,
  maxDays: 3,
  maxWeightGrams: 31_500,
};
const express: Rate = {
  ...standard,
  method: 'express',
  baseMinor: 1190,
  freeFromMinor: null,
  minDays: 1,
  maxDays: 1,
};
const parcel = (weightGrams: number, goodsMinor = 1000, distanceKm = 300) => ({
  weightGrams,
  goodsMinor,
  distanceKm,
});

describe('delivery offers', () => {
  test('each started kilogram counts', () => {
    expect(offers([standard], parcel(1000))[0]?.priceMinor).toBe(490);
    expect(offers([standard], parcel(1001))[0]?.priceMinor).toBe(530);
  });
  test('goods of enough value travel free, by the methods that say so', () => {
    expect(offers([standard, express], parcel(500, 5900)).map((it) => it.priceMinor)).toEqual([0, 1230]);
  });
  test('what is too heavy is not offered', () => {
    expect(offers([standard], parcel(31_501))).toEqual([]);
  });
  test('far away takes a day longer', () => {
    expect(offers([express], parcel(500, 1000, 9000))[0]?.days).toEqual({ min: 2, max: 2 });
  });
});
