const CENSOR = '[redacted]';
const MAX_DEPTH = 12;
/** Fields that must never be written, whoever logs them: the net below the rule "log ids, not contents". */
const secretField =
  /password|secret|token|authorization|cookie|apikey|email|phone|address|postcode|cardnumber|^(?:first|last|full)?name$|^line[12]$|^iban$|^cvc$|^sql$|^keyvalue$/;
const isSecret = (field: string): boolean => secretField.test(field.toLowerCase().replaceAll(/[-_ ]/g, ''));

/** A copy without secrets: by the field's name at any depth, and by the look of the text in every string. */
export const redacted = (fields: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([field, it]) => [field, isSecret(field) ? CENSOR : clean(it, 1)]),
  );

function clean(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return scrub(value);
  if (value === null || typeof value !== 'object') return value;
  if (depth > MAX_DEPTH) return '[too deep]';
  if (value instanceof Error) return describeError(value, depth);
  if (ArrayBuffer.isView(value)) return '[binary]';
  if ('toJSON' in value && typeof value.toJSON === 'function') return clean(value.toJSON(), depth + 1);
  if (Array.isArray(value)) return value.map((it) => clean(it, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([field, it]) => [field, isSecret(field) ? CENSOR : clean(it, depth + 1)]),
  );
}

/** Only what every error has: drivers hang statements and documents on theirs. */
function describeError(error: Error, depth: number): Record<string, unknown> {
  return {
    type: error.name,
    ...('code' in error ? { code: clean(error.code, depth + 1) } : {}),
    message: scrub(error.message),
    stack: scrub(error.stack ?? ''),
    ...(error.cause === undefined ? {} : { cause: clean(error.cause, depth + 1) }),
    ...(error instanceof AggregateError ? { errors: clean(error.errors, depth + 1) } : {}),
  };
}

/** Text without credentials of URLs, tokens, e-mail addresses and card numbers. */
export const scrub = (text: string): string =>
  text
    .replaceAll(/:\/\/[^\s/@]*@/g, `://${CENSOR}@`)
    .replaceAll(/\bBearer\s+[^\s"']+/gi, `Bearer ${CENSOR}`)
    .replaceAll(/\beyJ[\w-]+\.[\w-]+\.?[\w-]*/g, CENSOR)
    .replaceAll(/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g, CENSOR)
    .replaceAll(/(?<![\w-])\d(?:[ -]?\d){13,18}(?![\w-])/g, (digits) => (isCard(digits) ? CENSOR : digits));

function isCard(text: string): boolean {
  const digits = [...text.replaceAll(/[ -]/g, '')].map(Number).reverse();
  const sum = digits.reduce((total, digit, index) => {
    const weighted = index % 2 === 1 ? digit * 2 : digit;
    return total + (weighted > 9 ? weighted - 9 : weighted);
  }, 0);
  return sum % 10 === 0;
}
