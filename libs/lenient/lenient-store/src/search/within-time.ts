import { Prisma } from '../generated/client.js';
import { LenientStoreError } from '../lenient-store-error.js';

const QUERY_CANCELED = '57014';

/** A search that the database gave up after its time limit becomes `lenient-store.too-broad`. */
export async function withinTime<T>(search: () => Promise<T>): Promise<T> {
  try {
    return await search();
  } catch (error) {
    if (wasCanceled(error)) throw new LenientStoreError('lenient-store.too-broad');
    throw error;
  }
}

/** Prisma keeps PostgreSQL's code in the adapter's error, or only in its text. */
const wasCanceled = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError &&
  JSON.stringify([error.meta, error.message]).includes(QUERY_CANCELED);
