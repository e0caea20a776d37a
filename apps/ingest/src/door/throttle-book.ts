import type { IncomingMessage } from 'node:http';
import type { ProjectId } from '@crashkeep/ids';
import { type ThrottleRule, findThrottleRules, throttleOf } from '@crashkeep/lenient-store';
import type { StrictStore } from '@crashkeep/strict-store';
import { queryOf } from './credentials.js';

const BELIEVED_MS = 10_000;

/** What a project's rules say of an upload, by its query string alone: its body is not read for it. */
export class ThrottleBook {
  readonly #store: StrictStore;
  readonly #believed = new Map<ProjectId, { readonly rules: readonly ThrottleRule[]; readonly until: number }>();

  constructor(store: StrictStore) {
    this.#store = store;
  }

  async decide(project: ProjectId, request: IncomingMessage): Promise<ThrottleRule['action']> {
    const rules = await this.#rules(project);
    if (rules.length === 0) return 'accept';
    const query = queryOf(request);
    const declared = (...names: string[]): string | null => names.map((it) => query.get(it)).find(Boolean) ?? null;
    const upload = {
      product: declared('product', 'prod'),
      version: declared('version', 'ver'),
      channel: declared('channel'),
    };
    return throttleOf(rules, upload, Math.random);
  }

  async #rules(project: ProjectId): Promise<readonly ThrottleRule[]> {
    const known = this.#believed.get(project);
    if (known && Date.now() < known.until) return known.rules;
    // While the database is away the rules are as they were.
    const found = await findThrottleRules(this.#store.rows, project).catch((error: unknown) => {
      if (known) return null;
      throw error;
    });
    if (found === null) return known?.rules ?? [];
    this.#believed.set(project, { rules: found, until: Date.now() + BELIEVED_MS });
    return found;
  }
}
