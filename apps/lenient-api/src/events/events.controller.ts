import type { Server } from 'node:http';
import { type Caller, CurrentCaller, Policy } from '@crashkeep/platform';
import { type BeforeApplicationShutdown, Controller, Inject, type MessageEvent, Query, Sse } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiProduces } from '@nestjs/swagger';
import { type Observable, Subject, finalize, interval, map, merge, takeUntil, timer } from 'rxjs';
import type { z } from 'zod';
import { CONSOLE, type Console } from '../console.js';
import { consoleProblem } from '../http/console-error.js';
import { ProjectQuery } from '../http/words.js';
import { requireRead } from '../rights.js';
import { DumpWatch } from './dump-watch.js';

/** Proxies cut what is silent. */
const PING_MS = 20_000;
/** Then the browser comes again, and the door asks anew who it is. */
const STREAM_MS = 5 * 60_000;
const LISTENERS_EACH = 20;

/** Changes of dumps' states as they happen: ids and states only. */
@Controller('api/v1/events')
export class EventsController implements BeforeApplicationShutdown {
  readonly #watch: DumpWatch;
  readonly #listeners = new Map<string, number>();
  readonly #closing = new Subject<void>();

  readonly #http: HttpAdapterHost;

  constructor(@Inject(CONSOLE) { store, log }: Console, @Inject(HttpAdapterHost) http: HttpAdapterHost) {
    this.#watch = new DumpWatch(store, log);
    this.#http = http;
  }

  @Sse()
  @Policy({ door: 'session-or-token', classes: ['read'] })
  @ApiProduces('text/event-stream')
  events(
    @CurrentCaller() caller: Caller,
    @Query({ schema: ProjectQuery }) { project }: z.infer<typeof ProjectQuery>,
  ): Observable<MessageEvent> {
    requireRead(caller, project);
    const leave = this.#enter(caller.kind === 'person' ? caller.personId : caller.tokenId);
    const changes = this.#watch
      .changesOf(project)
      .pipe(map(({ id, state }): MessageEvent => ({ type: 'dump', data: { id, state } })));
    const pings = interval(PING_MS).pipe(map((): MessageEvent => ({ type: 'ping', data: {} })));
    return merge(changes, pings).pipe(takeUntil(merge(timer(STREAM_MS), this.#closing)), finalize(leave));
  }

  /** The server closes only when its last answer has ended, and its connection is not kept for another. */
  beforeApplicationShutdown(): void {
    const server = this.#http.httpAdapter.getHttpServer() as Server;
    server.keepAliveTimeout = 1;
    this.#closing.next();
  }

  #enter(who: string): () => void {
    const open = this.#listeners.get(who) ?? 0;
    if (open >= LISTENERS_EACH) throw consoleProblem('console.too-many-listeners');
    this.#listeners.set(who, open + 1);
    return () => {
      const left = (this.#listeners.get(who) ?? 1) - 1;
      if (left > 0) this.#listeners.set(who, left);
      else this.#listeners.delete(who);
    };
  }
}
