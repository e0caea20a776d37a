import { describe, expectTypeOf, test } from 'vitest';
import type { DumpAlias, DumpId } from '@crashkeep/ids';
import type { DumpFailure } from './dump-failure.js';
import type { Leaks } from './leaks.js';
import type { LenientReport } from './lenient-report.js';
import type { ScreenedText } from './screened-text.js';

declare const brand: unique symbol;
type Branded = string & { readonly [brand]: 'Other' };
enum Colour {
  Red = 'red',
  Blue = 'blue',
}
interface Deep<T> {
  readonly a: readonly { readonly b: { readonly c?: T | null } }[];
}

/** `tsc` proves these; there is nothing to run. */
describe('the type law', () => {
  test('passes what may be shown', () => {
    expectTypeOf<Leaks<LenientReport>>().toEqualTypeOf<false>();
    expectTypeOf<Leaks<ScreenedText | null | undefined>>().toEqualTypeOf<false>();
    expectTypeOf<Leaks<number | boolean | 'a' | 'b' | Colour | DumpFailure>>().toEqualTypeOf<false>();
    expectTypeOf<Leaks<DumpId | DumpAlias | null>>().toEqualTypeOf<false>();
    expectTypeOf<Leaks<Deep<ScreenedText>>>().toEqualTypeOf<false>();
    expectTypeOf<Leaks<readonly [1, 'x', { readonly y: boolean }]>>().toEqualTypeOf<false>();
    expectTypeOf<Leaks<{ kind: 'a'; n: number } | { kind: 'b'; on: boolean }>>().toEqualTypeOf<false>();
    expectTypeOf<Leaks<never>>().toEqualTypeOf<false>();
  });

  test('refuses bytes, bigint and symbols', () => {
    expectTypeOf<Leaks<Uint8Array>>().toEqualTypeOf<true>();
    expectTypeOf<Leaks<ArrayBuffer>>().toEqualTypeOf<true>();
    expectTypeOf<Leaks<Buffer>>().toEqualTypeOf<true>();
    expectTypeOf<Leaks<DataView>>().toEqualTypeOf<true>();
    expectTypeOf<Leaks<bigint>>().toEqualTypeOf<true>();
    expectTypeOf<Leaks<1n>>().toEqualTypeOf<true>();
    expectTypeOf<Leaks<symbol>>().toEqualTypeOf<true>();
  });

  test('refuses open text, templates and foreign brands', () => {
    expectTypeOf<Leaks<string>>().toEqualTypeOf<true>();
    expectTypeOf<Leaks<string | ScreenedText>>().toEqualTypeOf<true>();
    expectTypeOf<Leaks<`0x${string}`>>().toEqualTypeOf<true>();
    expectTypeOf<Leaks<`${number}`>>().toEqualTypeOf<true>();
    expectTypeOf<Leaks<Uppercase<string>>>().toEqualTypeOf<true>();
    expectTypeOf<Leaks<'known' | (string & {})>>().toEqualTypeOf<true>();
    expectTypeOf<Leaks<Branded>>().toEqualTypeOf<true>();
    expectTypeOf<Leaks<ScreenedText & { readonly more: string }>>().toEqualTypeOf<true>();
  });

  test('refuses what is not named', () => {
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- this is what the law refuses
    expectTypeOf<Leaks<any>>().toEqualTypeOf<true>();
    expectTypeOf<Leaks<unknown>>().toEqualTypeOf<true>();
    expectTypeOf<Leaks<object>>().toEqualTypeOf<true>();
    // eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- this is what the law refuses
    expectTypeOf<Leaks<NonNullable<unknown>>>().toEqualTypeOf<true>();
    expectTypeOf<Leaks<Record<string, number>>>().toEqualTypeOf<true>();
    expectTypeOf<Leaks<Record<number, 'a'>>>().toEqualTypeOf<true>();
    expectTypeOf<Leaks<Record<`x-${string}`, 'a'> & { readonly a: 1 }>>().toEqualTypeOf<true>();
    expectTypeOf<Leaks<Map<'a', 1>>>().toEqualTypeOf<true>();
    expectTypeOf<Leaks<Set<1>>>().toEqualTypeOf<true>();
    expectTypeOf<Leaks<Date>>().toEqualTypeOf<true>();
  });

  test('refuses functions and classes', () => {
    expectTypeOf<Leaks<() => 1>>().toEqualTypeOf<true>();
    expectTypeOf<Leaks<{ readonly f: (a: never) => void }>>().toEqualTypeOf<true>();
    expectTypeOf<Leaks<typeof Error>>().toEqualTypeOf<true>();
    expectTypeOf<Leaks<Promise<1>>>().toEqualTypeOf<true>();
  });

  test('looks at any depth, in optional members, in unions and in tuples', () => {
    expectTypeOf<Leaks<Deep<string>>>().toEqualTypeOf<true>();
    expectTypeOf<Leaks<Deep<Uint8Array>>>().toEqualTypeOf<true>();
    expectTypeOf<Leaks<readonly [1, readonly [bigint]]>>().toEqualTypeOf<true>();
    expectTypeOf<Leaks<{ kind: 'a' } | { kind: 'b'; text: string }>>().toEqualTypeOf<true>();
    expectTypeOf<Leaks<LenientReport & { readonly note?: string }>>().toEqualTypeOf<true>();
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- this is what the law refuses
    expectTypeOf<Leaks<Deep<any>>>().toEqualTypeOf<true>();
  });
});
