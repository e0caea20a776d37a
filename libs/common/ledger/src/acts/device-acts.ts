import { PersonIdText } from '@crashkeep/ids';
import { z } from 'zod';
import { PersonOrNobody, Words } from './words.js';

const ofDevice = {
  /** RFC 7638 thumbprint of its key. */
  device: z.string().length(43),
  person: PersonIdText,
  kind: z.enum(['browser', 'cli']),
  by: PersonOrNobody,
};

export const DeviceNamed = z.strictObject({ act: z.literal('device.named'), ...ofDevice, label: Words });
export const DeviceRevoked = z.strictObject({ act: z.literal('device.revoked'), ...ofDevice });
