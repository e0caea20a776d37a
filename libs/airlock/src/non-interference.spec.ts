import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LenientReport, reportAsMarkdown } from '@crashkeep/report';
import type { NamedWalk } from '@crashkeep/walk';
import { disclose } from './disclose.js';
import { sampleFacts, sampleFrame, sampleModule, sampleNames, sampleThread, sampleWalk } from './sample-walk.js';

const WINDOW = 6;

/** Every window of the secret, in every form that a sink could show it in. */
function windowsOf(secret: Uint8Array): string[] {
  const forms = [Buffer.from(secret), Buffer.from(secret).reverse()];
  return forms.flatMap((bytes) =>
    Array.from({ length: bytes.length - WINDOW + 1 }, (_, i) => bytes.subarray(i, i + WINDOW)).flatMap((it) => [
      it.toString('latin1'),
      it.toString('utf16le'),
      it.toString('hex'),
      it.toString('hex').toUpperCase(),
      it.toString('base64'),
    ]),
  );
}

/** Base64 that begins with a slash cannot be told from a path of odd folders, of which the leaf is shown. */
function secretThatIsNoPath(): Buffer {
  const secret = randomBytes(32);
  return /^[/\\]/.test(secret.toString('base64') + secret.toString('latin1')) ? secretThatIsNoPath() : secret;
}

/** A secret as it may stand in a field: the random part alone, and dressed as issuers dress theirs. */
function canaries(): { readonly secret: Uint8Array; readonly text: string }[] {
  const secret = secretThatIsNoPath();
  const base64 = secret.toString('base64');
  const asBytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
  return [
    { secret, text: secret.toString('latin1') },
    { secret, text: secret.toString('utf16le') },
    { secret, text: secret.toString('hex') },
    { secret, text: base64 },
    { secret: asBytes(base64), text: `-----BEGIN RSA PRIVATE KEY-----${base64}` },
    { secret: asBytes(base64), text: `eyJhbGciOiJIUzI1NiJ9.${base64}.${base64}` },
    { secret: asBytes(base64.slice(0, 36)), text: `ghp_${base64.slice(0, 36)}` },
    {
      secret: asBytes(secret.toString('hex').slice(0, 32)),
      text: `/home/${secret.toString('hex')}/${secret.toString('hex').slice(0, 32)}.so`,
    },
    { secret: asBytes(secret.toString('hex').slice(0, 40)), text: `CVE.${secret.toString('hex').slice(0, 40)}` },
  ];
}

type Path = readonly (string | number)[];

/** Paths of every string of a walk that a dump can fill: enums are checked at the child's wire, names of symbols are build data. */
function textPaths(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, it]) => textPaths(it, [...path, key]));
}

const ENUMS: ReadonlySet<string | number> = new Set([
  ...['format', 'os', 'cpu', 'class', 't', 'names', 'cause', 'registers', 'memory', 'instruction'],
]);

function planted<T>(value: T, path: Path, text: string): T {
  const copy = structuredClone(value);
  let at = copy as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
  at[path.at(-1) ?? ''] = text;
  return copy;
}

const fullWalk = sampleWalk({
  crashAddress: { class: 'module', offset: null, module: 1, value: '0x7f0000001000' },
  threads: [
    sampleThread({ name: 'worker', frames: [sampleFrame({ a: '0x1' }), sampleFrame({ m: 1, t: 'cfi', names: null })] }),
    sampleThread({ name: 'main', frames: [sampleFrame({ m: null, o: null, names: null, u: [[0, 1]] })] }),
  ],
  modules: [sampleModule({ base: '0x1000' }), sampleModule({ name: 'libc.so.6', debugFile: 'libc.so.6' })],
});

describe('canaries in every text that a dump or a client fills', () => {
  const paths = textPaths(fullWalk).filter((path) => !path.some((key) => ENUMS.has(key)));

  test.each(paths.map((path) => [path.join('.'), path] as const))('%s', (_, path) => {
    for (const { secret, text } of canaries()) {
      const report = disclose(planted(fullWalk, path, text), sampleFacts());
      const sinks = `${JSON.stringify(report)}\n${reportAsMarkdown(report)}`;
      expect(windowsOf(secret).filter((it) => sinks.includes(it))).toEqual([]);
    }
  });

  test.each(['product', 'version', 'channel'] as const)('%s, as the client declares it', (field) => {
    for (const { secret, text } of canaries()) {
      const sinks = JSON.stringify(disclose(fullWalk, sampleFacts({ [field]: text })));
      expect(windowsOf(secret).filter((it) => sinks.includes(it))).toEqual([]);
    }
  });

  test('the search would find one that came through', () => {
    const { secret } = { secret: randomBytes(32) };
    for (const text of [
      secret.toString('latin1'),
      secret.toString('hex'),
      Buffer.from(secret).reverse().toString('latin1'),
    ]) {
      expect(windowsOf(secret).some((it) => text.includes(it))).toBe(true);
    }
  });
});

const hex = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }).map((it) => `0x${it.toString(16)}`);

test('what is of the own file only changes nothing', () => {
  const expected = disclose(fullWalk, sampleFacts());
  fc.assert(
    fc.property(hex, hex, fc.nat(), fc.array(fc.tuple(fc.nat(), fc.nat())), (a, base, processId, readSet) => {
      const varied: NamedWalk = {
        ...fullWalk,
        processId,
        readSet,
        threads: fullWalk.threads.map((it) => ({
          ...it,
          stackBytes: processId,
          frames: it.frames.map((frame) => ({ ...frame, a })),
        })),
        modules: fullWalk.modules.map((it) => ({ ...it, base, path: `/home/${a}/${base}` })),
        regions: fullWalk.regions.map((it) => ({ ...it, address: a })),
        crashAddress: fullWalk.crashAddress && { ...fullWalk.crashAddress, value: a },
      };
      expect(disclose(varied, sampleFacts())).toEqual(expected);
    }),
  );
});

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 64 }),
  fc.string({ maxLength: 64 }),
  fc.constantFrom(
    'relay',
    'libc.so.6',
    'SIGSEGV',
    '1.2.3.4',
    'AEC25E4BA8C55BC467CAF51DA65B5EF20',
    '',
    'x'.repeat(5000),
  ),
);
const maybe = fc.option(text);
const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const names = fc.record({ function: maybe, mangled: maybe, file: maybe, line: fc.option(u32) });
const frame = fc
  .record({
    m: fc.option(fc.nat(6)),
    o: fc.option(u32),
    t: fc.constantFrom('context', 'cfi', 'cfi_scan', 'frame_pointer', 'scan', 'prewalked', 'none'),
    u: fc.array(fc.tuple(fc.nat(4), u32), { maxLength: 16 }),
    names: fc.option(fc.tuple(names, fc.array(names, { maxLength: 3 }))),
  })
  .map(({ names: named, ...rest }) =>
    sampleFrame({ ...rest, names: named === null ? null : sampleNames({ ...named[0], inlines: named[1] }) }),
  );
const module = fc
  .record({ name: text, debugFile: maybe, debugId: maybe, codeId: maybe, version: maybe, size: u32 })
  .map(sampleModule);
const walk = fc
  .record({
    os: fc.constantFrom('windows', 'linux', 'android', 'mac', 'unknown'),
    cpu: fc.constantFrom('amd64', 'x86', 'arm64', 'arm', 'unknown'),
    osVersion: maybe,
    cpuInfo: maybe,
    crashReason: maybe,
    crashingThread: fc.option(fc.nat(5)),
    mainModule: fc.option(fc.nat(5)),
    threads: fc.array(
      fc.record({ id: u32, name: maybe, frames: fc.array(frame, { maxLength: 6 }) }).map(sampleThread),
      {
        maxLength: 4,
      },
    ),
    modules: fc.array(module, { maxLength: 4 }),
    unloadedModules: fc.array(module, { maxLength: 3 }),
    problems: fc.array(text, { maxLength: 5 }),
  })
  // The child's wire takes codes of a closed list; the airlock does not rest on it.
  .map(({ problems, ...rest }) => sampleWalk({ ...rest, problems: problems as NamedWalk['problems'] }));

test('whatever the child and the symbols say, a valid report comes out, the same each time', () => {
  fc.assert(
    fc.property(walk, maybe, maybe, maybe, (it, product, version, channel) => {
      const facts = sampleFacts({ product, version, channel });
      const report = disclose(it, facts);
      expect(LenientReport.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
      expect(disclose(it, facts)).toEqual(report);
    }),
    { numRuns: 300 },
  );
});
