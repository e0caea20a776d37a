import {
  AccessError,
  type Actor,
  type Permit,
  type Scope,
  decide,
  reasonText,
  requestedTerms,
  ticketText,
} from '@crashkeep/access';
import { IdentityError, findProject } from '@crashkeep/identity';
import { type GrantId, type ProjectId, newGrantId } from '@crashkeep/ids';
import { type LeafOf, appendLeaf } from '@crashkeep/ledger';
import { type GrantRequest, type GrantRow, editGrant, insertGrant } from '@crashkeep/strict-store';
import { findRegionMap } from '../dumps/region-map.js';
import { type VisibleDump, findVisibleDump } from '../dumps/visible-dump.js';
import { roomProblem } from '../http/room-error.js';
import type { Room } from '../room.js';

/** Requests of one person that may wait for a decision at once. */
const WAITING_MAX = 50;

export interface Ask {
  readonly scope: Scope;
  readonly reason: string;
  readonly ticket: string;
  readonly minutes: number;
  readonly bytes?: number | undefined;
}

/** Asks for bytes of a dump. What the scope means in the file is settled now. */
export async function requestGrant(room: Room, actor: Actor, ask: Ask & { readonly dump: string }): Promise<GrantId> {
  const dump = await findVisibleDump(room, actor, ask.dump);
  const permit = decide(actor, 'grant.request', dump);
  await requirePatience(room, actor);
  const request = await checkedRequest(room, dump, ask);
  const id = newGrantId();
  await room.strict.transaction(async (rows) => {
    await insertGrant(rows, permit, { id, dump: dump.id, project: dump.project, ...request });
    await appendLeaf(rows, 'strict-api', leafOf('grant.requested', { id, version: 1, dump, permit, request }));
  });
  return id;
}

/** Asks anew: approvals of the version before are void. */
export async function editRequest(
  room: Room,
  actor: Actor,
  grant: GrantRow,
  ask: Ask & { readonly version: number },
): Promise<void> {
  const permit = decide(actor, 'grant.edit', grant);
  const dump = await findVisibleDump(room, actor, grant.dump);
  const request = await checkedRequest(room, dump, ask);
  await room.strict.transaction(async (rows) => {
    const version = await editGrant(rows, permit, { id: grant.id, version: ask.version, ...request });
    await appendLeaf(rows, 'strict-api', leafOf('grant.edited', { id: grant.id, version, dump, permit, request }));
  });
}

async function checkedRequest(room: Room, dump: VisibleDump, ask: Ask): Promise<GrantRequest> {
  const reason = reasonText(ask.reason);
  const ticket = ticketText(ask.ticket, await ticketPatternOf(room, dump.project));
  if (dump.shreddedAt !== null) throw new AccessError('access.dump-gone');
  const map = await findRegionMap(room.strict.rows, dump);
  if (map === null) throw roomProblem('room.dump-not-walked');
  const policy = (await room.trust.now(room.strict.rows)).policyOf(dump.project);
  return { terms: requestedTerms(ask, map, policy), reason, ticket, policy };
}

async function ticketPatternOf({ identity }: Room, project: ProjectId): Promise<string> {
  const found = await findProject(identity.rows, project);
  if (found === null) throw new IdentityError('identity.project-unknown');
  return found.ticketPattern;
}

/** Ten thousand requests in a minute are one person's trouble, not everybody's. */
async function requirePatience({ strict }: Room, { person }: Actor): Promise<void> {
  const waiting = await strict.rows.access_grant.count({ where: { requester: person, state: 'requested' } });
  if (waiting >= WAITING_MAX) throw roomProblem('room.too-many-requests');
}

interface Told {
  readonly id: GrantId;
  readonly version: number;
  readonly dump: VisibleDump;
  readonly permit: Permit<'grant.request' | 'grant.edit'>;
  readonly request: GrantRequest;
}

function leafOf(act: 'grant.requested' | 'grant.edited', told: Told): LeafOf<'strict-api'> {
  const { id, version, dump, permit, request } = told;
  const { scope, minutes, bytes } = request.terms;
  return {
    ...{ act, grant: id, version, dump: dump.id, project: dump.project, requester: permit.person },
    ...{ scope, minutes, bytes, reason: request.reason, ticket: request.ticket, policy: request.policy.name },
  };
}
