import {
  brokerEnvironment,
  loadConfig,
  mongoEnvironment,
  serviceEnvironment,
  shopEnvironment,
} from '@shopstack/kit/config';

/** What the catalogue reads from its environment. */
export const readConfig = (environment: NodeJS.ProcessEnv) =>
  loadConfig(
    { ...serviceEnvironment, ...mongoEnvironment, ...brokerEnvironment, ...shopEnvironment },
    environment,
  );
