import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { codeId, debugId } from './build-id.js';
import { cpuInfo } from './cpu-info.js';
import { crashReason } from './crash-reason.js';
import { leafName } from './leaf-name.js';
import { looksLikeToken } from './looks-like-token.js';
import { osVersionOf } from './os-version.js';
import { problemCode } from './problem-code.js';
import { channelName, moduleVersion, productName, productVersion } from './version.js';

const pick = (letters: string, length: number): string =>
  Array.from({ length }, () => letters.charAt(randomInt(letters.length))).join('');
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = UPPER.toLowerCase();

describe('tokens', () => {
  test.each([
    ['hex, 20', () => pick('0123456789abcdef', 20)],
    ['hex, 32', () => randomBytes(16).toString('hex')],
    ['base64, 24', () => randomBytes(18).toString('base64')],
    ['base64url, 43', () => randomBytes(32).toString('base64url')],
    ['base32, 20', () => pick(`${UPPER}234567`, 20)],
    ['base62, 20', () => pick(`${UPPER}${LOWER}0123456789`, 20)],
    ['small letters, 32', () => pick(LOWER, 32)],
    ['UUID', randomUUID],
    ['AWS key id', () => `AKIA${pick(`${UPPER}234567`, 16)}`],
  ])('random %s are caught but for a few in a thousand', (_, make) => {
    const missed = Array.from({ length: 3000 }, make).filter((it) => !looksLikeToken(it));
    expect(missed.length).toBeLessThan(15);
  });

  test.each([
    'libwebkit2gtk-4.0.so.37.49.12',
    'api-ms-win-core-processthreads-l1-1-1.dll',
    'libboost_program_options-mt-x64.so.1.74.0',
    '_ssl.cpython-311-x86_64-linux-gnu.so',
    'MicrosoftEdgeWebView2RuntimeHelper.dll',
    'Mono.Security.Cryptography.dll',
    'libgssapi_krb5.so.2.2',
    'CoreServicesInternal',
    'd3dcompiler_47.dll',
    'nvoglv64.dll',
    'Größe.exe',
  ])('the name %s is none', (name) => {
    expect(leafName(name)).toBe(name);
  });
});

describe('module names of the fixtures', () => {
  const shared = process.env['CRASHKEEP_SHARED'] ?? join(import.meta.dirname, '../../../../../shared');
  const expected = join(shared, 'fixtures/expected');
  const isHere = existsSync(expected);

  test.skipIf(!isHere)(
    `pass but for damaged, temporary and numbered ones${isHere ? '' : ' (no ../shared/fixtures)'}`,
    () => {
      const files = readdirSync(expected).filter((it) => it.endsWith('.json'));
      const names = files.flatMap((file) => {
        const { modules } = JSON.parse(readFileSync(join(expected, file), 'utf8')) as { modules?: { name: string }[] };
        return modules?.map((it) => it.name) ?? [];
      });
      const withheld = [...new Set(names)].filter((it) => leafName(it) === null);
      expect(withheld.filter((it) => !/\(deleted\)|0x|[^ -_a-~]/.test(it))).toEqual([]);
    },
  );
});

test.each([
  ['linux', '6.18.44-fc-v657 #1 SMP PREEMPT_DYNAMIC @0', true],
  ['linux', '3.13.0-58-generic #97-Ubuntu SMP Wed Jul 8 02:56:15 UTC 2015', true],
  ['android', '4.4.88 #1 SMP armv8l google/walleye/walleye:8.1.0/OPM1.171019.011/4448085:user/release-keys', true],
  ['linux', '1639658400.32764.0', false],
  ['linux', `6.1.0 ${'A'.repeat(60)}`, false],
  ['windows', '10.0.22631', true],
  ['windows', '5.1.2600 Service Pack 2', true],
  ['windows', '10.0.22631 hello', false],
  ['mac', '10.12.6 16G29', true],
  ['ios', '17.2.1', true],
  ['mac', '3828694656.32764.0', false],
] as const)('the version of %s "%s" fits: %s', (os, text, fits) => {
  expect(osVersionOf(os)(text) === text).toBe(fits);
});

test.each([
  ['GenuineIntel family 6 model 158 stepping 9', true],
  ['family 26 model 2 stepping 1', true],
  ['ARMv7 ARM Cortex-A9 features: swp,half,thumb', true],
  ['ARMv0', true],
  ['\u0000\u0000 family 6 model 0 stepping 0', false],
  ['SecretVendor family 6 model 0 stepping 0', false],
])('CPU "%s" fits: %s', (text, fits) => {
  expect(cpuInfo(text) === text).toBe(fits);
});

test.each([
  ['SIGSEGV / SEGV_MAPERR', 'SIGSEGV / SEGV_MAPERR'],
  [
    'EXCEPTION_STACK_BUFFER_OVERRUN / FAST_FAIL_FATAL_APP_EXIT',
    'EXCEPTION_STACK_BUFFER_OVERRUN / FAST_FAIL_FATAL_APP_EXIT',
  ],
  ['EXC_BAD_ACCESS / KERN_INVALID_ADDRESS', 'EXC_BAD_ACCESS / KERN_INVALID_ADDRESS'],
  ['unknown 0x00000000 / 0x00000000', 'unknown 0x00000000 / 0x00000000'],
  ['0xe06d7363 / 0x00000001', '0xe06d7363 / 0x00000001'],
  ['SIGSEGV / 0x10000000', 'SIGSEGV / 0x10000000'],
  ['EXC_GUARD / 0x4142434445464748', 'EXC_GUARD'],
  ['SIGABRT / assertion failed: password', 'SIGABRT'],
  ['A / B / C / D', 'A / B / C'],
  ['assertion failed', null],
])('the reason "%s" is shown as %j', (text, shown) => {
  expect(crashReason(text)).toEqual({ shown, whole: shown === text });
});

test.each([
  [moduleVersion, ['10.0.14393.187', '1.2'], ['1', '1.2.3-x', '', '1..2']],
  [
    productVersion,
    ['120.0.6099.109', '4.18.2-beta.1+g4f2a9c8', '2024.3 (build 7)'],
    ['a@b.org', '/etc/passwd', '1.'.repeat(33), '1.0-4f2a9c814f2a9c81', 'aB3dE-fG5hJ-kL7mN-pQ9rS-tU2vW-xY4zA'],
  ],
  [productName, ['Edge Relay', 'Größenwahn 2', 'AT&T'], ['a@b.org', 'http://x', '-x']],
  [channelName, ['stable', 'nightly-asan'], ['1', 'a b', '../x']],
  [
    debugId,
    ['AEC25E4BA8C55BC467CAF51DA65B5EF20', '1B5043085F174DA385521DD4740D17301c'],
    ['aec25e4ba8c55bc467caf51da65b5ef20', 'x'],
  ],
  [codeId, ['4b5ec2aec5a8c45b67caf51da65b5ef2e14f6eec', '45D35F6C2d000'], ['0'.repeat(41), 'xyz', '12']],
  [
    problemCode,
    ['minidump.truncated-stream', 'walk.budget-exhausted'],
    ['evil.code', 'minidump.Hello', `minidump.${'a'.repeat(40)}`],
  ],
] as const)('%# grammars take and leave', (fits, taken, left) => {
  for (const text of taken) expect(fits(text)).toBe(text);
  for (const text of left) expect(fits(text), text).toBeNull();
});
