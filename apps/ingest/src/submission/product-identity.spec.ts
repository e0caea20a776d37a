import type { Project } from '@crashkeep/identity';
import { describe, expect, test } from 'vitest';
import { Annotations } from './annotations.js';
import { productIdentity } from './product-identity.js';

function identityOf(values: Record<string, string>, preset: Project['preset'] = 'auto') {
  const annotations = new Annotations({ annotations: 100, annotationBytes: 100_000 });
  for (const [name, value] of Object.entries(values)) annotations.add(name, value);
  const { product, version, channel } = productIdentity(annotations, preset, null);
  return [product, version, channel];
}

describe('the program that a person means', () => {
  test.each<[client: string, values: Record<string, string>, found: (string | null)[]]>([
    ['Breakpad', { prod: 'MyApp', ver: '1.2.3' }, ['MyApp', '1.2.3', null]],
    [
      'Chromium',
      { prod: 'Chrome_Linux', ver: '156.0.1', channel: 'beta', ptype: 'gpu' },
      ['Chrome_Linux', '156.0.1', 'beta'],
    ],
    ['Electron', { prod: 'Electron', ver: '30.0.1', _productName: 'Editor', _version: '1.9' }, ['Editor', '1.9', null]],
    [
      'Electron, with a name alone',
      { prod: 'Electron', ver: '30.0.1', _productName: 'Editor' },
      ['Editor', null, null],
    ],
    ['Electron, without', { prod: 'Electron', ver: '30.0.1' }, ['Electron', '30.0.1', null]],
    ['Mozilla', { ProductName: 'Firefox', Version: '130', ReleaseChannel: 'nightly' }, ['Firefox', '130', 'nightly']],
    ['Crashpad, by its query string', { product: 'App', version: '3' }, ['App', '3', null]],
    ['Sentry, as JSON', { sentry: '{"release":"app@1.0","environment":"prod"}' }, ['app', '1.0', 'prod']],
    ['Sentry, in pieces', { sentry__1: '{"release":"ap', sentry__2: 'p@2.0"}' }, ['app', '2.0', null]],
    ['Sentry, in brackets', { 'sentry[release]': 'app@3.0', 'sentry[environment]': 'qa' }, ['app', '3.0', 'qa']],
    ['Sentry, a bare version', { sentry: '{"release":"4.1"}' }, [null, '4.1', null]],
    ['Sentry, torn', { sentry: '{"release":"ap', prod: 'App', ver: '1' }, ['App', '1', null]],
    ['nobody', { other: 'x' }, [null, null, null]],
  ])('%s', (_client, values, found) => {
    expect(identityOf(values)).toEqual(found);
  });

  test('is looked for where the project says', () => {
    const values = { prod: 'Electron', ver: '30', _productName: 'Editor', _version: '1', sentry: '{"release":"s@9"}' };
    expect(identityOf(values, 'electron')).toEqual(['Editor', '1', null]);
    expect(identityOf(values, 'crashpad')).toEqual(['Electron', '30', null]);
    expect(identityOf(values, 'sentry')).toEqual(['s', '9', null]);
    expect(identityOf({ prod: 'x', ver: '1' }, 'sentry')).toEqual([null, null, null]);
  });
});

test.each([
  ['too long', 'x'.repeat(101)],
  ['empty', '  '],
  ['a control character', 'a\u0007b'],
  ['a new line', 'a\nb'],
  ['a turn of direction', 'a\u202eb'],
  ['a zero-width space', 'a\u200bb'],
  ['a lone surrogate', 'a\ud800'],
])('a name that is %s is none', (_why, prod) => {
  expect(identityOf({ prod, ver: '1' })).toEqual([null, null, null]);
  expect(identityOf({ prod: 'App', ver: prod })).toEqual(['App', null, null]);
});

test('letters of every script are letters', () => {
  expect(identityOf({ prod: ' Größe 製品 🚀 ', ver: '1.0-β+2' })).toEqual(['Größe 製品 🚀', '1.0-β+2', null]);
});
