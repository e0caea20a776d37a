import { signIn } from '@crashkeep/identity';
import { type PersonId, PersonIdText } from '@crashkeep/ids';
import { refused } from '@crashkeep/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Passport } from 'passport';
import { Strategy } from 'passport-local';
import { roomProblem } from '../http/room-error.js';
import { ROOM, type Room } from '../room.js';

/** Failures are forgotten after a quarter of an hour. */
const RETRY_SECONDS = 15 * 60;

type Authenticate = (request: Request, response: Response, next: (error?: unknown) => void) => void;

/** Passport's `local` strategy: login and password in the body. A passport of its own, so that apps in one process share nothing. */
@Injectable()
export class LocalSignIn {
  readonly #passport = new Passport();
  readonly #room: Room;

  constructor(@Inject(ROOM) room: Room) {
    this.#room = room;
    this.#passport.use(
      new Strategy({ usernameField: 'login', session: false }, (login, password, done) => {
        this.#verify(login, password).then(
          (personId) => {
            done(null, personId === null ? false : { personId });
          },
          (error: unknown) => {
            done(error);
          },
        );
      }),
    );
  }

  /** Throws `room.wrong-credentials`, or `http.too-many` where that login failed too often. */
  async personOf(request: Request, response: Response): Promise<PersonId> {
    return new Promise((resolve, reject) => {
      const decided = (error: unknown, user?: unknown): void => {
        if (error instanceof Error) reject(error);
        else if (typeof user === 'object' && user !== null && 'personId' in user) {
          resolve(PersonIdText.parse(user.personId));
        } else reject(roomProblem('room.wrong-credentials'));
      };
      const authenticate = this.#passport.authenticate('local', { session: false }, decided) as Authenticate;
      authenticate(request, response, decided);
    });
  }

  async #verify(login: string, password: string): Promise<PersonId | null> {
    const { identity, throttle } = this.#room;
    if (!throttle.mayTry(login.trim().toLowerCase())) throw refused.tooMany(RETRY_SECONDS);
    return signIn(identity.rows, throttle, { login, password });
  }
}
