import { Sentence } from './sentence.js';
import { Vault } from './vault.js';

const vault = new Vault((line) => {
  console.log(line);
});

let asked = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (asked) return;
    asked = true;
    console.log('\nStopping…');
    void end(0);
  });
}

async function end(code: number): Promise<never> {
  await vault.stop();
  if (code === 0) console.log('Stopped.');
  process.exit(code);
}

vault.start().catch(async (error: unknown) => {
  if (asked) return;
  asked = true;
  console.error(error instanceof Sentence ? error.message : error);
  await end(1);
});
