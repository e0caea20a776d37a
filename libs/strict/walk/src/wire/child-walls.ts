import { z } from 'zod';

/** Which walls a child could raise around itself on this machine. */
export const ChildWalls = z.strictObject({
  /** No page of memory goes into a core file. */
  coreFilter: z.boolean(),
  /** No core file, no ptrace by other processes of the same user. */
  notDumpable: z.boolean(),
  memoryLimit: z.boolean(),
  /** No file, socket or process can be opened. */
  seccomp: z.boolean(),
});
export type ChildWalls = z.infer<typeof ChildWalls>;
