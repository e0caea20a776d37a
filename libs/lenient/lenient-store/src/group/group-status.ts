import { GROUP_STATUSES } from '@crashkeep/query';
import { z } from 'zod';

export const GroupStatus = z.enum(GROUP_STATUSES);
export type GroupStatus = z.infer<typeof GroupStatus>;
