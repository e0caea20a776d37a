import type { Actor } from '@crashkeep/access';
import { type Passkey, markStepUp, passkeysOf, rolesOf } from '@crashkeep/identity';
import { type Caller, CurrentCaller, Policy } from '@crashkeep/platform';
import { Body, Controller, Delete, Get, Inject, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Answers, AnswersNothing } from '../http/answers.js';
import { decideAnywhere, personOf } from '../rights.js';
import { ROOM, type Room } from '../room.js';
import { WorksBeforeRoot } from '../session/root-gate.js';
import { CeremonyAnswer, EnrolBody, PasskeyView, PasskeysAnswer, StepUpBody } from '../wire/passkeys.js';
import { offerStepUp, proveStepUp } from './ceremonies.js';
import { enrol, offerEnrolment, revoke } from './enrolment.js';

/** Approval passkeys of the person who is signed in, and proving one. */
@Controller('api/v1')
@WorksBeforeRoot()
export class PasskeysController {
  readonly #room: Room;

  constructor(@Inject(ROOM) room: Room) {
    this.#room = room;
  }

  @Get('passkeys')
  @Policy({ door: 'session' })
  @Answers(PasskeysAnswer, 'Your passkeys that are not revoked, oldest first.')
  async mine(@CurrentCaller() caller: Caller): Promise<unknown> {
    const found = await passkeysOf(this.#room.identity.rows, personOf(caller).personId);
    return { passkeys: await Promise.all(found.map((it) => this.#view(it))) };
  }

  async #view(passkey: Passkey): Promise<z.input<typeof PasskeyView>> {
    const { credentialId: id, label, root, createdAt } = passkey;
    const trust = await this.#room.trust.now(this.#room.strict.rows);
    const signed = trust.statements.some(
      (it) => it.kind === 'credential' && it.credential === id && trust.counts(it.id),
    );
    const counts = signed || trust.root?.credential === id;
    return { ...{ id, label, root, counts }, created_at: createdAt.toISOString(), revoked_at: null };
  }

  @Post('passkeys/options')
  @Policy({ door: 'session' })
  @Answers(CeremonyAnswer, 'For navigator.credentials.create().')
  async offerEnrolment(@CurrentCaller() caller: Caller): Promise<unknown> {
    await this.#requireMayEnrol(caller);
    return offerEnrolment(this.#room, personOf(caller));
  }

  @Post('passkeys')
  @Policy({ door: 'session' })
  @Answers(PasskeyView, 'Enrolled.', 201)
  async enrol(
    @CurrentCaller() caller: Caller,
    @Body({ schema: EnrolBody }) body: z.infer<typeof EnrolBody>,
  ): Promise<unknown> {
    await this.#requireMayEnrol(caller);
    return this.#view(await enrol(this.#room, personOf(caller), body));
  }

  /** By roles as they were given: a passkey must be there before anybody can sign for it. */
  async #requireMayEnrol(caller: Caller): Promise<void> {
    const { personId } = personOf(caller);
    const roles = (await rolesOf(this.#room.identity.rows, personId)) as Actor['roles'];
    decideAnywhere({ person: personId, roles }, 'passkey.enrol');
  }

  @Delete('passkeys/:id')
  @Policy({ door: 'session' })
  @AnswersNothing('Revoked, and with it every open grant that it approved.')
  async revoke(
    @CurrentCaller() caller: Caller,
    @Param('id', { schema: z.string().max(1400) }) id: string,
  ): Promise<void> {
    await revoke(this.#room, personOf(caller), id);
  }

  @Post('step-up/options')
  @Policy({ door: 'session' })
  @Answers(CeremonyAnswer, 'For navigator.credentials.get().')
  async offerStepUp(@CurrentCaller() caller: Caller): Promise<unknown> {
    const { personId } = personOf(caller);
    return offerStepUp(this.#room, personId, await passkeysOf(this.#room.identity.rows, personId));
  }

  @Post('step-up')
  @Policy({ door: 'session' })
  @AnswersNothing('A passkey was proved; it counts for five minutes.')
  async stepUp(
    @CurrentCaller() caller: Caller,
    @Body({ schema: StepUpBody }) { nonce, response }: z.infer<typeof StepUpBody>,
  ): Promise<void> {
    const { personId, session } = personOf(caller);
    await proveStepUp(this.#room, personId, nonce, response);
    await markStepUp(this.#room.identity.rows, session);
  }
}
