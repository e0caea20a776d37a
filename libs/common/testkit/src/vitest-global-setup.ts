import { closeAbandonedRuns, closeRunFolder, openRunFolder } from './run-folder.js';
import { RUN_FOLDER_VARIABLE } from './server-of-run.js';

/** Vitest runs it before the first spec and the function that it returns after the last. Costs nothing where no spec asks for a database. */
export default async function setup(): Promise<() => Promise<void>> {
  await closeAbandonedRuns();
  const folder = openRunFolder();
  process.env[RUN_FOLDER_VARIABLE] = folder;
  return () => closeRunFolder(folder);
}
