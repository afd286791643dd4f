import { useSyncExternalStore } from 'react';

interface DrawerState {
  open: boolean;
  /** The drawer's code is loaded when it is first wanted. */
  wasOpened: boolean;
}

let state: DrawerState = { open: false, wasOpened: false };
const listeners = new Set<() => void>();
const become = (next: DrawerState) => {
  state = next;
  for (const listener of listeners) listener();
};

export const openCartDrawer = (): void => become({ open: true, wasOpened: true });
export const closeCartDrawer = (): void => become({ ...state, open: false });

export function useCartDrawer(): DrawerState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}
