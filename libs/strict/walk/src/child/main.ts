import { Buffer } from 'node:buffer';
import { loadDemangler } from '@crashkeep/symbols';
import { Ask } from '../wire/frame.js';
import { JobAnswerer } from './answer-jobs.js';
import { ParentPipe } from './parent-pipe.js';
import { raiseWalls } from './walls/raise-walls.js';

/**
 * The child's program: `main.js <walk|convert|screen> <bytes of memory>`. It has no environment, no standard streams, two pipes. Whatever ends
 * it, also a pipe that broke, it is killed: exit handlers of native code would wait for what the walls do not let them do.
 */
process.on('exit', () => {
  process.kill(process.pid, 'SIGKILL');
});

const [kind, memoryBytes] = process.argv.slice(2);
const pipe = new ParentPipe();
const demangle = kind === 'convert' ? await loadDemangler() : (name: string): string => name;
const screener = kind === 'screen' ? await import('./screen-dump.js') : null;
screener?.warmUp();
const walls = raiseWalls(Number(memoryBytes));
pipe.send(Ask.ready, 0, 0, [Buffer.from(JSON.stringify(walls))]);
await new JobAnswerer(pipe, { demangle, screen: screener?.screenInChild ?? null }).answerAll();
