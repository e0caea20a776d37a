import { DeviceText, PROOF_MAX } from '@crashkeep/access';
import { type Caller, CurrentCaller, Policy } from '@crashkeep/platform';
import { Body, Controller, Delete, Get, Headers, Inject, Param, Post, Put, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Answers, AnswersNothing } from '../http/answers.js';
import { actorOf } from '../rights.js';
import { ROOM, type Room } from '../room.js';
import { DeviceChallenge, DevicesAnswer, DevicesQuery, NameDeviceBody, NonceView } from '../wire/devices.js';
import { deviceViews, nameDevice, offerNaming, proposeHardened, relabel, revoke } from './devices.js';

/** Keys that reads are proved with. */
@Controller('api/v1')
export class DevicesController {
  readonly #room: Room;

  constructor(@Inject(ROOM) room: Room) {
    this.#room = room;
  }

  @Get('devices')
  @Policy({ door: 'session' })
  @Answers(DevicesAnswer, 'Devices that are not revoked, newest first.')
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: DevicesQuery }) { whose }: z.infer<typeof DevicesQuery>,
  ): Promise<unknown> {
    return { devices: await deviceViews(this.#room, actorOf(caller), whose) };
  }

  @Post('devices/challenge')
  @Policy({ door: 'session' })
  @Answers(DeviceChallenge, 'What the proof that names a device carries: valid for five minutes, once.')
  challenge(@CurrentCaller() caller: Caller): Promise<unknown> {
    return offerNaming(this.#room, actorOf(caller));
  }

  @Post('devices')
  @Policy({ door: 'session' })
  @Answers(DevicesAnswer, 'Named; your devices.', 201)
  async name(
    @CurrentCaller() caller: Caller,
    @Body({ schema: NameDeviceBody }) { label }: z.infer<typeof NameDeviceBody>,
    @Headers('dpop') header: string | undefined,
  ): Promise<unknown> {
    const actor = actorOf(caller);
    const proof = header === undefined || header.length > PROOF_MAX ? null : header;
    await nameDevice(this.#room, actor, { proof, label, kind: 'browser' });
    return { devices: await deviceViews(this.#room, actor, 'mine') };
  }

  @Put('devices/:thumbprint')
  @Policy({ door: 'session' })
  @Answers(DevicesAnswer, 'Renamed; your devices.')
  async rename(
    @CurrentCaller() caller: Caller,
    @Param('thumbprint', { schema: DeviceText }) thumbprint: string,
    @Body({ schema: NameDeviceBody }) { label }: z.infer<typeof NameDeviceBody>,
  ): Promise<unknown> {
    const actor = actorOf(caller);
    await relabel(this.#room, actor, thumbprint, label);
    return { devices: await deviceViews(this.#room, actor, 'mine') };
  }

  @Delete('devices/:thumbprint')
  @Policy({ door: 'session' })
  @AnswersNothing('Revoked, and with it every open grant that it may read under.')
  revoke(
    @CurrentCaller() caller: Caller,
    @Param('thumbprint', { schema: DeviceText }) thumbprint: string,
  ): Promise<void> {
    return revoke(this.#room, actorOf(caller), thumbprint);
  }

  @Post('devices/:thumbprint/hardened')
  @Policy({ door: 'session' })
  @Answers(DevicesAnswer, 'Put up for signature; all devices.')
  async harden(
    @CurrentCaller() caller: Caller,
    @Param('thumbprint', { schema: DeviceText }) thumbprint: string,
  ): Promise<unknown> {
    const actor = actorOf(caller);
    await proposeHardened(this.#room, actor, thumbprint);
    return { devices: await deviceViews(this.#room, actor, 'all') };
  }

  @Get('proof-nonce')
  @Policy({ door: 'session' })
  @Answers(NonceView, 'What the next proof of a read carries; good for two minutes.')
  async nonce(): Promise<unknown> {
    return { nonce: await this.#room.keeper.nonce() };
  }
}
