export interface PageDescription {
  title: string;
  description?: string;
  image?: string;
}

const inHead = (selector: string) => document.head.querySelector<HTMLMetaElement>(selector);
const standard = new Map<string, string>();

function setMeta(selector: string, value: string | undefined): void {
  const element = inHead(selector);
  if (!element) return;
  if (!standard.has(selector)) standard.set(selector, element.content);
  element.content = value ?? standard.get(selector) ?? '';
}

/** Title and Open Graph tags of the page that is shown; what a page does not say falls back to the shop's. */
export function describePage({ title, description, image }: PageDescription): void {
  document.title = title;
  setMeta('meta[property="og:title"]', title);
  setMeta('meta[name="description"]', description);
  setMeta('meta[property="og:description"]', description);
  setMeta('meta[property="og:image"]', image && new URL(image, location.origin).href);
}
