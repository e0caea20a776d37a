import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Identity } from '@crashkeep/unseal';

/** As a worker puts it into the shared folder. */
export async function writeExtractionRecipient(folder: string): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  await writeFile(join(folder, `${day}.recipient`), `${Identity.generate().recipient}\n`);
}
