import { z } from 'zod';

/** `area.reason` of some closed union. */
export const CodeText = z.string().regex(/^[a-z][a-z0-9-]{0,39}\.[a-z][a-z0-9-]{0,59}$/);
export const CountOfBytes = z.int().min(0);
export const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
/** UTC, as Date.toISOString writes it. */
export const Instant = z.iso.datetime({ precision: 3 });
/** What a person wrote for another person to read. It can be erased with its salt: the tree holds only the hash. */
export const Words = z.string().min(1).max(2000);
export const ProjectOrAll = z.union([z.literal('*'), z.string().regex(/^[a-z0-9-]{1,40}$/)]);
export const PersonOrNobody = z.uuid().nullable();
