import canonicalize from 'canonicalize';
import { PersonIdText, ProjectIdText } from '@crashkeep/ids';
import { z } from 'zod';
import { PolicyRules } from '../policy/policy-rules.js';

const DOMAIN = 'crashkeep/statement/v1';

const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/);
const ProjectOrAll = z.union([ProjectIdText, z.literal('*')]);
/** Rises nowhere and means nothing: it tells two statements of the same words apart, so that one that ended stays ended. */
const id = z.uuid();

/** Roles that rest on signatures. The console's rows give the others, which ask and never allow. */
export const SIGNED_ROLES = ['security', 'auditor', 'admin'] as const;
export type SignedRole = (typeof SIGNED_ROLES)[number];

/** What a right on raw memory rests on (DESIGN.md 7): each is worth what its signatures are worth, whoever wrote the row. */
export const Statement = z.discriminatedUnion('kind', [
  /** This passkey is this person's, for decisions. `publicKey`: COSE. */
  z.strictObject({
    kind: z.literal('credential'),
    id,
    person: PersonIdText,
    credential: base64url.max(1400),
    publicKey: base64url.max(1400),
  }),
  z.strictObject({
    kind: z.literal('role'),
    id,
    person: PersonIdText,
    project: ProjectOrAll,
    role: z.enum(SIGNED_ROLES),
  }),
  /** How a project decides on raw memory. Of several the highest number counts. */
  z.strictObject({
    kind: z.literal('policy'),
    id,
    project: ProjectIdText,
    number: z.int().min(1).max(1_000_000),
    rules: PolicyRules,
  }),
  /** This device of this person is hardened. `device`: RFC 7638 thumbprint. */
  z.strictObject({ kind: z.literal('device'), id, person: PersonIdText, device: base64url.length(43) }),
  /** The key by which the keeper signs recipients; `publicKey`: SPKI. */
  z.strictObject({ kind: z.literal('keeper-key'), id, publicKey: base64url.max(256) }),
]);
export type Statement = z.infer<typeof Statement>;
export type StatementKind = Statement['kind'];
export type StatementOf<K extends StatementKind> = Extract<Statement, { kind: K }>;

/** The one text of a statement (RFC 8785). */
export const statementText = (statement: Statement): string => canonical(Statement.parse(statement));

/** Null where a text is not, letter for letter, the canonical one of a statement. */
export function parseStatement(text: string): Statement | null {
  const parsed = Statement.safeParse(parsedJson(text));
  return parsed.success && canonical(parsed.data) === text ? parsed.data : null;
}

/** How many statements one touch of a passkey may sign: as many as a person may be asked to read. */
export const SIGNED_AT_ONCE_MAX = 32;

/** What a passkey signs: a page of statements, for one signer, at the reading room's origin. */
export const SignedPage = z.strictObject({
  origin: z.url().max(256),
  nonce: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  signer: PersonIdText,
  statements: z.array(Statement).min(1).max(SIGNED_AT_ONCE_MAX),
});
export type SignedPage = z.infer<typeof SignedPage>;

export const signedPageText = (page: SignedPage): string => canonical(SignedPage.parse(page));

export function parseSignedPage(text: string): SignedPage | null {
  const parsed = SignedPage.safeParse(parsedJson(text));
  return parsed.success && canonical(parsed.data) === text ? parsed.data : null;
}

/** The WebAuthn challenge: SHA-256("crashkeep/statement/v1" || text). A domain of its own: signed here, it approves nothing. */
export async function signedPageChallenge(text: string): Promise<Uint8Array> {
  const signed = new TextEncoder().encode(`${DOMAIN}${text}`);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', signed));
}

function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('access: a statement has a canonical form');
  return text;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
