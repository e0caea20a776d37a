import { rolesOf } from '@crashkeep/identity';
import { type PersonId, PersonIdText, type ProjectId } from '@crashkeep/ids';
import {
  addGroupNote,
  changeGroupNote,
  findGroupNotes,
  mergeGroups,
  setGroupOwner,
  setGroupStatus,
  undoMerge,
} from '@crashkeep/lenient-store';
import { type Caller, CurrentCaller, Policy, refused } from '@crashkeep/platform';
import { Body, Controller, Delete, Get, Inject, Param, Patch, Post } from '@nestjs/common';
import type { z } from 'zod';
import { CONSOLE, type Console } from '../console.js';
import { Answers, AnswersNothing } from '../http/answers.js';
import { answering } from '../http/console-error.js';
import { instantOrNull, instantText } from '../http/words.js';
import { GroupPath } from './crash-wire.js';
import { GroupPatch, MadeAnswer, MergeBody, NoteBody, NotePath, NotesAnswer, PartPath } from './group-wire.js';
import { peopleNames } from './people-names.js';
import { actedGroup, seenGroup } from './seen-group.js';

/** What people say of a signature, and do with it. A machine only reads. */
@Controller('api/v1/groups/:id')
export class GroupActsController {
  readonly #console: Console;

  constructor(@Inject(CONSOLE) console: Console) {
    this.#console = console;
  }

  @Patch()
  @Policy({ door: 'session' })
  @AnswersNothing('Its status or owner is changed.')
  async change(
    @CurrentCaller() caller: Caller,
    @Param({ schema: GroupPath }) { id }: z.infer<typeof GroupPath>,
    @Body({ schema: GroupPatch }) { status, fixed_in: fixedIn, owner }: z.infer<typeof GroupPatch>,
  ): Promise<void> {
    const { group, me } = await actedGroup(this.#console, caller, id);
    const by = PersonIdText.parse(me.personId);
    if (owner != null) await this.#requireMember(owner, group.project);
    await this.#console.store.transaction(async (rows) => {
      if (status !== undefined) await setGroupStatus(rows, group, by, { status, fixedIn: fixedIn ?? null });
      if (owner !== undefined) await setGroupOwner(rows, group, by, owner);
    });
  }

  @Post('parts')
  @Policy({ door: 'session' })
  @AnswersNothing('The other group is shown as a part of this one. Taking it back leaves both as they were.')
  async merge(
    @CurrentCaller() caller: Caller,
    @Param({ schema: GroupPath }) { id }: z.infer<typeof GroupPath>,
    @Body({ schema: MergeBody }) { part }: z.infer<typeof MergeBody>,
  ): Promise<void> {
    const { group, me } = await actedGroup(this.#console, caller, id);
    const { group: other } = await actedGroup(this.#console, caller, part);
    const by = PersonIdText.parse(me.personId);
    await answering(() => this.#console.store.transaction((rows) => mergeGroups(rows, group, other, by)));
  }

  @Delete('parts/:part')
  @Policy({ door: 'session' })
  @AnswersNothing('The part is a group of its own again.')
  async undoMerge(
    @CurrentCaller() caller: Caller,
    @Param({ schema: PartPath }) { id, part }: z.infer<typeof PartPath>,
  ): Promise<void> {
    const { group, me } = await actedGroup(this.#console, caller, id);
    const by = PersonIdText.parse(me.personId);
    await answering(() => this.#console.store.transaction((rows) => undoMerge(rows, group, part, by)));
  }

  @Get('notes')
  @Policy({ door: 'session-or-token', classes: ['read'] })
  @Answers(NotesAnswer, 'Plain texts of people, oldest first.')
  async notes(
    @CurrentCaller() caller: Caller,
    @Param({ schema: GroupPath }) { id }: z.infer<typeof GroupPath>,
  ): Promise<z.input<typeof NotesAnswer>> {
    const { members } = await seenGroup(this.#console, caller, id);
    const notes = await findGroupNotes(this.#console.store.rows, members);
    const nameOf = await peopleNames(
      this.#console,
      notes.map((it) => it.authorId),
    );
    return {
      notes: notes.map((it) => ({
        id: it.id,
        author: nameOf(it.authorId) ?? { id: it.authorId, name: it.authorId },
        text: it.text,
        made_at: instantText(it.madeAt),
        edited_at: instantOrNull(it.editedAt),
        mine: caller.kind === 'person' && caller.personId === it.authorId,
      })),
    };
  }

  @Post('notes')
  @Policy({ door: 'session' })
  @Answers(MadeAnswer, 'The note is there.', 201)
  async addNote(
    @CurrentCaller() caller: Caller,
    @Param({ schema: GroupPath }) { id }: z.infer<typeof GroupPath>,
    @Body({ schema: NoteBody }) { text }: z.infer<typeof NoteBody>,
  ): Promise<z.input<typeof MadeAnswer>> {
    const { group, me } = await actedGroup(this.#console, caller, id);
    const by = PersonIdText.parse(me.personId);
    return { id: await answering(() => addGroupNote(this.#console.store.rows, group, by, text)) };
  }

  @Patch('notes/:note')
  @Policy({ door: 'session' })
  @AnswersNothing('The note says something else.')
  async editNote(
    @CurrentCaller() caller: Caller,
    @Param({ schema: NotePath }) { id, note }: z.infer<typeof NotePath>,
    @Body({ schema: NoteBody }) { text }: z.infer<typeof NoteBody>,
  ): Promise<void> {
    await this.#changeNote(caller, id, note, text);
  }

  @Delete('notes/:note')
  @Policy({ door: 'session' })
  @AnswersNothing('The note is taken back.')
  async removeNote(
    @CurrentCaller() caller: Caller,
    @Param({ schema: NotePath }) { id, note }: z.infer<typeof NotePath>,
  ): Promise<void> {
    await this.#changeNote(caller, id, note, null);
  }

  async #changeNote(caller: Caller, id: string, note: string, text: string | null): Promise<void> {
    const { me } = await actedGroup(this.#console, caller, id);
    const by = PersonIdText.parse(me.personId);
    await answering(() => changeGroupNote(this.#console.store.rows, note, by, text));
  }

  /** An owner must be able to see what they own. */
  async #requireMember(person: PersonId, project: ProjectId): Promise<void> {
    const roles = await rolesOf(this.#console.identity.rows, person);
    if (!roles.some((it) => it.project === project || it.project === '*')) throw refused.notFound();
  }
}
