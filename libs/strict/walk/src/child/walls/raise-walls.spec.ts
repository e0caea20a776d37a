import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requireCompiledChild } from '../../spec-kit/compiled-child.js';

const COMPILED = new URL('../../../dist/child/walls/raise-walls.js', import.meta.url).href;
const walled = process.platform === 'linux' && (process.arch === 'x64' || process.arch === 'arm64');
let folder = '';
beforeAll(() => {
  requireCompiledChild();
  folder = mkdtempSync(join(tmpdir(), 'walls-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs `body` behind the walls; it tells by `say`. */
function behindWalls(body: string, memoryBytes = 768 * 1024 * 1024): { said: string[]; signal: string | null } {
  const file = join(folder, `${String(Math.random()).slice(2)}.mjs`);
  writeFileSync(
    file,
    `import fs from 'node:fs'; import net from 'node:net'; import dgram from 'node:dgram'; import cp from 'node:child_process';
     import { raiseWalls } from ${JSON.stringify(COMPILED)};
     const say = (text) => fs.writeSync(1, text + '\\n');
     const refused = (act) => { try { act(); return 'done'; } catch (error) { return error.code; } };
     const walls = raiseWalls(${String(memoryBytes)});
     ${body}
     process.kill(process.pid, 'SIGKILL');`,
  );
  const { stdout, signal } = spawnSync(process.execPath, [file], { encoding: 'utf8', env: {}, cwd: folder });
  return { said: stdout.trim().split('\n'), signal };
}

test.skipIf(!walled)('every wall stands on this machine', () => {
  const { said } = behindWalls('say(JSON.stringify(walls))');
  expect(JSON.parse(said[0] ?? '')).toEqual({ coreFilter: true, notDumpable: true, memoryLimit: true, seccomp: true });
});

test.skipIf(!walled)('no file, no folder, no process, no socket, no signal to others', () => {
  const { said } = behindWalls(`
    say(refused(() => fs.readFileSync('/etc/passwd')));
    say(refused(() => fs.readFileSync('/proc/self/environ')));
    say(refused(() => fs.writeFileSync('left-behind', 'x')));
    say(refused(() => fs.readdirSync('/')));
    say(refused(() => fs.existsSync('/etc/passwd') ? undefined : (() => { throw { code: 'EPERM' } })()));
    say(cp.spawnSync('/bin/true').error?.code ?? 'done');
    say(refused(() => process.kill(process.ppid, 0)));
    say(await new Promise((resolve) => net.connect(9, '127.0.0.1').on('error', (e) => resolve(e.code)).on('connect', () => resolve('done'))));
    say(await new Promise((resolve) => net.createServer().on('error', (e) => resolve(e.code)).listen('ck.sock', () => resolve('done'))));
  `);
  expect(said).toEqual(Array.from({ length: 9 }, () => 'EPERM'));
  expect(existsSync(join(folder, 'left-behind'))).toBe(false);
});

test.skipIf(!walled)('memory has an end, and an abort leaves no core', () => {
  const memory = behindWalls(
    'const kept = []; for (let i = 0; i < 4096; i++) kept.push(Buffer.alloc(1 << 20, 1)); say(String(kept.length));',
    400 * 1024 * 1024,
  );
  expect(memory.said).toEqual(['']);
  expect(memory.signal).not.toBeNull();
  expect(behindWalls('process.abort()').signal).toBe('SIGABRT');
  expect(existsSync(join(folder, 'core'))).toBe(false);
});
