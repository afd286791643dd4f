import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const services = join(import.meta.dirname, '../../services');
const image = (service: string) => readFileSync(join(services, service, 'Dockerfile'), 'utf8');

/** Each service is built and released by its own file; a change to one of them is meant for all. */
test.each(readdirSync(services))('the image of %s differs from the others by its name only', (service) => {
  const another = image(service === 'cart' ? 'user' : 'cart');
  const name = service === 'cart' ? 'user' : 'cart';
  const renamed = another
    .replaceAll(`services/${name}`, `services/${service}`)
    .replaceAll(`shopstack-${name}`, `shopstack-${service}`);
  expect(image(service)).toBe(renamed);
});
