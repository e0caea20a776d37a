import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Member, REASON, RoomTestbed } from './room.testbed.js';

let bed: RoomTestbed;
let engineer: Member;

beforeAll(async () => {
  bed = await RoomTestbed.open();
  await bed.firstAdmin();
  engineer = await bed.engineer();
});
afterAll(() => bed.close());

describe('a request that cannot be', () => {
  test.each<[string, Record<string, unknown>, number, string]>([
    ['too short a reason', { reason: 'debugging' }, 400, 'access.reason-too-short'],
    ['a megabyte of reason', { reason: 'x'.repeat(1_000_000) }, 413, 'http.too-large'],
    ['control characters', { reason: `${REASON}\u0007` }, 400, 'access.reason-unprintable'],
    ['a ticket of another form', { ticket: 'later' }, 400, 'access.ticket-unfit'],
    ['no time', { minutes: 0 }, 400, 'access.minutes-out-of-bounds'],
    ['a week', { minutes: 10_080 }, 400, 'access.minutes-out-of-bounds'],
    ['no bytes', { bytes: 0 }, 400, 'access.bytes-out-of-bounds'],
    ['a thread without a stack', { scope: { kind: 'stack', threads: [2] } }, 400, 'access.thread-unknown'],
    ['memory that was not saved', { scope: memory(['0x5000', 16]) }, 400, 'access.range-not-saved'],
    ['overlaps', { scope: memory(['0x1000', 16], ['0x1008', 16]) }, 400, 'access.ranges-overlap'],
    ['an empty range', { scope: memory(['0x1000', 0]) }, 400, 'access.range-empty'],
    ['a range that wraps', { scope: memory(['0xfffffffffffffff0', 32]) }, 400, 'access.range-wraps'],
    ['a scope that is not served', { scope: { kind: 'export' } }, 400, 'http.malformed'],
    ['registers that were not saved', { scope: { kind: 'registers', threads: [1] } }, 400, 'access.thread-unknown'],
    ['annotations of a dump that came alone', { scope: { kind: 'annotations' } }, 400, 'access.range-not-saved'],
    ['a device that nobody named', { device: 'x'.repeat(43) }, 403, 'access.device-unknown'],
    ['no device', { device: null }, 400, 'http.malformed'],
    ['broken glass where the policy has none', { path: 'break-glass' }, 403, 'access.glass-unbreakable'],
    ['approval by nobody where the policy has none', { path: 'automatic' }, 403, 'access.not-automatic'],
    [
      'a script as reason is text',
      { reason: `<script>${REASON}</script>`, minutes: 0 },
      400,
      'access.minutes-out-of-bounds',
    ],
    ['a field that nobody knows', { unmask: true }, 400, 'http.malformed'],
    ['another dump', { dump: 'b0e42fe7-31a5-4894-a441-007e5256afea' }, 404, 'room.dump-unknown'],
  ])('%s', async (_what, change, status, code) => {
    const body = {
      dump: bed.dump,
      scope: { kind: 'stack', threads: [0] },
      reason: REASON,
      ticket: 'KEEP-7',
      minutes: 30,
      device: engineer.device.thumbprint,
    };
    await engineer.visitor.refused(status, code, 'POST', '/grants', { ...body, ...change });
  });

  test('a million ranges', async () => {
    const scope = { kind: 'memory', ranges: Array.from({ length: 20_000 }, () => ({ address: '0x1000', length: 1 })) };
    const answer = await engineer.visitor.call('POST', '/grants', {
      dump: bed.dump,
      scope,
      reason: REASON,
      ticket: 'A-1',
      minutes: 1,
    });
    expect(answer.status).toBe(413);
    const few = { ...scope, ranges: scope.ranges.slice(0, 9) };
    await engineer.visitor.refused(400, 'http.malformed', 'POST', '/grants', {
      dump: bed.dump,
      scope: few,
      reason: REASON,
      ticket: 'A-1',
      minutes: 1,
    });
  });

  test('more requests than anybody decides', async () => {
    const eager = await bed.engineer();
    for (let at = 0; at < 50; at++) await bed.request(eager);
    const body = {
      dump: bed.dump,
      scope: { kind: 'stack', threads: [0] },
      reason: REASON,
      ticket: 'KEEP-7',
      minutes: 30,
      device: eager.device.thumbprint,
    };
    await eager.visitor.refused(429, 'room.too-many-requests', 'POST', '/grants', body);
    const page = await eager.visitor.expect(200, 'GET', '/grants?view=mine');
    expect(page['grants']).toHaveLength(50);
    expect(page['next']).toBeNull();
  });
});

function memory(...ranges: [string, number][]): object {
  return { kind: 'memory', ranges: ranges.map(([address, length]) => ({ address, length })) };
}
