import { type HierarchyNode, hierarchy, partition } from 'd3-hierarchy';
import type { Icicle } from '../api/wire.js';

/** A call in the picture. `x`, `width`: shares of the whole, 0 to 1. `depth` 0 is where it crashed. */
export interface IcicleBox {
  readonly node: number;
  readonly text: string;
  readonly count: number;
  readonly x: number;
  readonly width: number;
  readonly depth: number;
}

interface Call {
  readonly node: number;
  readonly text: string;
  readonly count: number;
  readonly children: Call[];
}

/**
 * Crashing stacks laid over each other: a box is as wide as the reports that have it, its callers stand below it. From `zoom` on
 * down where one is chosen. Boxes narrower than `least` are left out, with all below them.
 */
export function icicleBoxes({ nodes }: Icicle, zoom: number | null, least: number): readonly IcicleBox[] {
  const calls = nodes.map(({ text, count }, node): Call => ({ node, text, count, children: [] }));
  const roots: Call[] = [];
  nodes.forEach(({ parent }, index) => {
    const call = calls[index];
    if (call !== undefined) (parent === null ? roots : (calls[parent]?.children ?? [])).push(call);
  });
  const top =
    zoom === null
      ? roots
      : roots
          .concat(calls)
          .filter(({ node }) => node === zoom)
          .slice(0, 1);
  const whole = hierarchy<Call>({ node: -1, text: '', count: 0, children: top });
  // A call's own count is what its callers do not explain: stacks that end there.
  whole.eachAfter((it) => Object.assign(it, { value: Math.max(it.data.count, sumOf(it)) }));
  return partition<Call>()
    .size([1, 1])(whole)
    .descendants()
    .filter(({ depth, x0, x1 }) => depth > 0 && x1 - x0 >= least)
    .map(({ data, depth, x0, x1 }) => ({
      node: data.node,
      text: data.text,
      count: data.count,
      x: x0,
      width: x1 - x0,
      depth: depth - 1,
    }));
}

function sumOf({ children = [] }: HierarchyNode<Call>): number {
  return children.reduce((sum, { value = 0 }) => sum + value, 0);
}
