import { z } from 'zod';
import { MODULES_PER_ASK } from './limits.js';

/**
 * By what a module's symbols are found: leaf names and ids, as the dump has them. From a child, so the parent checks it
 * before it looks anything up; a name is no path.
 */
export const ModuleKey = z.strictObject({
  debugFile: z.string().max(256).nullable(),
  debugId: z
    .string()
    .regex(/^[0-9A-Fa-f]{1,64}$/)
    .nullable(),
  codeFile: z.string().max(256).nullable(),
  codeId: z
    .string()
    .regex(/^[0-9A-Za-z]{1,128}$/)
    .nullable(),
});
export type ModuleKey = z.infer<typeof ModuleKey>;

export const ModuleKeyList = z.array(ModuleKey).max(MODULES_PER_ASK);
