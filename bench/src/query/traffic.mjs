// Crash traffic as it is: a few signatures make most of it, versions come and go, systems and channels are uneven.

/** xorshift128: fast, and the same numbers for the same seed. */
export function randomOf(seed) {
  let [a, b, c, d] = [seed | 1, 0x9e3779b9, 0x243f6a88, 0xb7e15162];
  return () => {
    const t = a ^ (a << 11);
    [a, b, c] = [b, c, d];
    d = d ^ (d >>> 19) ^ t ^ (t >>> 8);
    return (d >>> 0) / 4294967296;
  };
}

/** Places 0 to n - 1, the first the most frequent, by Zipf's law. */
export function zipf(n, exponent) {
  const sums = new Float64Array(n);
  let sum = 0;
  for (let i = 0; i < n; i++) sums[i] = sum += 1 / (i + 1) ** exponent;
  return (random) => {
    const wanted = random() * sum;
    let [low, high] = [0, n - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

function weighted(random, choices) {
  let left = random() * 100;
  for (const [value, weight] of choices) if ((left -= weight) < 0) return value;
  return choices.at(-1)[0];
}

const DAY_MS = 86_400_000;
export const DAYS = 90;
export const VERSIONS = 36;
export const GROUPS = 50_000;
export const FUNCTIONS = 60_000;
export const MODULES = 3_000;
export const PROJECT = 'bench';
const OS = [
  ['windows', 60],
  ['linux', 20],
  ['mac', 15],
  ['android', 5],
];
const CPU = {
  windows: [
    ['amd64', 92],
    ['arm64', 8],
  ],
  linux: [
    ['amd64', 90],
    ['arm64', 10],
  ],
  mac: [
    ['arm64', 70],
    ['amd64', 30],
  ],
  android: [['arm64', 100]],
};
const OS_VERSIONS = {
  windows: ['10.0.19045', '10.0.22631', '10.0.26100'],
  linux: ['6.1.0', '6.8.0'],
  mac: ['14.6.1', '15.1.0'],
  android: ['14', '15'],
};
const REASONS = [
  'EXCEPTION_ACCESS_VIOLATION_READ',
  'EXCEPTION_ACCESS_VIOLATION_WRITE',
  'SIGSEGV / SEGV_MAPERR',
  'SIGABRT',
  'EXCEPTION_BREAKPOINT',
];
const CLASSES = ['null', 'heap-like', 'other', 'stack', null];
const CHANNELS = [
  ['stable', 80],
  ['beta', 15],
  ['nightly', 5],
];
const PRODUCTS = [
  ['Browser', 80],
  ['Updater', 12],
  ['Helper', 8],
];

/** One version every five days from before the first day; each is `minor`, then two patches. */
export const versionName = (i) => `${120 + Math.floor(i / 3)}.0.${i % 3}`;

/** A report's columns. Each group has its stack; callers differ in a third of them. */
export function trafficOf(seed, end) {
  const random = randomOf(seed);
  const group = zipf(GROUPS, 1.07);
  const rare = zipf(MODULES, 1.1);
  return () => {
    const g = group(random);
    const age = random() * DAYS;
    const released = Math.floor((DAYS - age) / 5) + VERSIONS - DAYS / 5 - 1;
    const version = Math.max(0, released - Math.floor(-Math.log(1 - random()) * 2.2));
    const os = weighted(random, OS);
    return {
      id: uuid(random),
      group: g,
      at: Math.floor((end - age * DAY_MS) / 1000) * 1000,
      product: PRODUCTS[g % 7 === 0 ? 1 : g % 11 === 0 ? 2 : 0][0],
      version: versionName(version),
      channel: weighted(random, CHANNELS),
      os,
      osVersion: OS_VERSIONS[os][Math.floor(random() * OS_VERSIONS[os].length)],
      cpu: weighted(random, CPU[os]),
      reason: REASONS[g % REASONS.length],
      addressClass: CLASSES[g % CLASSES.length],
      uptime: random() < 0.1 ? null : Math.floor(Math.exp(random() * 13)),
      cpuCount: 2 << Math.floor(random() * 4),
      threads: 20 + Math.floor(random() * 60),
      install: Math.floor(random() * 2_000_000) * 4_503_599,
      ...namesOf(random, g, os, rare),
    };
  };
}

const hex = (n) => n.toString(16).padStart(8, '0');
function uuid(random) {
  const part = () => hex(Math.floor(random() * 4294967296));
  const [a, b, c, d] = [part(), part(), part(), part()];
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${d}`;
}

/** Numbers of words: functions are 1 to FUNCTIONS, modules follow. */
function namesOf(random, group, os, rare) {
  const branch = random() < 0.66 ? 0 : 1 + Math.floor(random() * 3);
  const stack = Array.from({ length: 12 }, (_, depth) => {
    const salt = depth < 5 ? group * 31 + depth : group * 31 + depth * 7 + branch * 1009;
    return 1 + ((Math.imul(salt + 1, 2654435761) >>> 0) % FUNCTIONS);
  });
  const base = { windows: 0, linux: 20, mac: 40, android: 60 }[os];
  const modules = Array.from({ length: 18 }, (_, i) => FUNCTIONS + 1 + base + i);
  modules.push(FUNCTIONS + 81 + (rare(random) % (MODULES - 80)), FUNCTIONS + 81 + (rare(random) % (MODULES - 80)));
  // One module in a thousand groups goes with its crash: what a correlation should find.
  if (group % 10 === 0 && random() < 0.8) modules.push(FUNCTIONS + 100 + (group % 1000));
  return { stack, words: [...new Set([...stack, ...modules])].sort((a, b) => a - b) };
}
