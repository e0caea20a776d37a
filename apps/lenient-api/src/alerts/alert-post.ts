import { Alert, mailMessage, slackMessage, webhookMessage, webhookSecret } from '@crashkeep/alerts';
import type { WaitingAlert } from '@crashkeep/lenient-store';
import { AlertPostError } from './alert-post-error.js';
import type { MailDoor } from './mail-door.js';
import type { TargetSeal } from './target-seal.js';
import { postJson } from './post-json.js';

/** What is needed to tell an alert, beside its rule. */
export interface AlertPostSettings {
  /** The console's own key of alerts: seals addresses, makes webhook secrets. */
  readonly key: string;
  readonly seal: TargetSeal;
  readonly mail: MailDoor | null;
  /** True where hooks may lie inside the own network. */
  readonly privateHosts: boolean;
  /** The console's public address. */
  readonly origin: string;
}

type Told = Pick<WaitingAlert, 'ruleId' | 'channel' | 'target'> & Parameters<typeof messageOf>[0];

/** Tells one alert over its rule's channel. Throws AlertPostError. */
export class AlertPost {
  readonly #settings: AlertPostSettings;

  constructor(settings: AlertPostSettings) {
    this.#settings = settings;
  }

  get mailIsOn(): boolean {
    return this.#settings.mail !== null;
  }

  /** What a receiver checks signatures with; told once, when the rule is made. */
  secretOf(ruleId: string): string {
    return webhookSecret(this.#settings.key, ruleId);
  }

  async send(told: Told): Promise<void> {
    const { seal, origin, privateHosts: allowPrivate, mail } = this.#settings;
    const [alert, target] = [messageOf(told), seal.open(told.target)];
    const link = `${origin}/groups/${alert.group}?project=${alert.project}`;
    if (told.channel === 'email') {
      await requireMail(mail).send({ to: target, id: alert.id, ...mailMessage(alert, link) });
    } else if (told.channel === 'slack') {
      const body = JSON.stringify(slackMessage(alert, link));
      await postJson(target, { body, headers: { 'content-type': 'application/json' } }, { allowPrivate });
    } else {
      const message = webhookMessage(alert, link, this.secretOf(told.ruleId), new Date());
      await postJson(target, message, { allowPrivate });
    }
  }
}

function messageOf(
  facts: Pick<
    WaitingAlert,
    'id' | 'kind' | 'project' | 'groupId' | 'signature' | 'count' | 'baseline' | 'fixedIn' | 'raisedAt'
  >,
): Alert {
  return Alert.parse({
    id: facts.id,
    kind: facts.kind,
    project: facts.project,
    group: facts.groupId,
    signature: facts.signature,
    count: facts.count,
    baseline: facts.baseline,
    fixed_in: facts.fixedIn,
    raised_at: Math.floor(facts.raisedAt.getTime() / 1000),
  });
}

function requireMail(mail: MailDoor | null): MailDoor {
  if (mail === null) throw new AlertPostError('alerts.mail-off');
  return mail;
}
