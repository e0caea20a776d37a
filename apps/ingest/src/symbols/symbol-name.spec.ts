import { describe, expect, test } from 'vitest';
import { completedSymbol, forRegularExpressions } from './breakpad-protocol.js';
import { codeIdRecord, moduleRecord } from './module-record.js';
import { isByCodeId, symbolNameOfPath } from './symbol-name.js';

const ID = '44E4EC8C2F41492B9369D6B9A059577C2';

describe('a symbol path', () => {
  test.each(['app.pdb', 'libfoo.so.1', 'a+b{c}@<d> ~-', 'XUL'])('%s', (debugFile) => {
    expect(symbolNameOfPath(debugFile, ID.toLowerCase(), 'x.sym')).toEqual({
      debugFile,
      debugId: ID,
      codeFile: 'x.sym',
    });
  });

  test('by code file and code id, as symbol servers file Windows images', () => {
    const name = symbolNameOfPath('App.exe', '6b02d8e614000', 'App.exe');
    expect(name).toEqual({ debugFile: 'App.exe', debugId: '6B02D8E614000', codeFile: 'App.exe' });
    expect(isByCodeId(name)).toBe(true);
    expect(() => symbolNameOfPath('App.exe', '6b02d8e6', 'App.exe')).toThrow('symbols.malformed');
    expect(() => symbolNameOfPath('../App.exe', '6b02d8e614000', 'App.exe')).toThrow('symbols.malformed');
  });

  test.each([
    ['', ID, 'x.sym'],
    ['..', ID, 'x.sym'],
    ['a/b', ID, 'x.sym'],
    ['a\\b', ID, 'x.sym'],
    ['a\0', ID, 'x.sym'],
    ['x'.repeat(256), ID, 'x.sym'],
    ['a', ID.slice(0, 32), 'x.sym'],
    ['a', `${ID}${'0'.repeat(8)}`, 'x.sym'],
    ['a', ID.replace('4', 'G'), 'x.sym'],
    ['a', ID, '..'],
    ['a', ID, '../x.sym'],
  ])('%j/%s/%s is none', (debugFile, debugId, name) => {
    expect(() => symbolNameOfPath(debugFile, debugId, name)).toThrow('symbols.malformed');
  });
});

test('a MODULE record names its file, spaces included', () => {
  expect(moduleRecord(Buffer.from(`MODULE windows x86 ${ID} my app.pdb\r\nFUNC`))).toEqual({
    debugFile: 'my app.pdb',
    debugId: ID,
    codeFile: null,
  });
  for (const text of ['', 'FUNC 1 2 3 x', 'MODULE Linux x86', `MODULE Linux x86 ${ID}`, ` MODULE a b ${ID} c`]) {
    expect(moduleRecord(Buffer.from(text))).toBeNull();
  }
});

test('an INFO CODE_ID record names an image, of Windows', () => {
  const of = (info: string) => codeIdRecord(Buffer.from(`MODULE windows x86 ${ID} app.pdb\r\n${info}\r\nFUNC 1 2 3 x`));
  expect(of('INFO CODE_ID 6b02D8E614000 app.exe')).toEqual({ codeId: '6B02D8E614000', codeFile: 'app.exe' });
  expect(of('INFO CODE_ID 00DFABE2')).toEqual({ codeId: '00DFABE2', codeFile: null });
  expect(of('INFO CODE_ID 00DFABE2 ../app.exe')).toEqual({ codeId: '00DFABE2', codeFile: null });
  for (const none of ['', 'INFO CODE_ID', 'INFO CODE_ID x y', 'FUNC 1 2 3 x']) expect(of(none)).toBeNull();
});

test('answers are found by the expressions of sym_upload_v2', () => {
  const text = forRegularExpressions({ uploadUrl: 'http://x/?a=b', uploadKey: 'k', status: 'FOUND' });
  expect(/"uploadUrl": "([^"]+)"/.exec(text)?.[1]).toBe('http://x/?a=b');
  expect(/"uploadKey": "([^"]+)"/.exec(text)?.[1]).toBe('k');
  expect(/"status": "([^"]+)"/.exec(text)?.[1]).toBe('FOUND');
});

test.each([
  `{ symbol_id: {debug_file: "nullfn", debug_id: "${ID}" }, symbol_upload_type: "BREAKPAD" }`,
  `{"symbol_id":{"debug_file":"nullfn","debug_id":"${ID}"},"metadata":{"product_name":"x"},"use_async_processing":true}`,
])('%s', (text) => {
  expect(completedSymbol(text)).toEqual({ debugFile: 'nullfn', debugId: ID, codeFile: null });
});

test('a completion without names is malformed', () => {
  for (const text of ['', '{}', '{ debug_file: "x" }', `{ debug_file: "../x", debug_id: "${ID}" }`]) {
    expect(() => completedSymbol(text)).toThrow('symbols.malformed');
  }
});
