import { stateFolder } from '@crashkeep/local-vault';
import { expect, test } from 'vitest';
import { appTable } from './app-table.js';
import { portsFrom } from './ports.js';

const ENVIRONMENT = {
  CRASHKEEP_HOME: '/srv/vault',
  CRASHKEEP_OBJECTS: 's3',
  CRASHKEEP_S3_ENDPOINT: '127.0.0.1:9000',
  CRASHKEEP_S3_SECRET_KEY_FILE: '/srv/s3-key',
  CRASHKEEP_INGEST_MAX_BYTES: '1000',
};
const table = appTable(stateFolder(ENVIRONMENT), portsFrom({}), ENVIRONMENT);
const settingsOf = (name: string): Readonly<Record<string, string>> =>
  table.find((app) => app.name === name)?.settings ?? {};

test('they start in order, each as its own role', () => {
  expect(table.map(({ name, role }) => [name, role])).toEqual([
    ['keeper', 'ck_keeper'],
    ['sequencer', 'ck_sequencer'],
    ['worker', 'ck_worker'],
    ['ingest', 'ck_ingest'],
    ['lenient-api', 'ck_lenient_api'],
    ['strict-api', 'ck_strict_api'],
  ]);
});

test('S3 settings reach those that touch objects, and no one else', () => {
  for (const name of ['keeper', 'sequencer', 'worker', 'ingest']) {
    expect(settingsOf(name)).toMatchObject({ CRASHKEEP_OBJECTS: 's3', CRASHKEEP_S3_ENDPOINT: '127.0.0.1:9000' });
  }
  for (const name of ['lenient-api', 'strict-api']) {
    expect(
      Object.keys(settingsOf(name)).filter((key) => /OBJECTS|S3/.test(key)),
      name,
    ).toEqual([]);
  }
});

test('only keeper and sequencer know their keys, and only keeper and worker the extraction keys', () => {
  const holders = (key: string): string[] => table.filter(({ settings }) => key in settings).map(({ name }) => name);
  expect(holders('CRASHKEEP_KEEPER_KEYS')).toEqual(['keeper']);
  expect(holders('CRASHKEEP_EXTRACTION_KEYS')).toEqual(['keeper', 'worker']);
  expect(holders('CRASHKEEP_SEQUENCER_KEYS')).toEqual(['sequencer']);
  expect(holders('CRASHKEEP_KEEPER_SOCKET')).toEqual(['keeper', 'strict-api']);
});

test('everything listens on loopback', () => {
  const hosts = table.flatMap(({ settings }) => settings['CRASHKEEP_LISTEN_HOST'] ?? []);
  expect(hosts).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.1']);
});

test('what is meant for one app goes to it alone', () => {
  expect(settingsOf('ingest')['CRASHKEEP_INGEST_MAX_BYTES']).toBe('1000');
  expect(settingsOf('worker')).not.toHaveProperty('CRASHKEEP_INGEST_MAX_BYTES');
});
