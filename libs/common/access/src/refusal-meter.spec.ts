import { expect, test } from 'vitest';
import { RefusalMeter } from './refusal-meter.js';

test('so many refusals a minute, then a wait; others are not concerned', () => {
  const meter = new RefusalMeter(3);
  for (let at = 0; at < 3; at++) {
    expect(meter.isCalm('ada', 1000)).toBe(true);
    meter.refused('ada', 1000 + at);
  }
  expect(meter.isCalm('ada', 60_999)).toBe(false);
  expect(meter.isCalm('bob', 60_999)).toBe(true);
  expect(meter.isCalm('ada', 61_000)).toBe(true);
  meter.refused('ada', 61_000);
  expect(meter.isCalm('ada', 61_001)).toBe(true);
});

test('made-up persons do not fill the memory', () => {
  const meter = new RefusalMeter(1);
  meter.refused('first', 0);
  for (let at = 0; at < 10_000; at++) meter.refused(`person ${String(at)}`, 1);
  expect(meter.isCalm('first', 2)).toBe(true);
  expect(meter.isCalm('person 9999', 2)).toBe(false);
});
