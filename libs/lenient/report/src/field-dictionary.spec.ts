import { expect, test } from 'vitest';
import { z } from 'zod';
import { FIELD_CAPACITY, FIELD_DICTIONARY, LenientReport } from './index.js';

interface Leaf {
  readonly path: string;
  readonly type: string;
  readonly bounded: boolean;
  /** Different values, where they can be counted. */
  readonly choices?: number;
}

/** Every leaf of a schema; a kind of schema that is not known here fails the test, so that no open one can slip in. */
function leavesOf(schema: z.core.$ZodType, path: string): Leaf[] {
  if (schema instanceof z.ZodObject) {
    expect(schema.def.catchall, `${path} is a strict object`).toBeInstanceOf(z.ZodNever);
    const shape = schema.def.shape as Record<string, z.core.$ZodType>;
    return Object.entries(shape).flatMap(([name, it]) => leavesOf(it, path === '' ? name : `${path}.${name}`));
  }
  if (schema instanceof z.ZodArray) {
    const checks = schema.def.checks?.map((it) => it._zod.def.check);
    expect(checks, `${path} has a longest length`).toContain('max_length');
    return leavesOf(schema.def.element, `${path}[]`);
  }
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) return leavesOf(schema.def.innerType, path);
  if (schema instanceof z.ZodEnum) return [{ path, type: 'enum', bounded: true, choices: schema.options.length }];
  if (schema instanceof z.ZodLiteral) return [{ path, type: 'enum', bounded: true, choices: 1 }];
  if (schema instanceof z.ZodBoolean) return [{ path, type: 'boolean', bounded: true, choices: 2 }];
  if (schema instanceof z.ZodNumber) {
    const [low, high] = [schema.minValue ?? NaN, schema.maxValue ?? NaN];
    return [{ path, type: 'number', bounded: Number.isFinite(high - low), choices: high - low + 1 }];
  }
  if (schema instanceof z.ZodUUID) return [{ path, type: 'id', bounded: true }];
  if (schema instanceof z.ZodPipe && schema.def.in instanceof z.ZodString) {
    return [{ path, type: 'text', bounded: schema.def.in.maxLength !== null }];
  }
  throw new Error(`no rule for the leaf ${path}`);
}

const leaves = leavesOf(LenientReport, '');

test('each leaf of the schema has its row, and each row its leaf', () => {
  expect(FIELD_DICTIONARY.map((it) => it.path).sort()).toEqual(leaves.map((it) => it.path).sort());
});

test('rows and leaves agree on the type', () => {
  const types = new Map(leaves.map((it) => [it.path, it.type]));
  for (const row of FIELD_DICTIONARY) expect(row.type, row.path).toBe(types.get(row.path));
});

test('each leaf has a declared capacity, and none can take more values than that', () => {
  expect(Object.keys(FIELD_CAPACITY).sort()).toEqual(leaves.map((it) => it.path).sort());
  const counted = leaves.filter(({ path, choices }) => choices !== undefined && FIELD_CAPACITY[path]?.bits !== 0);
  expect(counted.length).toBeGreaterThan(20);
  for (const { path, choices = 0 } of counted) expect(FIELD_CAPACITY[path]?.bits, path).toBe(Math.log2(choices));
});

test('what has no capacity comes from elsewhere, or repeats what stands in the report', () => {
  const sources = new Map(FIELD_DICTIONARY.map((it) => [it.path, it.source]));
  const free = leaves.filter(({ path }) => FIELD_CAPACITY[path]?.bits === 0).map(({ path }) => path);
  const ofDump = free.filter((path) => sources.get(path) === 'dump');
  // The module that `module_index` names.
  expect(ofDump).toEqual(['threads[].frames[].module']);
});

test('every leaf is bounded', () => {
  expect(leaves.filter((it) => !it.bounded)).toEqual([]);
});

test('each row says its bounds and why it is safe', () => {
  for (const row of FIELD_DICTIONARY) {
    expect(row.bounds, row.path).not.toBe('');
    expect(row.safe, row.path).toMatch(/\.$/);
  }
});
