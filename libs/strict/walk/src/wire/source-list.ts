import { Buffer } from 'node:buffer';

/** What the parent opened for one module; `key` is equal for equal symbols, so that a warm child knows them again. */
export interface OpenedSource {
  /** 1 to 255, for asks. */
  readonly source: number;
  readonly size: number;
  readonly key: string;
}

/** By module, in the order of the ask: first the one that is asked first, none where there are no symbols. */
export function encodeSources(sources: readonly (readonly OpenedSource[])[]): Buffer {
  return Buffer.from(JSON.stringify(sources));
}

/** The parent is trusted by its child: no schema. */
export function decodeSources(payload: Buffer): OpenedSource[][] {
  return JSON.parse(payload.toString()) as OpenedSource[][];
}
