import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type StateFolder, stateFolder } from '@crashkeep/local-vault';
import { AppProcess } from './app-process.js';
import { type AppSpec, appTable, originsOf } from './app-table.js';
import { type Database, startDatabase } from './database.js';
import { type Ports, portsFrom, requireFreePorts } from './ports.js';
import { keptSecret } from './kept-secret.js';
import { prepareFolder } from './prepare-folder.js';
import { endNoted, notePid, notedPid } from './process-identity.js';
import { sendSampleSymbols } from './sample.js';
import { Sentence } from './sentence.js';
import { welcome } from './welcome.js';

const ORPHAN_MS = 5_000;
const WATCH_MS = 5_000;

/** The whole of `npm start`, from an empty machine or from what a kill left. */
export class Vault {
  readonly #folder: StateFolder = stateFolder();
  readonly #say: (line: string) => void;
  /** What runs, in the order in which it was started: ended the other way round. */
  readonly #running: (() => Promise<void>)[] = [];
  #apps: readonly AppProcess[] = [];
  #starting: Promise<void> = Promise.resolve();
  #stopping: Promise<void> | null = null;

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  /** Resolves when everything serves. Throws a Sentence where a person must do something first. */
  start(): Promise<void> {
    this.#starting = this.#startAll();
    return this.#starting;
  }

  async #startAll(): Promise<void> {
    const ports = portsFrom(process.env);
    const user = prepareFolder(this.#folder);
    this.#beTheOnlyOne();
    keptSecret(this.#folder.alertKey);
    const specs = appTable(this.#folder, ports, process.env);
    await this.#endOrphans(specs);
    await requireFreePorts(ports);
    this.#say('Starting PostgreSQL…');
    const database = await startDatabase(this.#folder, user, this.#say);
    this.#running.push(() => database.stop());
    this.#watch(database);
    await this.#startApps(specs);
    await this.#greet(ports, database.ownerUrl);
  }

  /** Ends the apps, then PostgreSQL. Called twice, it is done once. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  async #stopAll(): Promise<void> {
    for (const app of this.#apps) app.giveUp();
    await this.#starting.catch(() => undefined); // a step that has begun is finished, so that we know what it started
    for (const end of this.#running.splice(0).reverse()) await end();
  }

  /** Also what keeps this process alive. */
  #watch(database: Database): void {
    const timer = setInterval(() => {
      database.revive().catch((error: unknown) => {
        this.#say(error instanceof Sentence ? error.message : 'PostgreSQL could not be started again.');
      });
    }, WATCH_MS);
    this.#running.push(() => {
      clearInterval(timer);
      return Promise.resolve();
    });
  }

  #beTheOnlyOne(): void {
    const file = join(this.#folder.run, 'standalone.pid');
    const other = notedPid(file);
    if (other !== null && other !== process.pid) {
      throw new Sentence(
        `Crashkeep already runs on ${this.#folder.home} (process ${String(other)}). Stop it first, or set CRASHKEEP_HOME and CRASHKEEP_PORT to run another.`,
      );
    }
    notePid(file, process.pid);
    this.#running.push(() => {
      rmSync(file, { force: true });
      return Promise.resolve();
    });
  }

  /** A start that was killed left its apps; they hold ports and speak to a database that may have gone. */
  async #endOrphans(specs: readonly AppSpec[]): Promise<void> {
    const ended = await Promise.all(
      specs.map(({ name }) => endNoted(join(this.#folder.run, `${name}.pid`), ORPHAN_MS)),
    );
    if (ended.includes(true)) this.#say('Ended what an earlier start had left running.');
  }

  /** The first time the keeper goes ahead: the others need the public key that it makes. After that all start at once. */
  async #startApps(specs: readonly AppSpec[]): Promise<void> {
    const built = specs.filter(({ main }) => existsSync(main));
    for (const { name } of specs.filter((spec) => !built.includes(spec)))
      this.#say(`  ${name} is not built and left out`);
    if (built.length === 0) throw new Sentence('Nothing is built here yet. Run npm start, or npm run build.');
    this.#say(`Starting ${built.map(({ name }) => name).join(', ')}…`);
    this.#apps = built.map((spec) => new AppProcess(spec, this.#folder, this.#say));
    const ahead = existsSync(this.#folder.statementKey) ? 0 : 1;
    for (const group of [this.#apps.slice(0, ahead), this.#apps.slice(ahead)]) {
      if (this.#stopping) return;
      this.#running.push(() => endTogether(group));
      await Promise.all(group.map((app) => app.start()));
    }
  }

  async #greet(ports: Ports, ownerUrl: string): Promise<void> {
    if (this.#stopping) return;
    const origins = originsOf(ports);
    await sendSampleSymbols(this.#folder, origins);
    this.#say(`\n${await welcome(this.#folder, origins, ownerUrl)}`);
  }
}

/** Those with a door first and the keeper last: a request that is being answered still finds it. */
async function endTogether(apps: readonly AppProcess[]): Promise<void> {
  const keeper = apps.filter(({ name }) => name === 'keeper');
  await Promise.all(apps.filter((app) => !keeper.includes(app)).map((app) => app.stop()));
  await Promise.all(keeper.map((app) => app.stop()));
}
