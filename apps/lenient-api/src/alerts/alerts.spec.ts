import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Testbed, type Visitor, openTestbed } from '../lenient-api.testbed.js';
import { openMailDoor } from './mail-door.js';

interface Got {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const got: Got[] = [];
const mails: string[] = [];
let answer = 204;
let hook: Server;
let smtp: SMTPServer;
let house: Testbed;
let engineer: Visitor;
let viewer: Visitor;
let hookUrl = '';

beforeAll(async () => {
  hook = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      got.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(answer, { location: '/elsewhere' }).end('what a receiver says is nobody’s business');
    });
  });
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  hookUrl = `http://127.0.0.1:${String((hook.address() as AddressInfo).port)}`;
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push(Buffer.concat(chunks).toString());
        done();
      });
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const port = (smtp.server.address() as AddressInfo).port;
  const mail = openMailDoor(`smtp://127.0.0.1:${String(port)}`, 'crashkeep@example.org');
  house = await openTestbed(null, { mail, privateHosts: true });
  [engineer, viewer] = [await house.visitor('engineer'), await house.visitor('viewer')];
});

afterAll(async () => {
  await house.close();
  await new Promise((resolve) => hook.close(resolve));
  await new Promise<void>((resolve) => {
    smtp.close(resolve);
  });
});

const ruleBody = (facts: object): object => ({
  project: 'relay',
  name: 'Team',
  channel: 'webhook',
  target: `${hookUrl}/hook/with-a-password`,
  on_new: true,
  on_regression: true,
  on_spike: true,
  spike_least: 5,
  spike_times: 3,
  ...facts,
});

async function makeRule(facts: object): Promise<{ readonly id: string; readonly secret: string | null }> {
  const made = await house.act(engineer, 'POST', '/api/v1/alert-rules', ruleBody(facts));
  expect(made.status).toBe(201);
  return (await made.json()) as { id: string; secret: string | null };
}

afterEach(async () => {
  await house.sql('DELETE FROM lenient.alert; DELETE FROM lenient.alert_rule');
  // Reports know whole seconds: what a test made is not new to the rules of the next.
  await house.sql("UPDATE lenient.crash_group SET first_seen = first_seen - interval '1 hour'");
});
const round = async (): Promise<void> => {
  got.length = 0;
  mails.length = 0;
  await house.console.alerts.desk.round();
};

describe('a new signature', () => {
  test('is told once by a webhook, signed so that a receiver can check it, and says why', async () => {
    const { id, secret } = await makeRule({});
    await house.report('relay::fresh');
    await round();
    expect(got).toHaveLength(1);
    const [{ body, headers } = { body: '', headers: {} }] = got;
    const said = new Webhook(secret ?? '').verify(body, headers as Record<string, string>) as { data: object };
    expect(said).toMatchObject({ type: 'crash.new-signature', data: { signature: 'relay::fresh', project: 'relay' } });
    expect(said.data).toMatchObject({ why: 'This signature was never seen in the project before.' });
    await round();
    await house.report('relay::fresh');
    await round();
    expect(got).toEqual([]);
    const [rule] = await house.sql('SELECT last_sent_at, failing FROM lenient.alert_rule WHERE id = $1', [id]);
    expect(rule).toMatchObject({ failing: null });
    expect(rule?.['last_sent_at']).not.toBeNull();
  });

  test('that was there before the rule was made is not new, nor is one of another project', async () => {
    await house.report('relay::old');
    await house.sql("UPDATE lenient.crash_group SET first_seen = now() - interval '1 hour'");
    await makeRule({});
    await house.report('other::new', 'other');
    await round();
    expect(got).toEqual([]);
  });

  test('goes to a Slack hook in Slack’s form, and by mail to a real SMTP server', async () => {
    await makeRule({ channel: 'slack', target: `${hookUrl}/services/T0/B0/secret` });
    await makeRule({ channel: 'email', target: 'team@example.org' });
    await house.report('relay::<b>loud</b> & clear');
    await round();
    expect(got.map(({ path }) => path)).toEqual(['/services/T0/B0/secret']);
    const slack = JSON.parse(got[0]?.body ?? '{}') as { text: string };
    expect(slack.text).toBe('New crash in relay: relay::&lt;b&gt;loud&lt;/b&gt; &amp; clear');
    expect(mails).toHaveLength(1);
    expect(mails[0]).toContain('Subject: [relay] New crash: relay::<b>loud</b> & clear');
    expect(mails[0]).toContain('To: team@example.org');
  });
});

test('a fixed signature that comes back is told with the version that had the fix', async () => {
  await house.report('relay::again');
  await makeRule({ on_new: false });
  await house.sql(
    "UPDATE lenient.crash_group SET status = 'fixed', fixed_in = '4.0', status_at = now() WHERE signature = 'relay::again'",
  );
  await house.report('relay::again');
  await round();
  expect(got.map(({ body }) => JSON.parse(body) as object)).toMatchObject([
    { type: 'crash.regression', data: { signature: 'relay::again', fixed_in: '4.0' } },
  ]);
  await round();
  expect(got).toEqual([]);
});

test('a rise over the week before is told once a day, with both figures', async () => {
  await house.report('relay::steady');
  await house.sql(
    "UPDATE lenient.crash_group SET first_seen = now() - interval '20 days' WHERE signature = 'relay::steady'",
  );
  await house.sql(`INSERT INTO lenient.group_day (project, day, group_id, count)
    SELECT project, (now() AT TIME ZONE 'UTC')::date - n, id, 2 FROM lenient.crash_group, generate_series(1, 7) n
    WHERE signature = 'relay::steady'`);
  await makeRule({ on_new: false });
  for (let i = 0; i < 4; i++) await house.report('relay::steady');
  await round();
  expect(got, 'five today against a mean of two: not three times as many').toEqual([]);
  await house.report('relay::steady');
  await round();
  expect(got.map(({ body }) => JSON.parse(body) as object)).toMatchObject([
    { type: 'crash.spike', data: { count: 6, baseline: 2 } },
  ]);
  await house.report('relay::steady');
  await round();
  expect(got).toEqual([]);
});

describe('what goes wrong outside', () => {
  test('a refusal is tried again by schedule, then given up; the rule says so; the answer is quoted nowhere', async () => {
    const { id } = await makeRule({ on_spike: false, on_regression: false });
    await house.report('relay::refused');
    answer = 500;
    for (let tries = 0; tries < 8; tries++) {
      await house.sql('UPDATE lenient.alert SET next_try_at = now()');
      await round();
      expect(got).toHaveLength(1);
    }
    await house.sql('UPDATE lenient.alert SET next_try_at = now()');
    await round();
    expect(got).toEqual([]);
    answer = 204;
    const [alert] = await house.sql('SELECT state, tries FROM lenient.alert WHERE rule_id = $1', [id]);
    expect(alert).toEqual({ state: 'failed', tries: 8 });
    const listed = await house.ask('/api/v1/alert-rules?project=relay', { headers: engineer.headers });
    expect(await listed.json()).toMatchObject({ rules: [{ failing: 'alerts.refused' }], mail: true });
    expect(house.logged.join('\n')).not.toContain('nobody’s business');
    expect(house.logged.join('\n')).not.toContain('with-a-password');
  });

  test('a redirect is a refusal: it is not followed', async () => {
    const { id } = await makeRule({});
    answer = 302;
    got.length = 0;
    const tried = await house.act(engineer, 'POST', `/api/v1/alert-rules/${id}/try`);
    answer = 204;
    expect(tried.status).toBe(502);
    expect(got).toHaveLength(1);
  });

  test('an address inside the own network is refused where that is not allowed, by name too', async () => {
    const closed = await openTestbed();
    const person = await closed.visitor('engineer');
    for (const target of [`${hookUrl}/x`, hookUrl.replace('127.0.0.1', 'localhost'), 'http://169.254.169.254/latest']) {
      const made = await closed.act(person, 'POST', '/api/v1/alert-rules', ruleBody({ target }));
      const { id } = (await made.json()) as { id: string };
      got.length = 0;
      const tried = await closed.act(person, 'POST', `/api/v1/alert-rules/${id}/try`);
      expect(await tried.json()).toMatchObject({ code: 'alerts.address-refused' });
      expect(got).toEqual([]);
    }
    const mail = await closed.act(
      person,
      'POST',
      '/api/v1/alert-rules',
      ruleBody({ channel: 'email', target: 'a@b.org' }),
    );
    expect(await mail.json()).toMatchObject({ code: 'alerts.mail-off' });
    await closed.close();
  });
});

describe('rules', () => {
  test('are made by engineers, not by viewers; an address is stored sealed and shown in part', async () => {
    const refused = await house.act(viewer, 'POST', '/api/v1/alert-rules', ruleBody({}));
    expect(refused.status).toBe(403);
    await makeRule({});
    const stored = JSON.stringify(
      await house.sql("SELECT encode(target, 'escape') t, target_shown FROM lenient.alert_rule"),
    );
    expect(stored).not.toContain('with-a-password');
    const listed = await house.ask('/api/v1/alert-rules?project=relay', { headers: viewer.headers });
    expect(await listed.text()).not.toContain('with-a-password');
  });

  test('that are paused tell nothing, and each act is a leaf', async () => {
    const { id } = await makeRule({});
    expect((await house.act(engineer, 'PATCH', `/api/v1/alert-rules/${id}`, { state: 'paused' })).status).toBe(204);
    await house.report('relay::unheard');
    await round();
    expect(got).toEqual([]);
    expect((await house.act(viewer, 'DELETE', `/api/v1/alert-rules/${id}`)).status).toBe(403);
    expect((await house.act(engineer, 'DELETE', `/api/v1/alert-rules/${id}`)).status).toBe(204);
    const leaves = await house.sql('SELECT body::text AS body FROM ledger.leaf WHERE body::text LIKE $1', [`%${id}%`]);
    const acts = leaves.map(({ body }) => (JSON.parse(String(body)) as { act: string }).act);
    expect(acts.sort()).toEqual(['alert-rule.made', 'alert-rule.paused', 'alert-rule.removed']);
  });

  test.each([
    { target: 'ftp://example.org/' },
    { target: 'javascript:alert(1)' },
    { channel: 'email', target: 'a@b.org\r\nBcc: c@d.org' },
    { spike_times: 0 },
    { name: '' },
  ])('of a wrong form are refused: %j', async (facts) => {
    const made = await house.act(engineer, 'POST', '/api/v1/alert-rules', ruleBody(facts));
    expect(made.status).toBe(400);
  });

  test('of an hour that told too much are muted', async () => {
    const { id } = await makeRule({});
    await house.sql(
      `INSERT INTO lenient.alert (id, rule_id, project, group_id, kind, occasion, count, state, sent_at)
       SELECT gen_random_uuid(), $1, 'relay', gen_random_uuid(), 'spike', n::text, 1, 'sent', now() FROM generate_series(1, 60) n`,
      [id],
    );
    await house.report('relay::one-too-many');
    await round();
    expect(got).toEqual([]);
    const [alert] = await house.sql("SELECT state FROM lenient.alert WHERE kind = 'new-signature' AND rule_id = $1", [
      id,
    ]);
    expect(alert).toEqual({ state: 'muted' });
  });
});
