import type { Leaks } from '@crashkeep/report';
import * as fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { Alert, alertSentence, mailMessage, slackMessage, webhookMessage, webhookSecret } from './index.js';

const LINK = 'https://crash.example/groups/6f6c6c1e-9d5f-4d0c-8a53-0f8a2c1d7b11';
const alert = (facts: Partial<Record<keyof Alert, unknown>> = {}): Alert =>
  Alert.parse({
    id: '2f6c6c1e-9d5f-4d0c-8a53-0f8a2c1d7b11',
    kind: 'new-signature',
    project: 'relay',
    group: '6f6c6c1e-9d5f-4d0c-8a53-0f8a2c1d7b11',
    signature: 'relay::Table::find_mut',
    count: 1,
    baseline: null,
    fixed_in: null,
    raised_at: 1_795_000_000,
    ...facts,
  });

test('an alert has no place for what may not be shown', () => {
  // Its two UUIDs are ours, made by the database.
  expectTypeOf<Leaks<Omit<Alert, 'id' | 'group'>>>().toEqualTypeOf<false>();
  expect(() => Alert.parse({ ...alert(), note: 'x' })).toThrow();
});

test('each says why it fired', () => {
  expect(alertSentence(alert())).toBe('This signature was never seen in the project before.');
  expect(alertSentence(alert({ kind: 'regression', fixed_in: '1.4' }))).toContain('fixed in 1.4');
  expect(alertSentence(alert({ kind: 'regression' }))).toContain('marked as fixed');
  expect(alertSentence(alert({ kind: 'spike', count: 240, baseline: 12.4 }))).toBe(
    '240 reports today. The seven days before had 12 a day.',
  );
});

describe('webhook', () => {
  const secret = webhookSecret('a key of the console', 'rule-1');

  test('is verified by the library that receivers use, and one byte more is not', () => {
    const { body, headers } = webhookMessage(alert(), LINK, secret, new Date());
    expect(new Webhook(secret).verify(body, { ...headers })).toMatchObject({
      type: 'crash.new-signature',
      data: { signature: 'relay::Table::find_mut', link: LINK },
    });
    expect(() => new Webhook(secret).verify(`${body} `, { ...headers })).toThrow();
    expect(() => new Webhook(webhookSecret('a key of the console', 'rule-2')).verify(body, { ...headers })).toThrow();
  });

  test('one that was recorded and is played again later is refused by its time', () => {
    const { body, headers } = webhookMessage(alert(), LINK, secret, new Date(Date.now() - 3_600_000));
    expect(() => new Webhook(secret).verify(body, { ...headers })).toThrow();
  });
});

const HOSTILE = ['<!channel> up', '<https://evil.example|click>', 'a & b < c', '@here', '*bold* `code`'];

test.each(HOSTILE)('in Slack %j is text and nothing else', (signature) => {
  const { text, blocks } = slackMessage(alert({ signature }), LINK);
  expect(text).not.toMatch(/[<>]/);
  expect(JSON.stringify(blocks)).not.toContain('mrkdwn');
});

test('a mail has one line of subject, whatever the name', () => {
  const screened = fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 400 });
  fc.assert(
    fc.property(screened, (signature) => {
      const wire = Alert.shape.signature.safeParse(signature);
      fc.pre(wire.success);
      const { subject } = mailMessage(alert({ signature }), LINK);
      expect(subject).not.toMatch(/[\r\n]/);
      expect(subject.length).toBeLessThanOrEqual(180);
    }),
  );
});
