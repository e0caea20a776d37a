import { describe, expect, test } from 'vitest';
import type { CouldRead, DidRead, Exposure, Finding } from '../api/wire.js';
import { exposureMarks } from './exposure-marks.js';
import { kindWords } from './finding-words.js';
import { verdictOf } from './verdict.js';

const finding = (facts: Partial<Finding> = {}): Finding => ({
  id: 'f',
  project: 'relay',
  kind: 'rsa-private-key',
  level: 5,
  severity: 'critical',
  spki: null,
  ssh: null,
  present_since: '2026-09-03T00:00:00.000Z',
  detectable_since: '2026-11-02T00:00:00.000Z',
  found_at: '2026-11-02T09:14:00.000Z',
  dumps: 1,
  sightings: 1,
  rotation: 'open',
  owner: null,
  note: null,
  rotation_at: null,
  ...facts,
});
const read = (person: string, at: string, bytes: number): DidRead => ({
  leaf: `${person} ${at}`,
  index: 1,
  at,
  grant: 'g',
  dump: 'd',
  person,
  device: null,
  ranges: [{ offset: 0, length: 4096 }],
  bytes: 4096,
  hidden: 0,
  of_secret: bytes,
  when: 'before',
});
const could = (person: string): CouldRead => ({
  grant: 'g',
  dump: 'd',
  person,
  device: null,
  state: 'closed',
  from: '2026-10-14T10:00:00.000Z',
  until: '2026-10-14T12:00:00.000Z',
  bytes: 10,
});
const exposure = (facts: Partial<Exposure>): Exposure => ({
  findings: [finding()],
  secret_bytes: 1704,
  seen_bytes: 0,
  sightings: [],
  could: [],
  did: [],
  people: { b: 'Engineer B', d: 'Engineer D' },
  ...facts,
});

describe('the verdict', () => {
  test('who saw how much, and who was first', () => {
    const verdict = verdictOf(
      exposure({
        seen_bytes: 1192,
        did: [read('d', '2026-10-20T00:00:00.000Z', 0), read('b', '2026-10-14T10:31:08.000Z', 1192)],
        could: [could('b'), could('f')],
      }),
    );
    expect(verdict).toMatchObject({
      tone: 'danger',
      title: 'One person read most of it',
      did: 1,
      could: 2,
      blindDays: 60,
    });
    expect(verdict.detail).toContain('Engineer B was the first, on 2026-10-14. 1,192 of its 1,704 bytes');
  });

  test('could, and did not', () => {
    expect(verdictOf(exposure({ could: [could('b')] })).title).toBe('Nobody read a byte of it');
  });

  test('nobody could', () => {
    expect(verdictOf(exposure({}))).toMatchObject({ tone: 'ok', title: 'Nobody could read it', did: 0, could: 0 });
  });

  test('one that was detectable when it came has no day in which nobody could know', () => {
    const known = finding({ detectable_since: '2026-09-03T00:00:00.000Z' });
    expect(verdictOf(exposure({ findings: [known] })).blindDays).toBe(0);
  });
});

test('marks of the picture lie between its ends, a person a row, the readers of the key first', () => {
  const marks = exposureMarks(
    exposure({ did: [read('d', '2026-10-20T00:00:00.000Z', 0), read('b', '2026-10-14T00:00:00.000Z', 5)] }),
    Date.parse('2026-11-25T00:00:00.000Z'),
  );
  expect(marks.people.map(({ person }) => person)).toEqual(['b', 'd']);
  for (const { reads } of marks.people) for (const { x } of reads) expect(x > 0 && x < 1).toBe(true);
  expect(marks.blind).toMatchObject({ from: 0 });
});

test('kinds as people write them', () => {
  expect(kindWords('rsa-private-key')).toBe('RSA private key');
  expect(kindWords('aes-256-schedule')).toBe('AES 256 schedule');
});
