import type { GrantView } from '../api/queries.js';

/** What stands in the address behind the `?`, read: what is not of its form is left out, never an error. */
type Raw = Readonly<Record<string, unknown>>;

const ID = /^[0-9a-f]{8}(?:[0-9a-f]{8}|-[0-9a-f-]{27})$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const ACT = /^[a-z]+\.[a-z-]{1,40}$/;

const fitting = (value: unknown, form: RegExp): string | undefined =>
  typeof value === 'string' && form.test(value) ? value : undefined;

export interface AskSearch {
  /** Id or alias of the dump; the console's links bring it, and the thread that crashed. */
  readonly dump?: string;
  readonly thread?: number;
}

export function readAsk(raw: Raw): AskSearch {
  const dump = fitting(raw['dump'], ID);
  const thread = Number(raw['thread'] ?? -1);
  return {
    ...(dump === undefined ? {} : { dump }),
    ...(Number.isInteger(thread) && thread >= 0 && thread <= 4096 ? { thread } : {}),
  };
}

const VIEWS: readonly GrantView[] = ['mine', 'to-decide', 'all'];

export function readView(raw: Raw): { readonly view?: GrantView } {
  const view = VIEWS.find((known) => known === raw['view']);
  return view === undefined ? {} : { view };
}

export interface AuditSearch {
  readonly grant?: string;
  readonly dump?: string;
  readonly act?: string;
  readonly person?: string;
  /** Days, UTC: from the first on, through the second. */
  readonly from?: string;
  readonly to?: string;
}

const AUDIT_FORMS: readonly (readonly [keyof AuditSearch, RegExp])[] = [
  ['grant', ID],
  ['dump', ID],
  ['act', ACT],
  ['person', ID],
  ['from', DAY],
  ['to', DAY],
];

export function readAudit(raw: Raw): AuditSearch {
  const read = AUDIT_FORMS.map(([name, form]) => [name, fitting(raw[name], form)] as const);
  return Object.fromEntries(read.filter(([, value]) => value !== undefined));
}
