import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stateFolder } from '@crashkeep/local-vault';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { portsFrom, requireFreePorts } from './ports.js';
import { prepareFolder } from './prepare-folder.js';

let place: string;
const asRoot = process.getuid?.() === 0;

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'ck-obstacles-'));
  chmodSync(place, 0o755);
});
afterEach(() => {
  rmSync(place, { recursive: true, force: true });
});

const prepare = (home: string): unknown => prepareFolder(stateFolder({ CRASHKEEP_HOME: home }));

describe('the state folder', () => {
  test('is closed to others, and so is everything in it', () => {
    prepare(join(place, 'home'));
    const mode = (path: string): string => (statSync(join(place, 'home', path)).mode & 0o777).toString(8);
    expect(mode('.')).toBe(asRoot ? '711' : '700');
    for (const path of ['keys', 'keys/keeper', 'keys/extraction', 'secrets', 'run', 'logs', 'objects', 'postgres']) {
      expect(mode(path), path).toBe('700');
    }
  });

  test('that is a file, or below one, is a sentence', () => {
    writeFileSync(join(place, 'file'), '');
    expect(() => prepare(join(place, 'file'))).toThrow('Set CRASHKEEP_HOME to a folder that this user may write to.');
    expect(() => prepare(join(place, 'file/home'))).toThrow(
      'Set CRASHKEEP_HOME to a folder that this user may write to.',
    );
  });

  test('on a file system that takes no files is a sentence', () => {
    expect(() => prepare('/proc/crashkeep')).toThrow(/^Crashkeep cannot write to its state folder/);
  });

  test.skipIf(asRoot)('that is read-only is a sentence (not as root, who may write everywhere)', () => {
    mkdirSync(join(place, 'readonly'), { mode: 0o555 });
    expect(() => prepare(join(place, 'readonly/home'))).toThrow(/^Crashkeep cannot write to its state folder/);
  });

  test.skipIf(!asRoot)('below a closed folder is a sentence (as root: PostgreSQL runs as another user)', () => {
    mkdirSync(join(place, 'closed'), { mode: 0o700 });
    expect(() => prepare(join(place, 'closed/home'))).toThrow(/^The user postgres, .* cannot reach/);
  });

  test('with a path that is too long for sockets is a sentence', () => {
    expect(() => prepare(join(place, 'x'.repeat(90)))).toThrow(/too long for sockets/);
  });
});

describe('the ports', () => {
  test('follow the console’s', () => {
    expect(portsFrom({})).toEqual({ console: 8080, room: 8081, ingest: 8082 });
    expect(portsFrom({ CRASHKEEP_PORT: '9000' })).toEqual({ console: 9000, room: 9001, ingest: 9002 });
  });

  test.each(['0', '-1', '65534', 'http', '80.5'])('CRASHKEEP_PORT=%s is a sentence', (text) => {
    expect(() => portsFrom({ CRASHKEEP_PORT: text })).toThrow(/^CRASHKEEP_PORT must be a number/);
  });

  test.each(['127.0.0.1', '0.0.0.0', '::'])(
    'one that another program holds on %s is a sentence that names it',
    async (host) => {
      const server = createServer();
      const port = await new Promise<number>((resolve, reject) => {
        server.once('error', reject).listen(0, host, () => {
          const address = server.address();
          resolve(address !== null && typeof address === 'object' ? address.port : 0);
        });
      });
      const ports = { console: port, room: port, ingest: port };
      await expect(requireFreePorts(ports)).rejects.toThrow(`Port ${String(port)} is in use by another program.`);
      await new Promise((resolve) => server.close(resolve));
      await expect(requireFreePorts(ports)).resolves.toBeUndefined();
    },
  );
});
