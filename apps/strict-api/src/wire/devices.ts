import { DeviceText } from '@crashkeep/access';
import { ProjectIdText } from '@crashkeep/ids';
import { z } from 'zod';
import { Instant, PersonBrief } from './common.js';

/** What a person calls a device: no control or invisible character. */
const LabelText = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2028\u2029]+$/u);

export const DeviceView = z.object({
  thumbprint: DeviceText,
  person: PersonBrief,
  kind: z.enum(['browser', 'cli']),
  label: z.string(),
  created_at: Instant,
  /** Projects in which security's word on it counts; `*`: everywhere. */
  hardened: z.array(z.union([ProjectIdText, z.literal('*')])),
  /** The statement that says so, signed or not; null where nobody proposed it. */
  statement: z.uuid().nullable(),
  may: z.object({ revoke: z.boolean(), rename: z.boolean(), harden: z.boolean() }),
});

export const DevicesAnswer = z.object({ devices: z.array(DeviceView) });

export const DevicesQuery = z.strictObject({ whose: z.enum(['mine', 'all']).default('mine') });

export const DeviceChallenge = z.object({
  /** Goes into the proof that names the device. */
  nonce: z.string(),
  expires_at: Instant,
});

/** The key is in the proof (`DPoP` header): POST to this address, with the nonce of the challenge. */
export const NameDeviceBody = z.strictObject({ label: LabelText });

export const NonceView = z.object({ nonce: z.string() });
