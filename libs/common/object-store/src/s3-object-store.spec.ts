import { randomUUID } from 'node:crypto';
import { type MinioServer, minioBinary, startMinio } from '@crashkeep/testkit';
import { Client } from 'minio';
import { describe, expect, test } from 'vitest';
import { objectKey } from './object-key.js';
import { objectStoreContract } from './object-store.contract.js';
import { objectStoreFromSettings } from './object-store-settings.js';
import { S3ObjectStore } from './s3-object-store.js';

const binary = minioBinary();
const settingsOf = ({ host, port, accessKey, secretKey }: Omit<MinioServer, 'stop'>, bucket = 'dumps') => ({
  ...{ host, port, accessKey, secretKey, bucket },
  useTls: false,
  region: 'us-east-1',
});

async function open() {
  const server = await startMinio(binary ?? '');
  const settings = settingsOf(server);
  const client = new Client({ ...server, endPoint: server.host, useSSL: false, region: settings.region });
  await client.makeBucket(settings.bucket, settings.region);
  return {
    store: new S3ObjectStore(settings),
    leftovers: async (key: string) => {
      const uploads: unknown[] = [];
      // MinIO lists the uploads of one object only, by its whole name.
      for await (const upload of client.listIncompleteUploads(settings.bucket, key, true)) uploads.push(upload);
      return uploads.length;
    },
    close: server.stop,
  };
}

if (binary === null) test.skip('S3: NOT RUN, no MinIO on this machine (go install github.com/minio/minio@latest)');
else objectStoreContract('S3, a real MinIO', open);

describe('S3', () => {
  const nobody = settingsOf({ host: '127.0.0.1', port: 1, accessKey: 'a', secretKey: 'b' });

  test('where no server answers is a store that is away, and says nothing of where', async () => {
    const store = new S3ObjectStore(nobody);
    const key = objectKey(randomUUID(), 'payload');
    async function* bytes(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(Buffer.from('sealed'));
    }
    const acts = [
      () => store.put(key, bytes()),
      () => store.read(key, 0, 1),
      () => store.size(key),
      () => store.check(),
    ];
    for (const act of acts) {
      await expect(act()).rejects.toMatchObject({ code: 'object.store-away', message: 'object.store-away' });
    }
  });

  test('settings name the store; a wrong one is refused without quoting it', async () => {
    const values: Record<string, string> = { CRASHKEEP_OBJECTS: 's3', CRASHKEEP_S3_BUCKET: 'dumps' };
    const reader = {
      setting: (name: string, options?: { readonly default?: string }) => values[name] ?? options?.default ?? 'x',
      secretSetting: () => 'secret',
    };
    expect(await objectStoreFromSettings('dumps', reader)).toBeInstanceOf(S3ObjectStore);
    values['CRASHKEEP_S3_ENDPOINT'] = 'http://user:pass@host';
    await expect(objectStoreFromSettings('dumps', reader)).rejects.toThrow(/^CRASHKEEP_S3_ENDPOINT must/);
    values['CRASHKEEP_OBJECTS'] = 'ftp:x';
    await expect(objectStoreFromSettings('dumps', reader)).rejects.toThrow(/^CRASHKEEP_OBJECTS must/);
  });
});
