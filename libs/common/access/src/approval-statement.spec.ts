import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { newDumpId, newGrantId, newPersonId } from '@crashkeep/ids';
import { type ApprovalStatement, approvalChallenge, approvalText, instantText } from './approval-statement.js';

const STATEMENT: ApprovalStatement = {
  decision: 'approve',
  origin: 'http://room.localhost:8081',
  nonce: 'A'.repeat(43),
  grant: {
    id: newGrantId(),
    version: 2,
    dump: newDumpId(),
    scope: { kind: 'stack', threads: [3] },
    ranges: [{ address: '0x7000', part: null, offset: 256, length: 4096 }],
    requester: newPersonId(),
    device: null,
    policy: 'default/1',
    notAfter: instantText(new Date('2026-11-24T22:01:05.678Z')),
    minutes: 30,
    bytes: 8192,
    screened: 'none',
  },
};

test('the text is canonical JSON: keys sorted, no blanks, one spelling', () => {
  const { grant } = STATEMENT;
  expect(approvalText(STATEMENT)).toBe(
    `{"decision":"approve","grant":{"bytes":8192,"device":null,"dump":"${grant.dump}","id":"${grant.id}","minutes":30,` +
      `"notAfter":"2026-11-24T22:01:05Z","policy":"default/1","ranges":[{"address":"0x7000","length":4096,"offset":256,"part":null}],` +
      `"requester":"${grant.requester}","scope":{"kind":"stack","threads":[3]},"screened":"none","version":2},` +
      `"nonce":"${STATEMENT.nonce}","origin":"http://room.localhost:8081"}`,
  );
});

test('the challenge is SHA-256 of the domain and the text', async () => {
  const expected = createHash('sha256')
    .update(`crashkeep/approve/v1${approvalText(STATEMENT)}`)
    .digest();
  expect(Buffer.from(await approvalChallenge(STATEMENT))).toEqual(expected);
});

const { grant } = STATEMENT;
test.each<[string, ApprovalStatement]>([
  ['decision', { ...STATEMENT, decision: 'deny' }],
  ['origin', { ...STATEMENT, origin: 'http://room.localhost:8082' }],
  ['nonce', { ...STATEMENT, nonce: 'B'.repeat(43) }],
  ['grant', { ...STATEMENT, grant: { ...grant, id: newGrantId() } }],
  ['version', { ...STATEMENT, grant: { ...grant, version: 3 } }],
  ['dump', { ...STATEMENT, grant: { ...grant, dump: newDumpId() } }],
  ['scope', { ...STATEMENT, grant: { ...grant, scope: { kind: 'stack', threads: [4] } } }],
  [
    'ranges',
    { ...STATEMENT, grant: { ...grant, ranges: [{ address: '0x7000', part: null, offset: 256, length: 4097 }] } },
  ],
  ['requester', { ...STATEMENT, grant: { ...grant, requester: newPersonId() } }],
  ['device', { ...STATEMENT, grant: { ...grant, device: 'x' } }],
  ['policy', { ...STATEMENT, grant: { ...grant, policy: 'default/2' } }],
  ['notAfter', { ...STATEMENT, grant: { ...grant, notAfter: '2026-11-24T22:01:06Z' } }],
  ['minutes', { ...STATEMENT, grant: { ...grant, minutes: 31 } }],
  ['bytes', { ...STATEMENT, grant: { ...grant, bytes: 8193 } }],
])('another %s is another challenge', async (_what, other) => {
  expect(await approvalChallenge(other)).not.toEqual(await approvalChallenge(STATEMENT));
});

test('what is no statement has no text', () => {
  expect(() => approvalText({ ...STATEMENT, extra: 1 } as unknown as ApprovalStatement)).toThrow();
});
