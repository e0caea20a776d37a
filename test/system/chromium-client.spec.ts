import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromiumNote, crashedChromium, hasChromium, startHandler, uploadedId } from './harness/chromium-crash.js';
import { untilWalked } from './harness/upload.js';
import { type Vault, startVault, throwAway } from './harness/vault.js';

let vault: Vault;
beforeAll(async () => {
  if (hasChromium) vault = await startVault();
});
afterAll(async () => {
  if (hasChromium) await throwAway(vault);
});

test.skipIf(!hasChromium)(
  `Debian's Chromium crashes, its own handler uploads, the trace appears${chromiumNote}`,
  async () => {
    const { database } = await crashedChromium();
    const handler = startHandler(database, `${vault.ingest}/submit?token=${await vault.token('ingest')}`);
    try {
      const answer = await untilWalked(vault, await vault.token('read'), await uploadedId(database));
      expect(answer).toMatchObject({ state: 'done', failure: null });
      expect(answer.report?.crash_reason).toBe('SIGABRT');
      expect(answer.report?.product).toBe('Chrome_Linux');
      expect(answer.report?.version).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
      const frames = answer.report?.threads[answer.report.crashing_thread ?? 0]?.frames ?? [];
      expect(frames.map(({ module }) => module)).toContain('chromium');
    } finally {
      if (handler.pid !== undefined) process.kill(-handler.pid, 'SIGKILL');
    }
  },
);
