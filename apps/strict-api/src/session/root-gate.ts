import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type Observable, from, switchMap } from 'rxjs';
import { roomProblem } from '../http/room-error.js';
import { ROOM, type Room } from '../room.js';

const BEFORE_ROOT = 'crashkeep:before-root';

/** A controller that works before the root passkey is pinned: signing in and enrolling it. */
export const WorksBeforeRoot = (): ClassDecorator => SetMetadata(BEFORE_ROOT, true);

/** Until the root passkey is pinned in the keeper, nothing can be decided, so nothing else is offered. */
@Injectable()
export class RootGate implements NestInterceptor {
  readonly #room: Room;
  readonly #reflector: Reflector;
  /** Once pinned it stays so: only the operator can unpin it, with the keeper stopped. */
  #pinned = false;

  constructor(@Inject(ROOM) room: Room, @Inject(Reflector) reflector: Reflector) {
    this.#room = room;
    this.#reflector = reflector;
  }

  async isPinned(): Promise<boolean> {
    this.#pinned ||= (await this.#room.keeper.ping()).root !== null;
    return this.#pinned;
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (this.#reflector.get<boolean | undefined>(BEFORE_ROOT, context.getClass()) === true) return next.handle();
    return from(this.#requirePinned()).pipe(switchMap(() => next.handle()));
  }

  async #requirePinned(): Promise<void> {
    if (!(await this.isPinned())) throw roomProblem('room.root-missing');
  }
}
