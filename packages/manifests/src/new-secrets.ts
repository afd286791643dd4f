// node packages/manifests/src/new-secrets.ts              Secrets of a laptop cluster, for kubectl apply --filename -
// node packages/manifests/src/new-secrets.ts <environment> lines for aws secretsmanager create-secret --cli-input-json
import { asInputs, asObjects, newSecrets } from './secrets.ts';

const [environment, ...others] = process.argv.slice(2);
if (others.length > 0 || (environment !== undefined && !/^(staging|preprod)$/.test(environment))) {
  console.error('usage: new-secrets.ts [staging|preprod]');
  process.exitCode = 2;
} else if (environment === undefined) {
  console.log(JSON.stringify(asObjects(newSecrets('default'), 'shopstack')));
} else {
  const inputs = asInputs(newSecrets(environment === 'staging' ? 'staging' : 'preprod'), environment);
  for (const input of inputs) console.log(JSON.stringify(input));
}
