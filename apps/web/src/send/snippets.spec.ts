import { expect, test } from 'vitest';
import { handlerSnippets, symbolsCommand } from './snippets.js';

const facts = { ingest: 'http://localhost:8082', project: 'default', token: 'cki_abc' };

test('every handler is told the address and the token', () => {
  for (const { code } of handlerSnippets(facts)) {
    expect(code).toContain('cki_abc');
    expect(code).toContain('localhost:8082');
  }
});

test('a DSN carries the token as its key and the project as its path', () => {
  const dsn = handlerSnippets(facts).find(({ id }) => id === 'sentry-native')?.code;
  expect(dsn).toContain('"http://cki_abc@localhost:8082/default"');
});

test('a module’s name cannot write commands of its own', () => {
  const command = symbolsCommand(facts.ingest, 'lib"; rm -rf $HOME #.so');
  expect(command.split('\n')[0]).toBe('dump_syms path/to/lib___rm_-rf__HOME__.so > lib___rm_-rf__HOME__.so.sym');
});

test('symbols go to the place that ingest serves', () => {
  expect(symbolsCommand(facts.ingest, 'my-app')).toContain(
    '"http://localhost:8082/symbols/$name/$id/${name%.pdb}.sym"',
  );
});
