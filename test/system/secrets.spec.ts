import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dumpIds, fixtureFile, hasShared, sharedNote } from './harness/shared.js';
import { filesHolding, filesUnder, formsOf } from './harness/search.js';
import { askReport, curlDump, untilWalked } from './harness/upload.js';
import { type Vault, startVault, throwAway } from './harness/vault.js';

interface Planted {
  readonly secrets: Readonly<Record<string, string>>;
}

let vault: Vault;
beforeAll(async () => {
  if (hasShared) vault = await startVault();
});
afterAll(async () => {
  if (hasShared) await throwAway(vault);
});

test.skipIf(!hasShared)(
  `nothing planted in a dump is in the state folder, an answer or a log${sharedNote}`,
  async () => {
    const secrets = Object.values((JSON.parse(readFileSync(fixtureFile('secrets.json'), 'utf8')) as Planted).secrets);
    const needles = secrets.flatMap(formsOf);
    const [ingestToken, readToken] = [await vault.token('ingest'), await vault.token('read')];
    const answers: string[] = [];
    for (const dump of dumpIds(/^own__.*-secrets__/)) {
      // What a client says beside the dump is as strict as the dump.
      const fields = { prod: 'Secrets', ver: '1', comment: secrets[0] ?? '', environ: secrets[1] ?? '' };
      const id = await curlDump(
        `${vault.ingest}/submit?token=${ingestToken}`,
        fixtureFile(`minidumps/${dump}.dmp`),
        fields,
      );
      answers.push(
        id,
        JSON.stringify(await untilWalked(vault, readToken, id)),
        JSON.stringify(await askReport(vault, readToken, id)),
      );
    }
    expect(answers.length).toBeGreaterThan(0);
    const said = Buffer.from(answers.join('\n'));
    expect(needles.filter((needle) => said.includes(needle))).toEqual([]);
    expect(needles.filter((needle) => Buffer.from(vault.printed()).includes(needle))).toEqual([]);
    // The search itself must be able to find: the fixtures do hold what is looked for, and the folder is not empty.
    expect(filesUnder(vault.home).length).toBeGreaterThan(50);
    expect(
      dumpIds(/^own__.*-secrets__/).some((dump) =>
        needles.some((needle) => readFileSync(fixtureFile(`minidumps/${dump}.dmp`)).includes(needle)),
      ),
    ).toBe(true);
    expect(filesHolding(vault.home, needles)).toEqual([]);
  },
);
