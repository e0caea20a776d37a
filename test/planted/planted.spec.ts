import { expect, test } from 'vitest';
import { plantIn } from './plant.js';
import { RUNTIMES } from './runtimes.js';

// The short form of `npm run test:planted`: the runtimes whose cores are small.
for (const runtime of RUNTIMES.filter(({ name }) => name === 'openssl' || name === 'python')) {
  test(`keys of the moment are found in a core of ${runtime.name}`, async (context) => {
    const outcome = await plantIn(runtime);
    if ('absent' in outcome) return context.skip(`this machine has not: ${outcome.absent}`);
    expect(outcome.missed).toEqual([]);
    expect(outcome.result.status).not.toBe('failed');
  });
}
