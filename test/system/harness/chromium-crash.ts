import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const CHROMIUM = '/usr/bin/chromium';
const HANDLER = '/usr/lib/chromium/chrome_crashpad_handler';
export const hasChromium = existsSync(CHROMIUM) && existsSync(HANDLER);
export const chromiumNote = hasChromium ? '' : ' (Chromium is not installed here)';

export const CHROMIUM_FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Crashpad's settings file: `CPds`, a version, then flags; bit 0 lets uploads go. Debian's build asks nobody and sends nothing. */
const SETTINGS_FLAGS_AT = 8;

/** A browser that was sent SIGABRT, and the Crashpad database that its own handler wrote. */
export async function crashedChromium(): Promise<{ readonly database: string; readonly dump: string }> {
  const home = mkdtempSync(join(tmpdir(), 'crashkeep-chromium-'));
  const database = join(home, 'chromium/Crash Reports');
  const browser = spawn(
    CHROMIUM,
    [
      ...CHROMIUM_FLAGS,
      '--enable-crash-reporter',
      `--user-data-dir=${home}/profile`,
      '--remote-debugging-port=0',
      'about:blank',
    ],
    {
      env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home },
      stdio: 'ignore',
    },
  );
  await until(
    () => existsSync(join(database, 'settings.dat')) && existsSync(join(home, 'profile/DevToolsActivePort')),
    'Chromium did not start',
  );
  browser.kill('SIGABRT');
  await until(() => pendingDumps(database).length > 0, 'Chromium left no dump');
  // The handler writes the dump before the file beside it that makes it a report.
  await until(
    () => pendingDumps(database).every((name) => existsSync(join(database, 'pending', name.replace(/dmp$/, 'meta')))),
    'no report was filed',
  );
  return { database, dump: pendingDumps(database)[0] ?? '' };
}

function pendingDumps(database: string): string[] {
  const pending = join(database, 'pending');
  return existsSync(pending) ? readdirSync(pending).filter((name) => name.endsWith('.dmp')) : [];
}

/** Starts the stock handler over that database with our URL: it uploads what is pending at once. */
export function startHandler(database: string, url: string): ChildProcess {
  const settings = join(database, 'settings.dat');
  const bytes = readFileSync(settings);
  bytes.writeUInt8(bytes.readUInt8(SETTINGS_FLAGS_AT) | 1, SETTINGS_FLAGS_AT);
  writeFileSync(settings, bytes);
  // The handler wants a client's end of a SEQPACKET pair, and ends when the other end is closed. perl-base is on every Debian.
  const script = `use Socket; use Fcntl; socketpair(my $a, my $b, AF_UNIX, SOCK_SEQPACKET, 0) or die; fcntl($b, F_SETFD, 0);
    if (my $pid = fork) { waitpid($pid, 0); exit } exec { $ARGV[0] } @ARGV, '--initial-client-fd=' . fileno($b);`;
  const args = [HANDLER, `--database=${database}`, `--url=${url}`, '--no-rate-limit'];
  return spawn('perl', ['-e', script, ...args], { stdio: 'ignore', detached: true });
}

/** What the server answered, as Crashpad keeps it: the report's id stands in the file beside the completed dump. */
export async function uploadedId(database: string): Promise<string> {
  const completed = join(database, 'completed');
  let id: string | undefined;
  await until(() => {
    const metas = existsSync(completed) ? readdirSync(completed).filter((name) => name.endsWith('.meta')) : [];
    [id] = metas.flatMap(
      (name) =>
        /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/.exec(
          readFileSync(join(completed, name), 'latin1'),
        ) ?? [],
    );
    return id !== undefined;
  }, 'Crashpad holds no id: the upload was not taken');
  return id ?? '';
}

async function until(holds: () => boolean, otherwise: string): Promise<void> {
  for (let tries = 0; tries < 240; tries++) {
    if (holds()) return;
    await sleep(250);
  }
  throw new Error(otherwise);
}
