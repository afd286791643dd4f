import { describe, expect, test } from '@jest/globals';
import { distanceKm } from './distance.ts';

const cities = {
  berlin: { latitude: 52.52, longitude: 13.405 },
  paris: { latitude: 48.8566, longitude: 2.3522 },
  newYork: { latitude: 40.7128, longitude: -74.006 },
  london: { latitude: 51.5074, longitude: -0.1278 },
  sydney: { latitude: -33.8688, longitude: 151.2093 },
  nairobi: { latitude: -1.2921, longitude: 36.8219 },
  suva: { latitude: -18.1248, longitude: 178.4501 },
  apia: { latitude: -13.8507, longitude: -171.7514 },
};

describe('great-circle distance', () => {
  test.each([
    ['Berlin', 'Paris', cities.berlin, cities.paris, 878],
    ['London', 'New York', cities.london, cities.newYork, 5570],
    ['Berlin', 'Sydney', cities.berlin, cities.sydney, 16_090],
    ['Berlin', 'Nairobi', cities.berlin, cities.nairobi, 6370],
    ['Suva', 'Apia (across the antimeridian)', cities.suva, cities.apia, 1150],
  ])('%s to %s', (_from, _to, a, b, km) => {
    expect(distanceKm(a, b)).toBeGreaterThan(km * 0.99);
    expect(distanceKm(a, b)).toBeLessThan(km * 1.01);
    expect(distanceKm(b, a)).toBeCloseTo(distanceKm(a, b), 6);
  });

  test('from pole to pole is half the circumference, whatever the longitude', () => {
    const north = { latitude: 90, longitude: 12 };
    const south = { latitude: -90, longitude: -77 };
    expect(distanceKm(north, south)).toBeCloseTo(Math.PI * 6371.0088, 3);
    expect(distanceKm(north, { latitude: 90, longitude: -140 })).toBeCloseTo(0, 3);
  });

  test('a place is nowhere but where it is', () => {
    expect(distanceKm(cities.paris, cities.paris)).toBe(0);
    expect(distanceKm({ latitude: 0, longitude: 180 }, { latitude: 0, longitude: -180 })).toBeCloseTo(0, 6);
  });
});
