import { roomProblem } from './room-error.js';

/** The last row of a page: its time and id. */
export interface PageEnd {
  readonly createdAt: Date;
  readonly id: string;
}

export const PAGE_SIZE = 50;

export const cursorOf = ({ createdAt, id }: PageEnd): string =>
  Buffer.from(`${createdAt.toISOString()} ${id}`).toString('base64url');

export function parseCursor(cursor: string | undefined): PageEnd | undefined {
  if (cursor === undefined) return undefined;
  const [time = '', id = '', ...rest] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  const createdAt = new Date(time);
  if (rest.length > 0 || Number.isNaN(createdAt.getTime()) || !/^[0-9a-f-]{36}$/.test(id)) {
    throw roomProblem('room.bad-cursor');
  }
  return { createdAt, id };
}
