import { join } from 'node:path';
import { FileObjectStore } from './file-object-store.js';
import type { ObjectStore } from './object-store.js';
import { S3ObjectStore } from './s3-object-store.js';

/** A setting that is wrong. The text names the setting, never its value. */
class ObjectSettingError extends Error {
  override readonly name = 'SettingError';
}

/** What an app gives: platform's own functions of these names. */
export interface SettingsReader {
  readonly setting: (name: string, options?: { readonly default?: string }) => string;
  readonly secretSetting: (name: string) => string;
}

/** `dumps`: sealed payloads. `symbols`: the customer's property. `ledger`: tiles and checkpoints. Each in a folder or bucket of its own. */
export type ObjectKind = 'dumps' | 'symbols' | 'ledger';

const BUCKET_SETTING: Record<ObjectKind, string> = {
  dumps: 'CRASHKEEP_S3_BUCKET',
  symbols: 'CRASHKEEP_S3_SYMBOLS_BUCKET',
  ledger: 'CRASHKEEP_S3_LEDGER_BUCKET',
};

/**
 * CRASHKEEP_OBJECTS is `files:<folder>`, or `s3` with CRASHKEEP_S3_ENDPOINT (`host` or `host:port`), _REGION, _BUCKET,
 * _SYMBOLS_BUCKET, _LEDGER_BUCKET, _ACCESS_KEY, _SECRET_KEY_FILE, _USE_TLS (`true` unless it says `false`).
 */
export async function objectStoreFromSettings(kind: ObjectKind, settings: SettingsReader): Promise<ObjectStore> {
  const objects = settings.setting('CRASHKEEP_OBJECTS');
  if (objects === 's3') return s3FromSettings(kind, settings);
  const folder = /^files:(.+)$/s.exec(objects)?.[1];
  if (folder === undefined) throw new ObjectSettingError('CRASHKEEP_OBJECTS must be files:<folder> or s3.');
  return FileObjectStore.open(join(folder, kind));
}

function s3FromSettings(kind: ObjectKind, { setting, secretSetting }: SettingsReader): ObjectStore {
  const useTls = setting('CRASHKEEP_S3_USE_TLS', { default: 'true' }) !== 'false';
  const [, host, port] = /^([\w.-]+)(?::(\d{1,5}))?$/.exec(setting('CRASHKEEP_S3_ENDPOINT')) ?? [];
  if (host === undefined) throw new ObjectSettingError('CRASHKEEP_S3_ENDPOINT must be a host, or host:port.');
  return new S3ObjectStore({
    host,
    port: port === undefined ? (useTls ? 443 : 80) : Number(port),
    useTls,
    region: setting('CRASHKEEP_S3_REGION', { default: 'us-east-1' }),
    bucket: setting(BUCKET_SETTING[kind]),
    accessKey: setting('CRASHKEEP_S3_ACCESS_KEY'),
    secretKey: secretSetting('CRASHKEEP_S3_SECRET_KEY'),
  });
}
