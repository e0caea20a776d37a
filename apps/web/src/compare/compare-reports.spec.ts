import { describe, expect, test } from 'vitest';
import { report, stack, thread } from '../report/report.testbed.js';
import { factPairs, mainStack, modulePairs } from './compare-reports.js';

describe('two reports side by side', () => {
  test('a fact that differs is told apart from one that is the same, and what is missing is said', () => {
    const facts = factPairs(report({ version: '1.0' }), report({ version: '1.1', uptime: 90 }));
    expect(facts.find(({ name }) => name === 'Version')).toMatchObject({ left: '1.0', right: '1.1', same: false });
    expect(facts.find(({ name }) => name === 'Crash reason')?.same).toBe(true);
    expect(facts.find(({ name }) => name === 'Uptime')).toMatchObject({ left: 'not told', same: false });
  });

  test('modules: those of one side alone, then another build of the same name; equal ones are left out', () => {
    const module = (name: string, debugId: string): object => ({
      name,
      version: null,
      debug_file: name,
      debug_id: debugId,
      code_id: null,
      symbols_loaded: true,
    });
    const left = report({ modules: [module('app', 'A1'), module('libc.so', 'C1'), module('old.so', 'O1')] });
    const right = report({ modules: [module('app', 'A2'), module('libc.so', 'C1'), module('new.so', 'N1')] });
    expect(modulePairs(left, right).map(({ name }) => name)).toEqual(['new.so', 'old.so', 'app']);
  });

  test('the stack is the crashing thread, or the first where none crashed', () => {
    const threads = [thread(0, stack('idle')), thread(1, stack('crash'))];
    expect(mainStack(report({ threads, crashing_thread: 1 }))[0]?.function).toBe('crash');
    expect(mainStack(report({ threads, crashing_thread: null }))[0]?.function).toBe('idle');
    expect(mainStack(report({ threads: [], crashing_thread: null }))).toEqual([]);
  });
});
