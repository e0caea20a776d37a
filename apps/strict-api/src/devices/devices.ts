import { AccessError, type Actor, SIGNED_AT_ONCE_MAX, type Trust, mayDo, verifyProof } from '@crashkeep/access';
import { personBriefs } from '@crashkeep/identity';
import { appendLeaf } from '@crashkeep/ledger';
import {
  type DeviceRow,
  findDevice,
  insertDevice,
  keepChallenge,
  listDevices,
  renameDevice,
  revokeDevice,
} from '@crashkeep/strict-store';
import type { z } from 'zod';
import { appendRevocations } from '../grants/revocations.js';
import { roomProblem } from '../http/room-error.js';
import { newNonce, takeNonce } from '../passkeys/ceremonies.js';
import { decideAnywhere } from '../rights.js';
import type { Room } from '../room.js';
import { endAll, propose } from '../statements/propose.js';
import type { DeviceView } from '../wire/devices.js';

type View = z.input<typeof DeviceView>;

/** Devices of one person: as many as one may be asked to look through. */
const DEVICES_MAX = SIGNED_AT_ONCE_MAX;

export async function offerNaming(
  { strict }: Room,
  { person }: Actor,
): Promise<{ readonly nonce: string; readonly expires_at: string }> {
  const nonce = newNonce();
  const { expiresAt } = await keepChallenge(strict.rows, { nonce, purpose: 'device', person, about: null });
  return { nonce, expires_at: expiresAt.toISOString() };
}

/** Takes a device that proved its key just now. The key belongs to the first who proves it. */
export async function nameDevice(
  room: Room,
  actor: Actor,
  given: { readonly proof: string | null; readonly label: string; readonly kind: 'browser' | 'cli' },
): Promise<string> {
  if (given.proof === null) throw new AccessError('access.proof-missing');
  const proof = await verifyProof(given.proof);
  await takeNonce(room, proof.nonce, actor.person, ['device']);
  const isForThis = proof.htm === 'POST' && proof.htu === `${room.party.origin}/api/v1/devices`;
  if (!isForThis) throw roomProblem('room.device-unproved');
  const { device: thumbprint, jwk } = proof;
  const { person } = actor;
  const { label, kind } = given;
  if ((await listDevices(room.strict.rows, person)).length >= DEVICES_MAX) throw roomProblem('room.too-many-requests');
  await room.strict.transaction(async (rows) => {
    const isNew = await insertDevice(rows, { thumbprint, person, kind, label, jwk });
    if (!isNew) throw roomProblem('room.device-known');
    await appendLeaf(rows, 'strict-api', { act: 'device.named', device: thumbprint, person, kind, label, by: person });
  });
  return thumbprint;
}

export async function relabel(room: Room, actor: Actor, thumbprint: string, label: string): Promise<void> {
  const device = await deviceOf(room, thumbprint);
  if (device.person !== actor.person) throw new AccessError('access.device-unknown');
  await renameDevice(room.strict.rows, thumbprint, label);
}

/** By its owner, or by security: it may be lost. The open grants that it may read under end with it. */
export async function revoke(room: Room, actor: Actor, thumbprint: string): Promise<void> {
  const { person, kind } = await deviceOf(room, thumbprint);
  if (person !== actor.person) decideAnywhere(actor, 'device.manage');
  const by = actor.person;
  await room.strict.transaction(async (rows) => {
    const ended = await revokeDevice(rows, thumbprint, by);
    if (ended === null) throw new AccessError('access.device-unknown');
    await appendLeaf(rows, 'strict-api', { act: 'device.revoked', device: thumbprint, person, kind, by });
    await appendRevocations(rows, ended, by);
    const { statements } = await room.trust.within(rows);
    await endAll(
      rows,
      statements.filter((it) => it.kind === 'device' && it.device === thumbprint),
      by,
    );
  });
}

/** Puts up for signature that a device is hardened: it counts when security has signed. */
export async function proposeHardened(room: Room, actor: Actor, thumbprint: string): Promise<void> {
  const { person } = await deviceOf(room, thumbprint);
  decideAnywhere(actor, 'device.manage');
  if (person === actor.person) throw new AccessError('access.statement-own');
  await room.strict.transaction(async (rows) => {
    const { statements } = await room.trust.within(rows);
    if (statements.some((it) => it.kind === 'device' && it.device === thumbprint)) return;
    await propose(rows, { kind: 'device', person, device: thumbprint }, actor.person);
  });
}

export async function deviceViews(room: Room, actor: Actor, whose: 'mine' | 'all'): Promise<View[]> {
  if (whose === 'all') decideAnywhere(actor, 'device.see-all');
  const found = await listDevices(room.strict.rows, whose === 'mine' ? actor.person : null);
  const trust = await room.trust.now(room.strict.rows);
  const names = await personBriefs(
    room.identity.rows,
    found.map(({ person }) => person),
  );
  return found.map((device) => ({
    ...{ thumbprint: device.thumbprint, kind: device.kind, label: device.label },
    person: names.get(device.person) ?? { id: device.person, name: 'Unknown person', login: '' },
    created_at: device.createdAt.toISOString(),
    ...hardeningOf(trust, device),
    may: whatMay(actor, device),
  }));
}

function hardeningOf(trust: Trust, { thumbprint, person }: DeviceRow): Pick<View, 'hardened' | 'statement'> {
  const found = trust.statements.find((it) => it.kind === 'device' && it.device === thumbprint && it.person === person);
  const scopes = [...new Set(trust.roles().map(({ project }) => project))];
  const hardened = scopes.filter((scope) => scope !== '*' && trust.isHardened(person, thumbprint, scope));
  const everywhere = found !== undefined && trust.counts(found.id) && hardened.length === 0;
  return { hardened: everywhere ? ['*'] : hardened, statement: found?.id ?? null };
}

function whatMay(actor: Actor, { person }: DeviceRow): View['may'] {
  const own = person === actor.person;
  const manages = actor.roles.some(({ project }) => mayDo(actor, 'device.manage', { project }));
  return { revoke: own || manages, rename: own, harden: manages && !own };
}

async function deviceOf({ strict }: Room, thumbprint: string): Promise<DeviceRow> {
  const device = await findDevice(strict.rows, thumbprint);
  if (device === null) throw new AccessError('access.device-unknown');
  return device;
}
