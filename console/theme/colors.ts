import type { MantineColorsTuple } from '@mantine/core';

/** Ten shades each, light to dark, as Mantine has them. */
export const plum: MantineColorsTuple = [
  '#fbf1f8',
  '#f4e0ee',
  '#e7bedb',
  '#da97c8',
  '#ce75b6',
  '#c45ba7',
  '#b84a99',
  '#9d3a82',
  '#832e6c',
  '#6a2157',
];

/** Neutral with a trace of plum, so that pictures stand out and nothing looks blue. `6` is read as text on white. */
export const gray: MantineColorsTuple = [
  '#faf9fb',
  '#f3f1f5',
  '#e9e6ed',
  '#dcd8e2',
  '#c5c0ce',
  '#9d97a9',
  '#625c6e',
  '#4a4555',
  '#34303d',
  '#221f28',
];

/** The same for the dark scheme: `7` is the page, `6` a surface on it, `2` quiet text. */
export const dark: MantineColorsTuple = [
  '#e4e1e9',
  '#c6c1ce',
  '#a8a2b3',
  '#6d6679',
  '#433e4d',
  '#322e3b',
  '#24212b',
  '#18161d',
  '#121016',
  '#0b0a0e',
];
