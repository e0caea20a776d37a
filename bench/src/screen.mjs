// The screen beside what people use: one image of 256 MiB, the same run. Figures are a core's: processor time, not wall time.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IMAGE_BYTES, writeImage } from './screen-image.mjs';

const child = fileURLToPath(new URL('screen-child.mjs', import.meta.url));
const peers =
  process.env.CRASHKEEP_PEERS ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'crashkeep/bin');
const MEGABYTES = IMAGE_BYTES / 1e6;

/** Heads of PEM, and the DER that announces PKCS#1, PKCS#8 and SEC 1. */
const YARA_RULES = `
rule pem { strings: $a = "-----BEGIN RSA PRIVATE KEY-----" ascii wide $b = "-----BEGIN PRIVATE KEY-----" ascii wide
  $c = "-----BEGIN EC PRIVATE KEY-----" ascii wide $d = "-----BEGIN OPENSSH PRIVATE KEY-----" ascii wide condition: any of them }
rule der { strings: $pkcs1 = { 30 82 ?? ?? 02 01 00 02 82 ?? ?? 00 } $pkcs8 = { 02 01 00 30 0d 06 09 2a 86 48 86 f7 0d 01 01 01 05 00 04 82 }
  $sec1 = { 02 01 01 04 20 } $ec = { 30 81 87 02 01 00 30 13 06 07 2a 86 48 ce 3d 02 01 } condition: any of them }
`;

export async function benchScreen(print) {
  const folder = mkdtempSync(join(tmpdir(), 'crashkeep-bench-'));
  try {
    const image = join(folder, 'image');
    writeImage(image);
    const ours = screened(image);
    const peersHere = [gitleaks(image), betterleaks(image), yara(image, folder)].filter((peer) => peer !== null);
    printOurs(print, ours);
    for (const { name, seconds, found } of peersHere) {
      print(
        'screen',
        `everything, beside ${name}`,
        MEGABYTES / ours.seconds,
        'MB/s',
        MEGABYTES / seconds,
        seconds / ours.seconds,
      );
      if (found !== null) {
        const ratio = found === 0 ? null : ours.keys / found;
        print('screen', `private keys found, beside ${name}`, ours.keys, 'keys', found, ratio);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function printOurs(print, { seconds, stages, megabytes, keys, schedules, others, status, skipped }) {
  const rate = (name, ...parts) =>
    print('screen', name, MEGABYTES / parts.reduce((sum, part) => sum + (stages[part] ?? 0), 0), 'MB/s');
  rate('anchors', 'anchors');
  rate('key schedules', 'schedules');
  rate('anchors and key schedules', 'anchors', 'schedules');
  rate('limbs and counted numbers', 'limbs');
  rate('reading, three times at most', 'frame');
  rate('proofs of RSA', 'rsa');
  rate('proofs on curves', 'curves');
  rate('copies', 'copies');
  print('screen', 'everything', MEGABYTES / seconds, 'MB/s');
  print('screen', 'peak memory', megabytes, 'MB');
  print('screen', 'private keys found', keys, 'keys');
  print('screen', 'AES keys found', schedules, 'keys');
  print('screen', 'others at level 2 and above', others, 'secrets');
  console.error(
    `the screen is ${status}${skipped.map((skip) => `, not searched: ${skip.detector} ${skip.reason} ${skip.count}`).join('')}`,
  );
}

function screened(image) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [child, image], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`bench/screen: the screen failed: ${stderr}`);
  return JSON.parse(stdout);
}

/** It refuses a core as it lies, so it is given what \`strings\` makes of one. */
function gitleaks(image) {
  return leaks('gitleaks', 'go install github.com/zricethezav/gitleaks/v8@latest', image);
}

function betterleaks(image) {
  return leaks('betterleaks', 'go install github.com/betterleaks/betterleaks@latest', image);
}

function leaks(name, install, image) {
  const program = programOf(name, install);
  if (program === null) return null;
  const line = `strings -n 8 "${image}" | "${program}" stdin --no-banner --exit-code 0 --report-format json --report-path -`;
  const { seconds, output } = timed(line);
  const found = JSON.parse(output || '[]') ?? [];
  return {
    name: `strings and ${name}`,
    seconds,
    found: new Set(found.filter(({ RuleID }) => RuleID === 'private-key').map(({ Secret }) => Secret)).size,
  };
}

function yara(image, folder) {
  const program = programOf('yara', 'apt-get install yara');
  if (program === null) return null;
  const rules = join(folder, 'keys.yar');
  writeFileSync(rules, YARA_RULES);
  const { seconds } = timed(`"${program}" -s "${rules}" "${image}"`);
  return {
    name: 'yara with PEM and DER',
    seconds,
    found: null,
  };
}

function programOf(name, install) {
  const own = join(peers, name);
  if (existsSync(own)) return own;
  const { status, stdout } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
  if (status === 0) return stdout.trim();
  console.error(`${name} is not here (${install}): no such peer in this run`);
  return null;
}

/** Processor time of a shell line and all that it starts. */
function timed(line) {
  const shell = `TIMEFORMAT='%U %S'; time { ${line}; }`;
  const { stdout, stderr } = spawnSync('bash', ['-c', shell], { encoding: 'utf8', maxBuffer: 2 ** 30 });
  const [user, system] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  return { seconds: user + system, output: stdout };
}
