export interface Toast {
  id: number;
  text: string;
  tone: 'good' | 'bad';
}

const SHOWN_MS = 6000;
const MOST = 3;
let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

const replace = (next: readonly Toast[]) => {
  toasts = next;
  for (const listener of listeners) listener();
};

/** Says something in a corner for a few seconds; never the only place where something important is said. */
export function notify(text: string, tone: Toast['tone'] = 'good'): void {
  const id = nextId++;
  replace([...toasts.filter((toast) => toast.text !== text), { id, text, tone }].slice(-MOST));
  setTimeout(() => dismissToast(id), SHOWN_MS);
}
export const dismissToast = (id: number): void => replace(toasts.filter((toast) => toast.id !== id));
export const currentToasts = (): readonly Toast[] => toasts;
export function subscribeToToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
