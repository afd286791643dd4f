import type { Override, Step } from './model.ts';

const green = 'green';
const amber = 'orange';
const red = 'red';
export const blue = 'blue';

/** Green below `warn`, amber from there, red from `bad`. */
export const rising = (warn: number, bad: number): readonly Step[] => [
  { color: green, value: null },
  { color: amber, value: warn },
  { color: red, value: bad },
];
/** Red below `warn`, amber from there, green from `good`. */
export const falling = (warn: number, good: number): readonly Step[] => [
  { color: red, value: null },
  { color: amber, value: warn },
  { color: green, value: good },
];
/** Where the alerts of errors and slowness begin is red. */
export const errorShare = rising(0.005, 0.02);
export const waiting = rising(0.5, 1);
export const outboxAge = rising(15, 60);

/** Red at 0, green from the first. */
export const some: readonly Step[] = [
  { color: red, value: null },
  { color: green, value: 1 },
];
/** Red from the first. */
export const none: readonly Step[] = [
  { color: green, value: null },
  { color: red, value: 1 },
];
/** Nothing to judge. */
export const plain: readonly Step[] = [{ color: blue, value: null }];

/** One colour per series whose legend is this text. */
export const colours = (of: Readonly<Record<string, string>>): readonly Override[] =>
  Object.entries(of).map(([legend, fixedColor]) => ({
    matcher: { id: 'byName', options: legend },
    properties: [{ id: 'color', value: { mode: 'fixed', fixedColor } }],
  }));

/** Numbers that are a yes or a no, in words and colours. */
export const words = (zero: [text: string, color: string], one: [text: string, color: string]) => [
  {
    type: 'value',
    options: {
      0: { text: zero[0], color: zero[1], index: 0 },
      1: { text: one[0], color: one[1], index: 1 },
    },
  },
];
