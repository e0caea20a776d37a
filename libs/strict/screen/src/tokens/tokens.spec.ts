import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { crc32, entropyOf, githubToken } from './checks.js';
import { readToken } from './read-token.js';
import { RULE_SOURCES } from './rule-sources.js';
import { TOKEN_RULES } from './token-rules.js';

function read(id: string, text: string) {
  const rule = TOKEN_RULES.find((candidate) => candidate.id === id);
  const anchor = rule?.anchors.find((candidate) => text.startsWith(candidate));
  if (rule === undefined || anchor === undefined) throw new Error('no such rule');
  return readToken(rule, anchor, text);
}

test('the checksum is that of zip and gzip', () => {
  expect(crc32('123456789')).toBe(0xcbf43926);
  expect(entropyOf('aaaa')).toBe(0);
});

describe('a token', () => {
  test('of GitHub is told from a look-alike by its checksum', () => {
    const token = githubToken(randomBytes(32));
    expect(read('github-token', `${token}"`)).toEqual({ text: token, level: 3 });
    expect(read('github-token', `${token.slice(0, -1)}${token.endsWith('a') ? 'b' : 'a'}`)).toBeNull();
  });

  test('of AWS that stands in manuals is none', () => {
    expect(read('aws-access-key-id', 'AKIAIOSFODNN7EXAMPLE')).toBeNull();
    expect(read('aws-access-key-id', 'AKIA3KQ7WXYZ5LMN2PTV')?.level).toBe(1);
  });

  test('with a JSON header and a signature is a JWT', () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ sub: 'someone' })}.${randomBytes(64).toString('base64url')}`;
    expect(read('json-web-token', token)).toEqual({ text: token, level: 2 });
  });

  test('that goes on in word characters is another thing', () => {
    expect(read('github-token', `${githubToken(randomBytes(32))}x`)).toBeNull();
  });
});

test('every rule has a literal of three characters, bounded repetition and a known source', () => {
  expect(TOKEN_RULES.length).toBeGreaterThanOrEqual(130);
  for (const { anchors, tail, source } of TOKEN_RULES) {
    for (const anchor of anchors) expect(anchor.length).toBeGreaterThanOrEqual(3);
    expect(tail.replace(/\\.|\[[^\]]*\]/g, 'x')).not.toMatch(/[*+]|\{\d+,\}/);
    expect(() => new RegExp(tail)).not.toThrow();
    expect(RULE_SOURCES).toHaveProperty(source);
  }
  expect(new Set(TOKEN_RULES.map(({ id }) => id)).size).toBe(TOKEN_RULES.length);
});
