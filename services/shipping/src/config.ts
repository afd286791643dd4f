import {
  brokerEnvironment,
  hostUrl,
  loadConfig,
  mysqlEnvironment,
  serviceEnvironment,
  shopEnvironment,
} from '@shopstack/kit/config';
import { z } from 'zod';

/** What shipping reads from its environment. The warehouse decides distances. */
export const readConfig = (environment: NodeJS.ProcessEnv) =>
  loadConfig(
    {
      ...serviceEnvironment,
      ...mysqlEnvironment,
      ...brokerEnvironment,
      SHOP_CURRENCY: shopEnvironment.SHOP_CURRENCY,
      CATALOGUE_HOST: hostUrl,
      CARRIER_URL: z.url(),
      CARRIER_KEY: z.string().min(16),
      CARRIER_TOKEN: z.string().min(16),
      WAREHOUSE_LATITUDE: z.coerce.number().min(-90).max(90).default(51.34),
      WAREHOUSE_LONGITUDE: z.coerce.number().min(-180).max(180).default(12.37),
    },
    environment,
  );
