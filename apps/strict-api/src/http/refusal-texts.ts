import type { AccessErrorCode } from '@crashkeep/access';
import type { IdentityErrorCode } from '@crashkeep/identity';
import type { KeeperErrorCode } from '@crashkeep/keeper-wire';

/** Status and sentence; seconds to wait where trying again helps. Constants: nothing here quotes what was sent. */
type Answer = readonly [status: number, title: string, retryAfter?: number];

export const ROOM_ANSWERS = {
  'room.wrong-credentials': [401, 'Login and password do not go together.'],
  'room.root-missing': [409, 'The first administrator has not enrolled the root passkey yet.'],
  'room.already-set-up': [409, 'The reading room is set up already. Ask an administrator for an invitation.'],
  'room.step-up-needed': [403, 'Prove a passkey first: this act needs one proved in the last five minutes.'],
  'room.passkey-needed': [409, 'Enrol a passkey first.'],
  'room.passkey-unknown': [404, 'There is no such passkey of yours.'],
  'room.root-stays': [409, 'The root passkey stays. Only the operator can pin another, on the machine of the keeper.'],
  'room.own-roles': [403, 'You cannot give yourself a role. Ask another administrator.'],
  'room.last-admin': [409, 'Somebody must stay administrator of all projects.'],
  'room.dump-unknown': [404, 'There is no such dump in your projects.'],
  'room.dump-not-walked': [409, 'This dump has no memory map: it was not walked, or the walk failed.'],
  'room.passkey-unsigned': [
    409,
    'Nobody has signed for your passkey yet. Another security person must, on the page Signatures.',
  ],
  'room.statement-stays': [409, 'This statement is ended where it belongs: with the role or the passkey.'],
  'room.bad-cursor': [400, 'This page cannot be continued. Read the list from its beginning.'],
  'room.too-many-requests': [429, 'Too many requests of yours wait for a decision. Withdraw some, or wait.', 60],
} as const satisfies Record<string, Answer>;

export const ACCESS_ANSWERS: { readonly [C in AccessErrorCode]: Answer } = {
  'access.reason-too-short': [400, 'Say why in 20 characters or more.'],
  'access.reason-too-long': [400, 'That is too long. Take at most 500 characters.'],
  'access.reason-unprintable': [400, 'The text holds characters that cannot be shown.'],
  'access.ticket-unfit': [400, "The ticket does not match the project's pattern."],
  'access.minutes-out-of-bounds': [400, 'That time is not within what the policy allows.'],
  'access.bytes-out-of-bounds': [400, 'That byte budget is not within what the policy allows.'],
  'access.thread-unknown': [400, 'No stack of that thread was saved in this dump.'],
  'access.range-malformed': [400, 'This is no range: give an address like 0x7f0000001000 and a number of bytes.'],
  'access.range-empty': [400, 'A range needs at least one byte.'],
  'access.range-wraps': [400, 'The range goes past the end of the address space.'],
  'access.range-too-long': [400, 'One range can be at most 1 MiB.'],
  'access.range-not-saved': [400, 'Some of these bytes were not saved in this dump.'],
  'access.ranges-overlap': [400, 'The ranges overlap.'],
  'access.too-many-ranges': [400, 'These are too many ranges.'],
  'access.not-narrower': [400, 'An approver can only make a request smaller.'],
  'access.scope-closed': [403, "The project's policy lets nobody ask for that."],
  'access.not-automatic': [403, 'This cannot be approved automatically: ask for it.'],
  'access.glass-unbreakable': [403, "The project's policy allows no reading before approval."],
  'access.review-overdue': [
    403,
    'A break-glass read waits for its review for more than a day. It must be reviewed first.',
  ],
  'access.device-unknown': [403, 'This device is not known. Name it on the page Devices, then try again.'],
  'access.device-revoked': [403, 'This device was revoked. Use another, or name it anew.'],
  'access.device-not-hardened': [403, 'The policy wants a device that security has marked as hardened.'],
  'access.not-allowed': [403, 'Your roles do not allow this.'],
  'access.separation': [403, 'Who is security in a project cannot request there.'],
  'access.same-person': [403, 'You asked for it yourself: somebody else must decide.'],
  'access.wrong-state': [409, 'This is no longer possible: the request has moved on. Reload it.'],
  'access.stale-version': [409, 'The request was changed in the meantime. Reload it and look again.'],
  'access.already-decided': [409, 'You have decided on this version already.'],
  'access.challenge-unknown': [409, 'This signature was for an earlier page. Reload it and sign again.'],
  'access.credential-unknown': [403, 'This passkey is not enrolled for approvals of yours, or it was revoked.'],
  'access.assertion-refused': [403, 'The passkey did not sign this decision. Nothing was decided.'],
  'access.statement-unknown': [404, 'There is no such statement, or it was ended. Reload the page.'],
  'access.statement-own': [403, 'It is about yourself: somebody else must sign it.'],
  'access.passkey-unsigned': [
    403,
    'Nobody has signed for this passkey yet. Another security person must, on the page Signatures.',
  ],
  'access.grant-unknown': [404, 'There is no such grant.'],
  'access.not-requester': [403, 'Only the person who asked may do this.'],
  'access.not-active': [403, 'The grant is not open.'],
  'access.expired': [403, 'The time of this grant is over.'],
  'access.exhausted': [403, 'The byte budget of this grant is used up.'],
  'access.revoked': [403, 'This grant was revoked.'],
  'access.over-budget': [403, 'Fewer bytes are left than this read needs.'],
  'access.outside-scope': [403, 'Some of these bytes are outside the grant.'],
  'access.read-too-long': [400, 'One read gives at most 64 KiB.'],
  'access.role-lost': [403, 'Your role in this project does not allow this any more.'],
  'access.approval-missing': [403, 'The grant has not the approvals that it needs.'],
  'access.approval-unsound': [403, 'The approval does not hold for this grant as it stands.'],
  'access.approver-unfit': [403, 'Who approved may not approve here, or nobody signed for their passkey.'],
  'access.dump-gone': [410, 'The raw dump has been shredded.'],
  'access.dump-unreadable': [503, 'The sealed dump cannot be read now. The read was charged.', 30],
};

export const IDENTITY_ANSWERS: { readonly [C in IdentityErrorCode]: Answer } = {
  'identity.login-taken': [409, 'Somebody has this login already.'],
  'identity.password-too-short': [400, 'The password is too short. Take twelve characters or more.'],
  'identity.password-too-long': [400, 'The password is too long. Take at most 256 characters.'],
  'identity.link-unusable': [410, 'This link was used, replaced, or is too old. Ask for a new one.'],
  'identity.person-unknown': [404, 'There is nobody here by that id.'],
  'identity.project-unknown': [404, 'There is no such project here.'],
  'identity.token-unknown': [404, 'There is no such token, or it was revoked.'],
  'identity.passkey-refused': [400, 'This passkey was not accepted.'],
  'identity.passkey-known': [409, 'This passkey is enrolled already.'],
};

export const KEEPER_ANSWERS: { readonly [C in Exclude<KeeperErrorCode, AccessErrorCode>]: Answer } = {
  'keeper.away': [503, 'The keeper does not answer. Nothing was read.'],
  'keeper.timeout': [503, 'The keeper did not answer in time.'],
  'keeper.malformed': [503, 'The keeper and this room do not understand each other.'],
  'keeper.too-large': [503, 'The keeper and this room do not understand each other.'],
  'keeper.failed': [503, 'Something failed in the keeper. It was logged; try again.'],
  'keeper.too-many-refusals': [429, 'Too many refused reads. Wait a minute.'],
  'keeper.root-pinned': [409, 'Another root passkey is pinned. Only the operator can change that.'],
};
