import { type AskedRange, type DeviceKey, askHash, deviceThumbprint, makeProof, newDeviceKey } from '@crashkeep/access';
import { request, requestBytes } from '@crashkeep/ui';
import type { Device } from '../api/wire.js';

const DATABASE = 'crashkeep-room';
const STORE = 'device';
const KEY = 'key';

/** This browser's key. It cannot be taken out: not by a script of ours, nor by one that got in. */
export interface ThisDevice {
  readonly key: DeviceKey;
  readonly thumbprint: string;
}

let known: Promise<ThisDevice> | null = null;

/** Made at the first need, and kept in this browser's own store. */
export function thisDevice(): Promise<ThisDevice> {
  known ??= openDevice().catch((error: unknown) => {
    known = null;
    throw error;
  });
  return known;
}

async function openDevice(): Promise<ThisDevice> {
  const store = await openStore();
  const kept = (await asked(store.transaction(STORE).objectStore(STORE).get(KEY))) as DeviceKey | undefined;
  const key = kept ?? (await newDeviceKey());
  if (kept === undefined) await asked(store.transaction(STORE, 'readwrite').objectStore(STORE).put(key, KEY));
  store.close();
  return { key, thumbprint: await deviceThumbprint(key.jwk) };
}

/** A new key in place of one that was revoked. */
export async function forgetDevice(): Promise<void> {
  const store = await openStore();
  await asked(store.transaction(STORE, 'readwrite').objectStore(STORE).delete(KEY));
  store.close();
  known = null;
}

function openStore(): Promise<IDBDatabase> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(STORE);
  };
  return asked(opening);
}

function asked<T>(made: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    made.onsuccess = () => {
      resolve(made.result);
    };
    made.onerror = () => {
      reject(made.error ?? new Error('indexeddb'));
    };
  });
}

/** The room knows this device by name; else it learns it now. Returns the thumbprint that a request carries. */
export async function namedDevice(csrf: string, label = browserName()): Promise<string> {
  const { devices } = (await request('/devices')) as { readonly devices: readonly Device[] };
  const { thumbprint } = await thisDevice();
  if (devices.some((device) => device.thumbprint === thumbprint)) return thumbprint;
  try {
    return await nameIt(csrf, label);
  } catch (error) {
    // Revoked, or somebody else's who used this browser: this person gets a key of their own.
    if (!(error instanceof Error && 'code' in error && error.code === 'room.device-known')) throw error;
    await forgetDevice();
    return nameIt(csrf, label);
  }
}

async function nameIt(csrf: string, label: string): Promise<string> {
  const { key, thumbprint } = await thisDevice();
  const { nonce } = (await request('/devices/challenge', { method: 'POST', body: {}, csrf })) as { nonce: string };
  const dpop = await makeProof(key, { htm: 'POST', htu: `${location.origin}/api/v1/devices`, nonce });
  await request('/devices', { method: 'POST', body: { label }, csrf, headers: { dpop } });
  return thumbprint;
}

/** `Firefox on Linux`: a name to begin with, which its owner may change. */
export function browserName(agent = navigator.userAgent): string {
  const browser = ['Edg', 'OPR', 'Firefox', 'Chrome', 'Safari'].find((name) => agent.includes(`${name}/`));
  const system = /Windows|Android|iPhone|iPad|Mac OS X|Linux/.exec(agent)?.[0];
  const names: Readonly<Record<string, string>> = { Edg: 'Edge', OPR: 'Opera', 'Mac OS X': 'macOS' };
  const named = (text: string | undefined, or: string): string => (text === undefined ? or : (names[text] ?? text));
  return `${named(browser, 'Browser')} on ${named(system, 'this computer')}`;
}

let nonce: string | null = null;

/** Bytes of a grant, each request with a fresh proof by this device. The nonce of the last answer serves the next. */
export async function readBytes(
  grant: string,
  ranges: readonly AskedRange[],
  csrf: string,
): ReturnType<typeof requestBytes> {
  const path = `/grants/${grant}/bytes`;
  const { key } = await thisDevice();
  const ask = await askHash(ranges);
  nonce ??= ((await request('/proof-nonce')) as { nonce: string }).nonce;
  const claims = { htm: 'POST', htu: `${location.origin}/api/v1${path}`, nonce, ask } as const;
  const headers = { dpop: await makeProof(key, claims) };
  try {
    const answer = await requestBytes(path, { method: 'POST', body: { ranges }, csrf, headers });
    nonce = answer.headers.get('dpop-nonce');
    return answer;
  } catch (error) {
    nonce = null;
    if (!(error instanceof Error && 'code' in error && error.code === 'access.proof-stale')) throw error;
    return readBytes(grant, ranges, csrf);
  }
}
