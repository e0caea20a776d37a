import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GRANT_ACTS, type GrantAct, type GrantState, isTerminal, stateAfter } from './grant-state.js';

/** A grant as its row is, driven by the table alone; every step is checked as a whole. */
class GrantRow {
  state: GrantState = 'requested';
  version = 1;
  approvedVersion: number | null = null;
  used = 0;
  readonly budget = 100;

  act(act: GrantAct): void {
    this.state = stateAfter(this.state, act);
    if (act === 'edit') this.version += 1;
    if (act === 'approve') this.approvedVersion = this.version;
  }

  seen(): { state: GrantState; version: number; used: number } {
    return { state: this.state, version: this.version, used: this.used };
  }

  read(bytes: number): boolean {
    if (this.state !== 'active' || this.used + bytes > this.budget) return false;
    this.used += bytes;
    if (this.used === this.budget) this.act('exhaust');
    return true;
  }
}

const step = fc.oneof(
  fc.constantFrom(...GRANT_ACTS).map((act) => ({ act })),
  fc.integer({ min: 1, max: 60 }).map((bytes) => ({ bytes })),
);

test('no order of acts and reads gives a byte without a live approval of the version that is read', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const row = new GrantRow();
      for (const next of steps) {
        const before = row.seen();
        if ('bytes' in next) {
          if (row.read(next.bytes)) expect(row.approvedVersion).toBe(row.version);
        } else {
          try {
            row.act(next.act);
          } catch {
            expect(row.state).toBe(before.state);
          }
        }
        if (isTerminal(before.state)) expect(row.seen()).toEqual(before);
        expect(row.used).toBeLessThanOrEqual(row.budget);
        if (row.state === 'approved' || row.state === 'active') expect(row.approvedVersion).toBe(row.version);
      }
    }),
    { numRuns: 1000 },
  );
});
