import { type Part, cast } from './cast.js';
import { type Expected, readExpected } from './expected.js';
import { madeUpReport, signatureOf } from './made-up-report.js';
import { Random } from './random.js';

const DAY = 86_400_000;
/** How many of a group's reports can be opened. */
const REPORTS_KEPT = 14;

export interface MadeUpDump {
  readonly id: string;
  readonly group: MadeUpGroup;
  readonly version: string;
  readonly receivedAt: number;
  state: 'queued' | 'walking' | 'done' | 'failed';
  failure: string | null;
  walkingAt: number | null;
  doneAt: number | null;
}

export interface MadeUpGroup {
  readonly id: string;
  readonly part: Part;
  readonly expected: Expected;
  readonly signature: string;
  readonly trend: readonly number[];
  readonly firstSeen: number;
  readonly dumps: MadeUpDump[];
}

/** Everything that the pages are shown in development. */
export class MadeUpVault {
  readonly #random = new Random(4127);
  readonly groups: readonly MadeUpGroup[];
  /** Newest first. */
  readonly dumps: MadeUpDump[];

  constructor(now: number) {
    this.groups = cast.map((part) => this.#group(part, now));
    this.dumps = this.groups.flatMap((group) => group.dumps).sort((a, b) => b.receivedAt - a.receivedAt);
    const failing = this.dumps[2];
    if (failing !== undefined) Object.assign(failing, { state: 'failed', failure: 'walk.timeout' });
  }

  #group(part: Part, now: number): MadeUpGroup {
    const random = this.#random;
    const expected = readExpected(part.fixture);
    const group: MadeUpGroup = {
      id: random.uuid(),
      part,
      expected,
      signature: signatureOf(expected),
      trend: trendOf(part, random),
      firstSeen: now - part.days * DAY + random.below(DAY / 2),
      dumps: [],
    };
    const spacing = 1 + 2e5 / part.count;
    for (let index = 0; index < Math.min(REPORTS_KEPT, part.count); index += 1) {
      const age = (index + 0.2 + random.next() * 0.6) * spacing * 60_000;
      group.dumps.push(this.#walked(group, random.pick(part.versions), now - Math.min(age, part.days * DAY)));
    }
    return group;
  }

  #walked(group: MadeUpGroup, version: string, receivedAt: number): MadeUpDump {
    const walkingAt = receivedAt + 140 + this.#random.below(400);
    const doneAt = walkingAt + 90 + this.#random.below(400);
    return { id: this.#random.uuid(), group, version, receivedAt, state: 'done', failure: null, walkingAt, doneAt };
  }

  /** A dump that has just arrived. */
  arrive(now: number): MadeUpDump {
    const group = this.groups[this.#random.below(6)] ?? this.groups[0];
    if (group === undefined) throw new Error('the cast is empty');
    const id = this.#random.uuid();
    const version = group.part.versions[0];
    const dump: MadeUpDump = {
      id,
      group,
      version,
      receivedAt: now,
      state: 'queued',
      failure: null,
      walkingAt: null,
      doneAt: null,
    };
    this.dumps.unshift(dump);
    group.dumps.unshift(dump);
    return dump;
  }

  find(id: string): MadeUpDump | undefined {
    return this.dumps.find((dump) => dump.id === id);
  }
}

export function reportOf(dump: MadeUpDump): object {
  const { part, expected } = dump.group;
  return madeUpReport(expected, {
    id: dump.id,
    product: part.product,
    version: dump.version,
    receivedAt: Math.floor(dump.receivedAt / 1000),
  });
}

function trendOf({ count, days, shape }: Part, random: Random): number[] {
  const mean = count / Math.min(28, days + 1);
  return Array.from({ length: 14 }, (_, day) => {
    const age = 13 - day;
    if (age > days) return 0;
    return Math.round(mean * weightOf(shape, day) * (0.8 + 0.4 * random.next()));
  });
}

function weightOf(shape: Part['shape'], day: number): number {
  if (shape === 'rising') return day < 8 ? 0.35 : 0.5 + (day - 7) * 0.28;
  if (shape === 'falling') return 1.7 - day * 0.1;
  if (shape === 'burst') return day === 10 || day === 11 ? 6 : 0.4;
  return 1;
}
