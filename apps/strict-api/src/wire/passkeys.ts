import { z } from 'zod';
import { Instant, WebAuthnJson } from './common.js';

export const PasskeyView = z.object({
  id: z.string(),
  label: z.string(),
  /** The one that the keeper has pinned. */
  root: z.boolean(),
  /** Somebody who may has signed for it; until then it signs nothing. */
  counts: z.boolean(),
  created_at: Instant,
  revoked_at: Instant.nullable(),
});

export const PasskeysAnswer = z.object({ passkeys: z.array(PasskeyView) });

/** Goes into `startRegistration` or `startAuthentication` of @simplewebauthn/browser as `optionsJSON`. */
export const CeremonyAnswer = z.object({
  /** Send it back beside the browser's answer. */
  nonce: z.string(),
  options: WebAuthnJson,
  expires_at: Instant,
});

export const EnrolBody = z.strictObject({
  nonce: z.string().max(64),
  label: z.string().min(1).max(60),
  /** RegistrationResponseJSON */
  response: WebAuthnJson,
});

export const StepUpBody = z.strictObject({
  nonce: z.string().max(64),
  /** AuthenticationResponseJSON */
  response: WebAuthnJson,
});
