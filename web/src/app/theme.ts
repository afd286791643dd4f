export type Theme = 'light' | 'dark';

const KEY = 'theme';
const prefersDark = () => window.matchMedia('(prefers-color-scheme: dark)');

/** What is shown now: the choice made here, else what the system prefers. */
export function currentTheme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return prefersDark().matches ? 'dark' : 'light';
}

export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  localStorage.setItem(KEY, theme);
  for (const listener of listeners) listener();
}

const listeners = new Set<() => void>();
export function subscribeToTheme(listener: () => void): () => void {
  const system = prefersDark();
  listeners.add(listener);
  system.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    system.removeEventListener('change', listener);
  };
}
