import type { LoggerService } from '@nestjs/common';
import pino from 'pino';

/** Fields of a line: ids, codes, counts, times. Nothing that came in from outside as text. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export interface AppLogger {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  /** The error's name, its code and where it was thrown; never its message, which may quote a value. */
  error(event: string, error: unknown, fields?: LogFields): void;
}

/** One JSON line an event on standard output. `event` is a constant of the code: `dump.received`. */
export function createLogger(app: string): AppLogger {
  const log = pino({ base: { app }, timestamp: pino.stdTimeFunctions.isoTime });
  return {
    info: (event, fields) => {
      log.info({ ...fields }, event);
    },
    warn: (event, fields) => {
      log.warn({ ...fields }, event);
    },
    error: (event, error, fields) => {
      log.error({ ...fields, ...describeError(error) }, event);
    },
  };
}

/** What may be written of an error: database drivers quote rows in messages, parsers quote input. */
export function describeError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const code =
    'code' in error && typeof error.code === 'string' && /^[\w.-]{1,64}$/.test(error.code) ? error.code : null;
  const cause = error.cause instanceof Error ? error.cause.name : null;
  // A setting's error is our own sentence: it names the setting and never its value.
  const told = error.name === 'SettingError' ? { text: error.message.slice(0, 200) } : {};
  return { error: error.name.slice(0, 64), code, cause, ...told, at: framesOf(error) };
}

function framesOf(error: Error): string {
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return lines
    .slice(0, 8)
    .map((line) => line.trim())
    .join(' < ');
}

/** Nest's own messages name modules and routes; errors are described as everywhere else. */
export function nestLogger(log: AppLogger): LoggerService {
  return {
    log: () => undefined,
    warn: (message: unknown) => {
      log.warn('nest.warn', { text: String(message).slice(0, 200) });
    },
    error: (message: unknown) => {
      log.error('nest.error', message);
    },
  };
}
