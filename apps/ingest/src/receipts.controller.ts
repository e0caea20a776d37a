import type { VerifiedToken } from '@crashkeep/identity';
import {
  TreeReader,
  databaseTiles,
  entryHash,
  entryOf,
  latestCheckpoint,
  proofText,
  rootOfInclusion,
} from '@crashkeep/ledger';
import { Policy } from '@crashkeep/platform';
import { type StrictRows, findUploader } from '@crashkeep/strict-store';
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { jsonAnswer, textAnswer } from './door/answer.js';
import { IngestError } from './ingest-error.js';
import { INTAKE } from './intake-token.js';
import { type Intake, admit } from './intake.js';
import { Uploads } from './uploads.js';

const DUMP_TOKEN = { door: 'token-in-handler', classes: ['ingest'] } as const;
const DumpName = z.union([z.uuid(), z.string().regex(/^[0-9a-f]{16}$/)]);

interface ReceivedLeaf {
  readonly id: string;
  readonly seq: bigint | null;
  readonly process: string;
  readonly body: string;
  readonly salt: Uint8Array;
  readonly created_at: Date;
}

/** Proofs for who uploaded: that the ledger says so, and cannot unsay it. */
@Controller()
export class ReceiptsController {
  readonly #intake: Intake;
  readonly #uploads: Uploads;

  constructor(@Inject(INTAKE) intake: Intake, @Inject(Uploads) uploads: Uploads) {
    this.#intake = intake;
    this.#uploads = uploads;
  }

  /** A C2SP tlog-proof whose extra data is the ledger's entry. 503 with Retry-After: 1 until a checkpoint covers it. */
  @Get('receipts/:dump')
  @Policy(DUMP_TOKEN)
  async receipt(@Req() request: Request, @Res() response: Response, @Param('dump') dump: string): Promise<void> {
    await this.#uploads.handle(request, response, async () => {
      const holder = await admit(this.#intake, request, 'ingest');
      return textAnswer(200, await receiptFor(this.#intake.store.rows, dump, holder));
    });
  }

  /** The key that receipts follow from. Whoever has another way to learn it should prefer that one. */
  @Get('ledger')
  @Policy(DUMP_TOKEN)
  async ledger(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.#uploads.handle(request, response, async () => {
      await admit(this.#intake, request, 'ingest');
      const checkpoint = await latestCheckpoint(this.#intake.store.rows);
      if (!checkpoint) throw new IngestError('ingest.receipt-later');
      const { key, successions } = checkpoint;
      return jsonAnswer(JSON.stringify({ key, successions }));
    });
  }
}

async function receiptFor(rows: StrictRows, dump: string, holder: VerifiedToken): Promise<string> {
  const found = DumpName.safeParse(dump).success ? await findUploader(rows, dump) : null;
  if (found?.tokenId !== holder.tokenId) throw new IngestError('ingest.no-receipt');
  const [leaf] = await rows.$queryRaw<ReceivedLeaf[]>`SELECT id, seq, process, body, salt, created_at
    FROM ledger.received_leaf(${found.id}::uuid)`;
  const checkpoint = await latestCheckpoint(rows);
  const index = Number(leaf?.seq ?? Infinity);
  if (!leaf || !checkpoint || index >= checkpoint.size) throw new IngestError('ingest.receipt-later');
  const entry = entryOf({ ...leaf, at: leaf.created_at });
  const proof = await new TreeReader(databaseTiles(rows), checkpoint.size).inclusionProof(index);
  // Nothing is handed out that the sender would have to refuse.
  const root = rootOfInclusion(entryHash(entry), index, checkpoint.size, proof);
  if (!root.equals(checkpoint.root)) throw new IngestError('ingest.receipt-later');
  return proofText({ entry, index, proof, checkpoint: checkpoint.note });
}
