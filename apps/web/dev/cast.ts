/** Which fixtures play which crash, how often, and since when. */
export interface Part {
  /** A file of `fixtures/expected`, without `.sym.json`. */
  readonly fixture: string;
  readonly product: string;
  readonly versions: readonly [string, ...string[]];
  readonly count: number;
  /** Days since it was first seen. */
  readonly days: number;
  /** How its daily counts run. */
  readonly shape: 'steady' | 'rising' | 'falling' | 'new' | 'burst';
}

const orbit = ['8.4.1', '8.4.0', '8.3.2'] as const;
const agent = ['2.11.0', '2.10.3'] as const;

export const cast: readonly Part[] = [
  part('own__clang-inlined__crashpad', 'orbit', orbit, 12_418, 40, 'rising'),
  part('own__clang-heap__crashpad', 'orbit', orbit, 8240, 61, 'steady'),
  part('rustminidump__pipeline-inlines-macos-segv', 'orbit', orbit, 5907, 52, 'falling'),
  part('chromium__crashrust', 'orbit', orbit, 3866, 33, 'rising'),
  part('own__clang-threads__crashpad', 'field-agent', agent, 3512, 44, 'steady'),
  part('chromium__browserabrt', 'orbit', ['8.4.1'], 2974, 3, 'new'),
  part('breakpad__minidump2', 'orbit', orbit, 2205, 75, 'steady'),
  part('own__clang-overflow__breakpad', 'field-agent', agent, 1880, 28, 'steady'),
  part('own__arm64-abort_throw__crashpad', 'field-agent', agent, 1419, 19, 'burst'),
  part('own__fp-nullfn__crashpad', 'field-agent', agent, 1102, 90, 'falling'),
  part('own__extra-node_abort__crashpad', 'orbit', orbit, 867, 31, 'falling'),
  part('own__clang-traps-fpe__crashpad', 'field-agent', agent, 640, 80, 'steady'),
  part('own__armhf-abort_throw__crashpad', 'field-agent', ['2.11.0'], 412, 5, 'new'),
  part('own__extra-rust_v0_panic__crashpad', 'field-agent', agent, 233, 24, 'steady'),
  part('own__arm64fp-traps-bus__crashpad', 'field-agent', agent, 118, 51, 'steady'),
  part('own__nofp-traps-noncanon__crashpad', 'field-agent', agent, 64, 17, 'steady'),
  part('chromium__gpuill', 'orbit', ['8.4.1'], 31, 2, 'new'),
  part('own__fp-secrets__crashpad', 'field-agent', agent, 9, 12, 'steady'),
];

function part(
  fixture: string,
  product: string,
  versions: Part['versions'],
  count: number,
  days: number,
  shape: Part['shape'],
): Part {
  return { fixture, product, versions, count, days, shape };
}
