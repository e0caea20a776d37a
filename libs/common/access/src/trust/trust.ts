import type { PersonId, ProjectId } from '@crashkeep/ids';
import { type AccessPolicy, DEFAULT_POLICY } from '../policy/access-policy.js';
import {
  type SignedPage,
  type SignedRole,
  type Statement,
  type StatementOf,
  parseSignedPage,
  parseStatement,
  signedPageChallenge,
  statementText,
} from './statement.js';

/** A passkey: the credential's id and its COSE key, both base64url, and whose it is. */
export interface TrustedKey {
  readonly credential: string;
  readonly publicKey: string;
  readonly person: PersonId;
}

/** A row of signatures, as somebody wrote it: nothing of it is believed. */
export interface SignatureRow {
  readonly signer: string;
  readonly credential: string;
  /** The canonical text of a `SignedPage`. */
  readonly text: string;
  /** WebAuthn AuthenticationResponseJSON. */
  readonly assertion: unknown;
}

export interface TrustRows {
  /** Canonical texts of the statements that nobody ended. */
  readonly statements: readonly string[];
  readonly signatures: readonly SignatureRow[];
}

/** Whether a passkey signed a challenge with user verification, at the reading room's page. */
export type VerifyAssertion = (
  challenge: Uint8Array,
  key: Pick<TrustedKey, 'credential' | 'publicKey'>,
  assertion: unknown,
) => Promise<boolean>;

export interface TrustGround {
  /** Pinned outside of the database. Null: nothing is trusted. */
  readonly root: TrustedKey | null;
  /** The reading room's. */
  readonly origin: string;
  readonly verify: VerifyAssertion;
}

interface Signer {
  readonly person: PersonId;
  /** The statement by which the signing passkey counts; null: the pinned root passkey itself, not another one of its holder. */
  readonly by: string | null;
}

type Scope = ProjectId | '*';

/**
 * What the signatures amount to. A statement counts
 * - by the root passkey's signature alone;
 * - a passkey: where another person who is `security` signed it, in the projects where they are;
 * - a role: where two others signed it who are `admin` or `security` there, one of them `admin`;
 * - a policy: where two signed it who are `security` or `admin` there, one of them `security`;
 * - a hardened device: where another person who is `security` there signed it;
 * - the keeper's own key: by root alone.
 * Whoever signs must be somebody by statements that count: a chain that does not end at the root is worth nothing.
 */
export class Trust {
  readonly root: TrustedKey | null;
  readonly #live = new Map<string, Statement>();
  readonly #signers = new Map<string, Signer[]>();

  private constructor(root: TrustedKey | null) {
    this.root = root;
  }

  /** Reads signatures until none is left that a trusted passkey made. Every order gives the same. */
  static async of(rows: TrustRows, ground: TrustGround): Promise<Trust> {
    const trust = new Trust(ground.root);
    const texts = new Map<string, string>();
    for (const text of rows.statements) {
      const statement = parseStatement(text);
      if (statement === null || texts.has(statement.id)) continue;
      texts.set(statement.id, text);
      trust.#live.set(statement.id, statement);
    }
    let waiting = rows.signatures.flatMap((row) => pageOf(row, ground.origin));
    for (let count = -1; count !== waiting.length;) {
      count = waiting.length;
      waiting = await trust.#take(waiting, ground.verify);
    }
    return trust;
  }

  /** Statements that nobody ended, signed or not. */
  get statements(): readonly Statement[] {
    return [...this.#live.values()];
  }

  /** Persons whose signature on a statement is genuine; whether that is enough `counts` says. */
  signersOf(id: string): readonly PersonId[] {
    return [...new Set((this.#signers.get(id) ?? []).map(({ person }) => person))];
  }

  /** Whether a statement is signed by enough who may. A credential or device counts somewhere, not everywhere. */
  counts(id: string): boolean {
    const statement = this.#live.get(id);
    if (statement === undefined) return false;
    const facts = this.#facts();
    if (statement.kind !== 'credential' && statement.kind !== 'device') return this.#holds(facts, statement);
    return this.#scopes().some((scope) => this.#vouched(facts, statement, scope));
  }

  holds(person: PersonId, role: SignedRole, project: Scope): boolean {
    return holdsRole(this.#facts(), person, role, project);
  }

  /** Every role that counts, of everybody. */
  roles(): readonly StatementOf<'role'>[] {
    const { roles } = this.#facts();
    return this.#of('role').filter(({ person, role, project }) => roles.has(roleKey(person, role, project)));
  }

  /** The key by which this person may decide in this project with this credential; null where they may not. */
  approvalKey(person: PersonId, credential: string, project: ProjectId): TrustedKey | null {
    const { root } = this;
    if (root?.credential === credential) return root.person === person ? root : null;
    const facts = this.#facts();
    if (!holdsRole(facts, person, 'security', project)) return null;
    return this.#keyIn(facts, person, credential, project);
  }

  /** The same for who signs for themselves (automatic approval, break-glass): no role, but a passkey that security vouched for. */
  ownKey(person: PersonId, credential: string, project: ProjectId): TrustedKey | null {
    const { root } = this;
    if (root?.credential === credential) return root.person === person ? root : null;
    return this.#keyIn(this.#facts(), person, credential, project);
  }

  isHardened(person: PersonId, device: string, project: ProjectId): boolean {
    const facts = this.#facts();
    return this.#of('device').some(
      (it) => it.person === person && it.device === device && this.#vouched(facts, it, project),
    );
  }

  /** The policy of a project now: the highest number that counts, or the house's own. */
  policyOf(project: ProjectId): AccessPolicy {
    const [first] = this.#policies(project);
    return first === undefined ? DEFAULT_POLICY : policyFrom(first);
  }

  /** A policy that counts, by the name that approvals give it; also one that a later one has replaced. */
  policyNamed(name: string, project: ProjectId): AccessPolicy | null {
    if (name === DEFAULT_POLICY.name) return DEFAULT_POLICY;
    const found = this.#policies(project).find(({ id }) => id === name);
    return found === undefined ? null : policyFrom(found);
  }

  isKeeperKey(publicKey: string): boolean {
    const facts = this.#facts();
    return this.#of('keeper-key').some((it) => it.publicKey === publicKey && this.#holds(facts, it));
  }

  async #take(waiting: readonly Waiting[], verify: VerifyAssertion): Promise<Waiting[]> {
    const facts = this.#facts();
    const left: Waiting[] = [];
    for (const it of waiting) {
      const keys = this.#signingKeys(facts, it);
      if (keys.length === 0) left.push(it);
      for (const { key, by } of keys) {
        if (!(await verify(await signedPageChallenge(it.row.text), key, it.row.assertion))) continue;
        this.#keep(it.page, { person: it.page.signer, by });
        break;
      }
    }
    return left;
  }

  /** A page speaks of what it was shown: a statement under that id with other words is not signed by it. */
  #keep(page: SignedPage, signer: Signer): void {
    for (const statement of page.statements) {
      const live = this.#live.get(statement.id);
      if (live === undefined || statementText(live) !== statementText(statement)) continue;
      this.#signers.set(statement.id, [...(this.#signers.get(statement.id) ?? []), signer]);
    }
    this.#known = null;
  }

  /** Passkeys that the signature may be by: the row says which credential, only statements that count say whose and which key. */
  #signingKeys(facts: Facts, { page, row }: Waiting): { key: TrustedKey; by: string | null }[] {
    const { root } = this;
    if (root?.credential === row.credential) return root.person === page.signer ? [{ key: root, by: null }] : [];
    const scopes = this.#scopes();
    return this.#of('credential')
      .filter(({ credential, person }) => credential === row.credential && person === page.signer)
      .filter(({ id }) => scopes.some((scope) => facts.keys.has(keyKey(id, scope))))
      .map((key) => ({ key, by: key.id }));
  }

  #known: Facts | null = null;

  /** Roles and keys that count, from the root outwards. Facts only ever add up, so the order does not matter. */
  #facts(): Facts {
    if (this.#known !== null) return this.#known;
    const facts: Facts = { roles: new Set(), keys: new Set() };
    const scopes = this.#scopes();
    for (let size = -1; size !== facts.roles.size + facts.keys.size;) {
      size = facts.roles.size + facts.keys.size;
      for (const it of this.#of('role')) {
        if (this.#holds(facts, it)) facts.roles.add(roleKey(it.person, it.role, it.project));
      }
      for (const it of this.#of('credential')) {
        for (const scope of scopes) if (this.#vouched(facts, it, scope)) facts.keys.add(keyKey(it.id, scope));
      }
    }
    this.#known = facts;
    return facts;
  }

  /** Another person who is security there, or root, says so. */
  #vouched(facts: Facts, { id, person }: StatementOf<'credential' | 'device'>, scope: Scope): boolean {
    const signers = this.#signers.get(id) ?? [];
    return signers.some((it) => it.by === null || (it.person !== person && this.#acts(facts, it, 'security', scope)));
  }

  #holds(facts: Facts, statement: Statement): boolean {
    const signers = this.#signers.get(statement.id) ?? [];
    if (signers.some(({ by }) => by === null)) return true;
    if (statement.kind !== 'role' && statement.kind !== 'policy') return false;
    const needed: SignedRole = statement.kind === 'role' ? 'admin' : 'security';
    const subject = statement.kind === 'role' ? statement.person : null;
    const fit = signers.filter(
      (it) =>
        it.person !== subject &&
        (this.#acts(facts, it, 'admin', statement.project) || this.#acts(facts, it, 'security', statement.project)),
    );
    const two = new Set(fit.map(({ person }) => person)).size >= 2;
    return two && fit.some((it) => this.#acts(facts, it, needed, statement.project));
  }

  /** Whether a signature is that of somebody with this role there, by a passkey that was vouched for there. */
  #acts(facts: Facts, { person, by }: Signer, role: SignedRole, scope: Scope): boolean {
    if (by === null) return true;
    const isVouched = facts.keys.has(keyKey(by, scope)) || facts.keys.has(keyKey(by, '*'));
    return isVouched && holdsRole(facts, person, role, scope);
  }

  #keyIn(facts: Facts, person: PersonId, credential: string, project: ProjectId): TrustedKey | null {
    const found = this.#of('credential').find(
      (it) =>
        it.person === person &&
        it.credential === credential &&
        [project, '*' as const].some((scope) => facts.keys.has(keyKey(it.id, scope))),
    );
    return found ?? null;
  }

  #policies(project: ProjectId): StatementOf<'policy'>[] {
    const facts = this.#facts();
    return this.#of('policy')
      .filter((it) => it.project === project && this.#holds(facts, it))
      .sort((a, b) => b.number - a.number || (a.id < b.id ? -1 : 1));
  }

  #of<K extends Statement['kind']>(kind: K): StatementOf<K>[] {
    return [...this.#live.values()].filter((it): it is StatementOf<K> => it.kind === kind);
  }

  /** Everywhere that roles are held: where a signature may be worth something. */
  #scopes(): Scope[] {
    return [...new Set<Scope>(['*', ...this.#of('role').map(({ project }) => project)])];
  }
}

interface Facts {
  readonly roles: Set<string>;
  readonly keys: Set<string>;
}

interface Waiting {
  readonly row: SignatureRow;
  readonly page: SignedPage;
}

const roleKey = (person: PersonId, role: SignedRole, scope: Scope): string => `${person} ${role} ${scope}`;

/** By the statement, not by the credential's name: a row beside it may give another key the same name. */
const keyKey = (statement: string, scope: Scope): string => `${statement} ${scope}`;

/** A role in every project is one in each. */
const holdsRole = ({ roles }: Facts, person: PersonId, role: SignedRole, scope: Scope): boolean =>
  roles.has(roleKey(person, role, '*')) || roles.has(roleKey(person, role, scope));

function pageOf(row: SignatureRow, origin: string): Waiting[] {
  const page = parseSignedPage(row.text);
  return page?.signer === row.signer && page.origin === origin ? [{ row, page }] : [];
}

const policyFrom = ({ id, rules }: StatementOf<'policy'>): AccessPolicy => ({ name: id, ...rules });
