import {
  AccessError,
  type Actor,
  type GrantPath,
  type Permit,
  type Scope,
  decide,
  reasonText,
  requestedTerms,
  requirePath,
  ticketText,
} from '@crashkeep/access';
import { IdentityError, findProject } from '@crashkeep/identity';
import { type GrantId, type ProjectId, newGrantId } from '@crashkeep/ids';
import { type LeafOf, appendLeaf } from '@crashkeep/ledger';
import {
  type GrantRequest,
  type GrantRow,
  editGrant,
  findDevice,
  hasOverdueReview,
  insertGrant,
} from '@crashkeep/strict-store';
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
  readonly device: string;
  readonly path: GrantPath;
}

/** Asks for bytes of a dump. What the scope means in the file is settled now. */
export async function requestGrant(room: Room, actor: Actor, ask: Ask & { readonly dump: string }): Promise<GrantId> {
  const dump = await findVisibleDump(room, actor, ask.dump);
  const permit = decide(actor, 'grant.request', dump);
  await requirePatience(room, actor);
  if (await hasOverdueReview(room.strict.rows, dump.project, { requester: actor.person })) {
    throw new AccessError('access.review-overdue');
  }
  const request = await checkedRequest(room, actor, dump, ask);
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
  const request = await checkedRequest(room, actor, dump, ask);
  await room.strict.transaction(async (rows) => {
    const version = await editGrant(rows, permit, { id: grant.id, version: ask.version, ...request });
    await appendLeaf(rows, 'strict-api', leafOf('grant.edited', { id: grant.id, version, dump, permit, request }));
  });
}

async function checkedRequest(room: Room, actor: Actor, dump: VisibleDump, ask: Ask): Promise<GrantRequest> {
  const reason = reasonText(ask.reason);
  const ticket = ticketText(ask.ticket, await ticketPatternOf(room, dump.project));
  if (dump.shreddedAt !== null) throw new AccessError('access.dump-gone');
  const map = await findRegionMap(room.strict.rows, dump);
  if (map === null) throw roomProblem('room.dump-not-walked');
  const trust = await room.trust.now(room.strict.rows);
  const policy = trust.policyOf(dump.project);
  const terms = requestedTerms(ask, map, policy);
  await requireDevice(room, actor, ask.device);
  const { path, device } = ask;
  const asked = {
    project: dump.project,
    requester: actor.person,
    scope: terms.scope.kind,
    device,
    policy: policy.name,
  };
  requirePath(trust, { ...asked, path, minutes: terms.minutes, bytes: terms.bytes });
  return { terms, reason, ticket, policy, path, device };
}

/** The requester's own, named and not revoked. */
async function requireDevice({ strict }: Room, { person }: Actor, thumbprint: string): Promise<void> {
  const device = await findDevice(strict.rows, thumbprint);
  if (device?.person !== person) throw new AccessError('access.device-unknown');
  if (device.revokedAt !== null) throw new AccessError('access.device-revoked');
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
    ...{ path: request.path, device: request.device },
  };
}
