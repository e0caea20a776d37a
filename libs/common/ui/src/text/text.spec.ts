import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Breakable } from './breakable.js';
import { splitBreaks } from './split-breaks.js';
import { splitSignature } from './split-signature.js';

const SIGNATURES: readonly (readonly [string, string, string, string, string])[] = [
  ['edge_relay::conn::ConnectionTable::find_mut', '', 'edge_relay::conn::ConnectionTable::', 'find_mut', ''],
  [
    'core::option::unwrap_failed | route::RouteMap::resolve',
    'core::option::unwrap_failed | ',
    'route::RouteMap::',
    'resolve',
    '',
  ],
  ['raise | abort | fatal', 'raise | abort | ', '', 'fatal', ''],
  ['libnic_offload.so@0x1f3c0', '', '', 'libnic_offload.so@0x1f3c0', ''],
  ['(anonymous namespace)::CrashFunction', '', '(anonymous namespace)::', 'CrashFunction', ''],
  ['quic::Reader::ProcessOne(quic::Packet const&)', '', 'quic::Reader::', 'ProcessOne', '(quic::Packet const&)'],
  [
    'std::function<void (a::B)>::operator()(a::B) const',
    '',
    'std::function<void (a::B)>::',
    'operator()',
    '(a::B) const',
  ],
  ['a::operator<<(b::C&)', '', 'a::', 'operator<<', '(b::C&)'],
  ['edge_relay::admin::drain::{closure#0}', '', 'edge_relay::admin::drain::', '{closure#0}', ''],
  ['<a::B as c::D>::run', '', '<a::B as c::D>::', 'run', ''],
  [
    'a::f(std::vector<b::C> const&)::$_0::operator()(d::E) const',
    '',
    'a::f(std::vector<b::C> const&)::$_0::',
    'operator()',
    '(d::E) const',
  ],
  ['A::operator()(int)::inner(x)', '', 'A::operator()(int)::', 'inner', '(x)'],
  ['f((((', '', '', 'f', '(((('],
  ['', '', '', '', ''],
];

test.each(SIGNATURES)('%s: the name is found', (signature, lead, path, name, tail) => {
  expect(splitSignature(signature)).toEqual({ lead, path, name, tail });
});

test('pieces put together are the name again', () => {
  for (const [signature] of SIGNATURES) {
    const { lead, path, name, tail } = splitSignature(signature);
    expect(lead + path + name + tail).toBe(signature);
    expect(splitBreaks(signature).join('')).toBe(signature);
  }
});

test('a name may break after :: and /, and its text is escaped', () => {
  expect(renderToStaticMarkup(createElement(Breakable, { text: 'a::b<c>::d' }))).toBe('a::<wbr/>b&lt;c&gt;::<wbr/>d');
  expect(splitBreaks('src/conn/slot.rs')).toEqual(['src/', 'conn/', 'slot.rs']);
});
