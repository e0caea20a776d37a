import type { LenientRows } from '../lenient-store.js';

export interface IcicleNode {
  /** Place of its parent in the list; null for a root. A parent stands before its children. */
  readonly parent: number | null;
  readonly text: string;
  /** `frame`: a place without a function's name. */
  readonly kind: 'function' | 'frame';
  readonly count: number;
}

/** The crashing stacks of a group, laid over each other: roots are where it crashed, children are callers. */
export interface Icicle {
  /** Reports whose stacks were laid; the newest, where `complete` is false. */
  readonly counted: number;
  readonly complete: boolean;
  readonly nodes: readonly IcicleNode[];
  /** Reports that took a branch which is not shown, for it is rare or deep. */
  readonly folded: number;
}

const REPORTS_MAX = 5000;
const DEPTH_MAX = 32;
const NODES_MAX = 400;

interface Branch {
  readonly word: number;
  count: number;
  readonly children: Map<number, Branch>;
}

export async function findIcicle(rows: LenientRows, groupIds: readonly string[]): Promise<Icicle> {
  const stacks = await rows.$queryRaw<{ stack: number[] | null; count: bigint }[]>`
    SELECT stack[1:${DEPTH_MAX}::int] AS stack, count(*) AS count FROM (SELECT r.stack FROM unnest(${[...groupIds]}::uuid[]) AS asked (id),
        LATERAL (SELECT stack FROM lenient.report WHERE group_id = asked.id ORDER BY received_at DESC, id DESC
          LIMIT ${REPORTS_MAX}::int) AS r LIMIT ${REPORTS_MAX}::int) AS newest
    GROUP BY 1 ORDER BY 2 DESC LIMIT 2000`;
  const roots = new Map<number, Branch>();
  for (const { stack, count } of stacks) grow(roots, stack ?? [], Number(count));
  const kept = widest(roots);
  const names = await findNames(
    rows,
    kept.branches.map((it) => it.branch.word),
  );
  const counted = stacks.reduce((sum, it) => sum + Number(it.count), 0);
  return {
    counted,
    complete: counted < REPORTS_MAX,
    folded: kept.folded,
    nodes: kept.branches.map(({ branch, parent }) => {
      const name = names.get(branch.word);
      const kind = name?.kind === 'function' ? 'function' : 'frame';
      return { parent, text: name?.text ?? '(no module)', kind, count: branch.count };
    }),
  };
}

function grow(roots: Map<number, Branch>, stack: readonly number[], count: number): void {
  let level = roots;
  for (const word of stack) {
    const branch = level.get(word) ?? { word, count: 0, children: new Map<number, Branch>() };
    branch.count += count;
    level.set(word, branch);
    level = branch.children;
  }
}

interface Placed {
  readonly branch: Branch;
  readonly parent: number | null;
}

/** The most travelled branches: always the widest next, so that a parent comes before its children. */
function widest(roots: Map<number, Branch>): { readonly branches: Placed[]; readonly folded: number } {
  const branches: Placed[] = [];
  let waiting: Placed[] = [...roots.values()].map((branch) => ({ branch, parent: null }));
  while (waiting.length > 0 && branches.length < NODES_MAX) {
    waiting.sort((a, b) => b.branch.count - a.branch.count);
    const [next, ...rest] = waiting;
    if (next === undefined) break;
    const place = branches.push(next) - 1;
    const children = [...next.branch.children.values()].map((branch) => ({ branch, parent: place }));
    waiting = [...rest, ...children];
  }
  return { branches, folded: waiting.reduce((sum, it) => sum + it.branch.count, 0) };
}

async function findNames(
  rows: LenientRows,
  words: readonly number[],
): Promise<Map<number, { readonly text: string; readonly kind: string }>> {
  const found = await rows.$queryRaw<{ id: number; kind: string; text: string }[]>`
    SELECT id, kind, text FROM lenient.word WHERE id = ANY(${[...new Set(words)]}::int[])`;
  return new Map(found.map(({ id, kind, text }) => [id, { kind, text }]));
}
