import { Buffer } from 'node:buffer';

/** What the parent gives a child to do. */
export type ChildJob =
  | {
      readonly kind: 'walk';
      /** Bytes of the dump. */
      readonly size: number;
      /** True for a person's own file: absolute addresses are answered. */
      readonly addresses: boolean;
      /** True where the whole dump follows. */
      readonly pushed: boolean;
    }
  | { readonly kind: 'convert'; readonly size: number; readonly formBytesMax: number }
  | {
      readonly kind: 'screen';
      readonly size: number;
      /** False for what a client sent beside a dump: it is searched as it lies. */
      readonly isDump: boolean;
      /** What each pass over it may take. */
      readonly passMilliseconds: number;
    };

/** u32 length of the JSON, the JSON, and the dump where it is pushed. */
export function encodeJob(job: ChildJob, pushed: Uint8Array | null): Uint8Array[] {
  const json = Buffer.from(JSON.stringify(job));
  const length = Buffer.allocUnsafe(4);
  length.writeUInt32LE(json.length);
  return pushed === null ? [length, json] : [length, json, pushed];
}

export function decodeJob(payload: Buffer): { readonly job: ChildJob; readonly pushed: Buffer } {
  const length = payload.readUInt32LE(0);
  const job = JSON.parse(payload.subarray(4, 4 + length).toString()) as ChildJob;
  return { job, pushed: payload.subarray(4 + length) };
}
