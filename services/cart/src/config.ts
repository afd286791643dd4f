import {
  brokerEnvironment,
  hostUrl,
  loadConfig,
  redisEnvironment,
  serviceEnvironment,
  shopEnvironment,
} from '@shopstack/kit/config';

/** What the cart reads from its environment. */
export const readConfig = (environment: NodeJS.ProcessEnv) =>
  loadConfig(
    {
      ...serviceEnvironment,
      ...redisEnvironment,
      ...brokerEnvironment,
      ...shopEnvironment,
      CATALOGUE_HOST: hostUrl,
    },
    environment,
  );
