/** What the caller showed to us, shown to another service in their name: a token, or the guest cart's cookie. */
export interface Credentials {
  authorization?: string;
  cookie?: string;
}

/** Only the cart's cookie travels on: the refresh cookie is nobody else's business. */
export function credentialsOf(headers: {
  authorization?: string | undefined;
  cookie?: string | undefined;
}): Credentials {
  if (headers.authorization !== undefined) return { authorization: headers.authorization };
  const cart = headers.cookie?.match(/(?:^|;\s*)(cart=[^;]+)/)?.[1];
  return cart === undefined ? {} : { cookie: cart };
}
