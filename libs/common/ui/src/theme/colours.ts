import type { MantineColorsTuple } from '@mantine/core';

/** The console's colour, light to dark. The same steps as `--petrol-0..9` of tokens.css. */
export const petrol: MantineColorsTuple = [
  '#eaf8fc',
  '#d2eef6',
  '#aeddeb',
  '#7ec7dc',
  '#49adc8',
  '#1792ad',
  '#007994',
  '#00647d',
  '#004c60',
  '#003543',
];

/** The reading room's colour, and the seal's in both tiers. The same steps as `--plum-0..9`. */
export const plum: MantineColorsTuple = [
  '#fcf1fd',
  '#f6dff7',
  '#ebc6ec',
  '#dba5dd',
  '#c583c9',
  '#aa66ae',
  '#904e95',
  '#793c7d',
  '#5d2c60',
  '#411e43',
];
