import { expect, test } from 'vitest';
import { z } from 'zod';
import { FIELD_DICTIONARY, LenientReport } from './index.js';

interface Leaf {
  readonly path: string;
  readonly type: string;
  readonly bounded: boolean;
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
  if (schema instanceof z.ZodEnum || schema instanceof z.ZodLiteral) return [{ path, type: 'enum', bounded: true }];
  if (schema instanceof z.ZodBoolean) return [{ path, type: 'boolean', bounded: true }];
  if (schema instanceof z.ZodNumber) {
    return [{ path, type: 'number', bounded: Number.isFinite(schema.maxValue) && Number.isFinite(schema.minValue) }];
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

test('every leaf is bounded', () => {
  expect(leaves.filter((it) => !it.bounded)).toEqual([]);
});

test('each row says its bounds and why it is safe', () => {
  for (const row of FIELD_DICTIONARY) {
    expect(row.bounds, row.path).not.toBe('');
    expect(row.safe, row.path).toMatch(/\.$/);
  }
});
