import { z } from 'zod';
import { AddressText } from '@crashkeep/access';
import { DumpIdText, ProjectIdText } from '@crashkeep/ids';
import { LenientReport } from '@crashkeep/report';
import { Instant } from './common.js';

const MemorySpan = z.object({ address: AddressText, size: z.int() });

/** Where the dump keeps the process's memory. Addresses and sizes; no byte. */
export const MemoryMap = z.object({
  threads: z.array(
    z.object({
      /** As in the report; what a `stack` scope names. */
      index: z.int(),
      id: z.int(),
      crashed: z.boolean(),
      /** Null where no stack was saved. */
      stack: MemorySpan.nullable(),
      /** 0 where none were saved. */
      registers_bytes: z.int(),
    }),
  ),
  /** In address order, neighbours joined. */
  regions: z.array(MemorySpan),
  /** Bytes of memory in the dump. */
  memory_bytes: z.int(),
  /** Of what the client sent as key and value, sealed apart; 0 where it sent none. */
  annotation_bytes: z.int(),
});

export const DumpContext = z.object({
  dump: z.object({
    id: DumpIdText,
    project: ProjectIdText,
    state: z.enum(['queued', 'walking', 'done', 'failed', 'shredded']),
    received_at: Instant,
    /** When the raw dump goes. */
    retain_until: Instant,
    plain_bytes: z.int(),
  }),
  /** Null until the walk is done. */
  report: LenientReport.nullable(),
  /** Null until the walk is done, and once the dump is shredded. */
  map: MemoryMap.nullable(),
  may: z.object({ request: z.boolean() }),
});
