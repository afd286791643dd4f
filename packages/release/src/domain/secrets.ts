const secretNames = /SECRET|TOKEN|PASSWORD|WEBHOOK|KEY|PRIVATE|CREDENTIAL/i;
const shortest = 6;

/** Takes the values of secret variables, and names and passwords in addresses, out of whatever is printed. */
export function redactorFor(environment: NodeJS.ProcessEnv): (text: string) => string {
  const secrets = Object.entries(environment)
    .filter(([name, value]) => secretNames.test(name) && (value?.length ?? 0) >= shortest)
    .flatMap(([, value]) => (value === undefined ? [] : [value]))
    .sort((left, right) => right.length - left.length);
  return (text) =>
    secrets
      .reduce((result, secret) => result.replaceAll(secret, '***'), text)
      .replaceAll(/(\w+:\/\/)[^\s/@]+@/g, '$1***@')
      .replaceAll(/https:\/\/hooks\.slack\.com\/\S+/g, '***');
}
