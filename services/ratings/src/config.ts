import { brokerEnvironment, loadConfig, mysqlEnvironment, serviceEnvironment } from '@shopstack/kit/config';

/** What ratings reads from its environment. */
export const readConfig = (environment: NodeJS.ProcessEnv) =>
  loadConfig({ ...serviceEnvironment, ...mysqlEnvironment, ...brokerEnvironment }, environment);
