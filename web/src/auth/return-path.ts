/** Where to go after signing in: only places inside the shop, and never back to the sign-in page. */
export function returnPath(wanted: string | null): string {
  if (!wanted || !/^\/(?![/\\])/.test(wanted)) return '/';
  return /^\/sign-(in|up)\b/.test(wanted) ? '/' : wanted;
}

export const signInPath = (from: { pathname: string; search: string }): string =>
  `/sign-in?to=${encodeURIComponent(from.pathname + from.search)}`;
