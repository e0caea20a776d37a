import { request } from '@crashkeep/ui';
import { startAuthentication, startRegistration } from '@simplewebauthn/browser';
import type {
  Decision as DecisionKind,
  Grant,
  Narrowing,
  NewRequest,
  Passkey,
  PolicyRules,
  RoleIn,
  RoomPerson,
  Rotation,
} from './wire.js';

/** Every call that changes something. All but the first three carry the session's CSRF value. */

export async function signIn(credentials: { readonly login: string; readonly password: string }): Promise<void> {
  await request('/session', { method: 'POST', body: credentials });
}

export interface FirstAdmin {
  readonly secret: string;
  readonly name: string;
  readonly login: string;
  readonly password: string;
}

export async function startFirstRun(admin: FirstAdmin): Promise<void> {
  await request('/first-run', { method: 'POST', body: admin });
}

export async function acceptInvitation(acceptance: {
  readonly secret: string;
  readonly password: string;
}): Promise<void> {
  await request('/invitations/accept', { method: 'POST', body: acceptance });
}

export async function signOut(csrf: string): Promise<void> {
  await request('/session', { method: 'DELETE', body: {}, csrf });
}

type RegistrationOptions = Parameters<typeof startRegistration>[0]['optionsJSON'];
type AuthenticationOptions = Parameters<typeof startAuthentication>[0]['optionsJSON'];

/** Enrols this device's or key's passkey for approvals. The browser asks the person. */
export async function enrolPasskey(label: string, csrf: string): Promise<Passkey> {
  const { nonce, options } = (await request('/passkeys/options', { method: 'POST', body: {}, csrf })) as {
    nonce: string;
    options: RegistrationOptions;
  };
  const response = await startRegistration({ optionsJSON: options });
  return (await request('/passkeys', { method: 'POST', body: { nonce, label, response }, csrf })) as Passkey;
}

export async function revokePasskey(id: string, csrf: string): Promise<void> {
  await request(`/passkeys/${encodeURIComponent(id)}`, { method: 'DELETE', body: {}, csrf });
}

/** Proves a passkey; for five minutes roles and invitations may be changed. */
export async function stepUp(csrf: string): Promise<void> {
  const { nonce, options } = (await request('/step-up/options', { method: 'POST', body: {}, csrf })) as {
    nonce: string;
    options: AuthenticationOptions;
  };
  const response = await startAuthentication({ optionsJSON: options });
  await request('/step-up', { method: 'POST', body: { nonce, response }, csrf });
}

export async function askForMemory(asked: NewRequest, csrf: string): Promise<Grant> {
  return (await request('/grants', { method: 'POST', body: asked, csrf })) as Grant;
}

export interface Decision {
  readonly grant: string;
  readonly version: number;
  readonly decision: DecisionKind;
  readonly narrow: Narrowing | null;
  readonly note: string;
}

/** What the passkey is about to sign, as the server states it: shown to the approver before the browser asks. */
export interface Challenge {
  readonly nonce: string;
  readonly statement: unknown;
  readonly text: string;
  readonly options: AuthenticationOptions;
}

export async function challengeFor({ grant, version, decision, narrow }: Decision, csrf: string): Promise<Challenge> {
  const body = { decision, version, ...(narrow === null ? {} : { narrow }) };
  return (await request(`/grants/${grant}/challenge`, { method: 'POST', body, csrf })) as Challenge;
}

export async function signDecision(challenge: Challenge, { grant, note }: Decision, csrf: string): Promise<Grant> {
  const assertion = await startAuthentication({ optionsJSON: challenge.options });
  const body = { nonce: challenge.nonce, assertion, ...(note === '' ? {} : { note }) };
  return (await request(`/grants/${grant}/decision`, { method: 'POST', body, csrf })) as Grant;
}

export type GrantAct = 'withdraw' | 'activate' | 'revoke' | 'close';

export async function actOn(grant: string, act: GrantAct, csrf: string): Promise<Grant> {
  return (await request(`/grants/${grant}/${act}`, { method: 'POST', body: {}, csrf })) as Grant;
}

export async function invitePerson(
  person: { readonly name: string; readonly login: string; readonly roles: readonly RoleIn[] },
  csrf: string,
): Promise<{ readonly person: RoomPerson; readonly link: string }> {
  return (await request('/people', { method: 'POST', body: person, csrf })) as { person: RoomPerson; link: string };
}

export async function setRoles(person: string, roles: readonly RoleIn[], csrf: string): Promise<RoomPerson> {
  return (await request(`/people/${person}/roles`, { method: 'PUT', body: { roles }, csrf })) as RoomPerson;
}

/** Signs statements at one touch: the browser shows nothing of them, so the page does, before it asks. */
export async function signStatements(statements: readonly string[], csrf: string): Promise<void> {
  const body = { statements };
  const { nonce, options } = (await request('/statements/challenge', { method: 'POST', body, csrf })) as {
    nonce: string;
    options: AuthenticationOptions;
  };
  const assertion = await startAuthentication({ optionsJSON: options });
  await request('/statements/signatures', { method: 'POST', body: { nonce, assertion }, csrf });
}

export async function proposePolicy(project: string, rules: PolicyRules, csrf: string): Promise<string> {
  const body = { project, rules };
  return ((await request('/policies', { method: 'POST', body, csrf })) as { statement: string }).statement;
}

export async function revokeDevice(thumbprint: string, csrf: string): Promise<void> {
  await request(`/devices/${thumbprint}`, { method: 'DELETE', body: {}, csrf });
}

export async function proposeHardened(thumbprint: string, csrf: string): Promise<void> {
  await request(`/devices/${thumbprint}/hardened`, { method: 'POST', body: {}, csrf });
}

interface RotationChange {
  readonly rotation: Rotation;
  readonly owner: string | null;
  readonly note: string | null;
}

export async function rotateFinding(id: string, change: RotationChange, csrf: string): Promise<void> {
  await request(`/findings/${encodeURIComponent(id)}/rotation`, { method: 'PUT', body: change, csrf });
}
