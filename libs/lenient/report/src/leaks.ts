import type { DumpAlias, DumpId, ProjectId } from '@crashkeep/ids';
import type { ScreenedText } from './screened-text.js';

/** Strings that we issued ourselves: they say nothing of what is in a dump. */
type IssuedId = DumpId | DumpAlias | ProjectId;

type Is<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type IsAny<T> = 0 extends 1 & T ? true : false;

/** True where `K` names more than itself: string, number, symbol, a template, a brand. A mapped type makes an index signature of it. */
type IsOpen<K extends PropertyKey> = { [P in K]: 1 } extends infer M
  ? // eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- `{}` fits an index signature and no named field
    Record<never, never> extends M
    ? true
    : false
  : never;

type TextLeaks<T extends string> =
  Is<T, ScreenedText> extends true
    ? false
    : T extends IssuedId
      ? Is<T, IssuedId & T> extends true
        ? false
        : true
      : IsOpen<T>;

/** Each member in turn: `true` for one that leaks. An object without a named field could hold anything. */
type PartLeaks<T> = T extends boolean | number | null | undefined
  ? false
  : T extends string
    ? TextLeaks<T>
    : T extends bigint | symbol | ((...args: never) => unknown) | (abstract new (...args: never) => unknown)
      ? true
      : T extends readonly unknown[]
        ? Leaks<T[number]>
        : T extends object
          ? [keyof T] extends [never]
            ? true
            : keyof T extends infer K
              ? K extends keyof T
                ? true extends IsOpen<K> | Leaks<T[K]>
                  ? true
                  : false
                : never
              : never
          : true;

/**
 * The law of the lenient side, at compile time: true where a `T` could carry something that nobody named. It refuses, at any depth,
 * bytes, bigint, open or template strings, brands other than ScreenedText and our own ids, any, unknown, Map, Record and
 * index signatures, functions and classes. Enums, numbers, booleans and ScreenedText pass.
 */
export type Leaks<T> =
  IsAny<T> extends true ? true : unknown extends T ? true : true extends PartLeaks<T> ? true : false;
