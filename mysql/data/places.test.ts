import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';

const read = (file: string) =>
  parse<Record<string, string>>(readFileSync(join(import.meta.dirname, file)), { columns: true });
const countries = read('countries.csv');
const places = read('places.csv');
const rates = read('rates.csv');

const isOnEarth = ({ lat, lon }: Record<string, string>) =>
  lat !== '' && lon !== '' && Math.abs(Number(lat)) <= 90 && Math.abs(Number(lon)) <= 180;

describe('countries', () => {
  it('are at least 60, each listed once and on Earth', () => {
    const codes = countries.map(({ code }) => code);
    expect(codes.length).toBeGreaterThanOrEqual(60);
    expect(new Set(codes).size).toBe(codes.length);
    expect(countries.filter((country) => !isOnEarth(country))).toEqual([]);
  });

  it('have an ISO code, a name, a currency and an anchored postcode pattern or none', () => {
    for (const country of countries) {
      expect(country.code).toMatch(/^[A-Z]{2}$/);
      expect(country.currency).toMatch(/^[A-Z]{3}$/);
      expect(country.name).toMatch(/^\p{L}.{2,}/u);
      const pattern = country.postcode_pattern ?? '';
      expect(pattern).toMatch(/^(\^.*\$)?$/);
      expect(() => new RegExp(pattern)).not.toThrow();
    }
  });

  it.each([
    ['DE', '10115'],
    ['GB', 'SW1A 1AA'],
    ['NL', '1012 AB'],
    ['PL', '00-001'],
    ['US', '10001'],
    ['IE', 'D02 X285'],
    ['KE', '00100'],
  ])('%s accepts the postcode %s', (code, postcode) => {
    const pattern = countries.find((country) => country.code === code)?.postcode_pattern;
    expect(postcode).toMatch(new RegExp(pattern ?? '^never$'));
  });
});

describe('places', () => {
  it('are at least 1000, on Earth, in a listed country and named once there', () => {
    expect(places.length).toBeGreaterThanOrEqual(1000);
    expect(places.filter((place) => !isOnEarth(place))).toEqual([]);
    const listed = new Set(countries.map(({ code }) => code));
    expect(places.filter(({ country }) => !listed.has(country))).toEqual([]);
    const keys = places.map(({ country, name }) => `${country}:${name}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('exist in every country', () => {
    const served = new Set(places.map(({ country }) => country));
    expect(countries.filter(({ code }) => !served.has(code))).toEqual([]);
  });

  it('have a postcode in Germany that its pattern accepts', () => {
    for (const place of places.filter(({ country }) => country === 'DE'))
      expect(place.postcode).toMatch(/^\d{5}$/);
  });

  it.each([
    ['DE', 'Berlin', 52.52, 13.405],
    ['FR', 'Paris', 48.857, 2.352],
    ['KE', 'Nairobi', -1.286, 36.817],
    ['AU', 'Sydney', -33.869, 151.209],
    ['JP', 'Tokyo', 35.69, 139.692],
    ['US', 'New York', 40.713, -74.006],
  ])('%s: %s lies where it should', (country, name, lat, lon) => {
    const place = places.find((row) => row.country === country && row.name === name);
    expect(Math.abs(Number(place?.lat) - lat)).toBeLessThan(0.3);
    expect(Math.abs(Number(place?.lon) - lon)).toBeLessThan(0.3);
  });
});

describe('rates', () => {
  it('give every zone standard and express, and collection in Germany only', () => {
    const zones = new Set(countries.map(({ zone }) => zone));
    for (const zone of zones) {
      const methods = rates.filter((rate) => rate.zone === zone).map(({ method }) => method);
      expect(methods).toEqual(zone === 'de' ? ['standard', 'express', 'pick-up'] : ['standard', 'express']);
    }
    expect(rates.filter(({ zone }) => !zones.has(zone))).toEqual([]);
  });

  it('are whole cents, days in order and a weight limit', () => {
    for (const rate of rates) {
      for (const column of ['base_minor', 'per_kg_minor', 'min_days', 'max_days', 'max_weight_grams'])
        expect(rate[column]).toMatch(/^\d+$/);
      expect(rate.free_from_minor).toMatch(/^\d*$/);
      expect(Number(rate.min_days)).toBeLessThanOrEqual(Number(rate.max_days));
      expect(Number(rate.max_weight_grams)).toBeGreaterThan(0);
    }
  });
});
