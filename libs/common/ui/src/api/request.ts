import { ApiError } from './api-error.js';

const PATIENCE_MS = 15_000;

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  /** From the session: each call that changes something carries it. */
  readonly csrf?: string;
  readonly signal?: AbortSignal;
  /** Beside ours: a device's proof. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** One call of `/api/v1`. An empty answer is null. Throws ApiError. */
export async function request(path: string, options: RequestOptions = {}): Promise<unknown> {
  const response = await ask(path, options);
  if (!response.ok) throw await refusalOf(response);
  if (response.status === 204) return null;
  try {
    return await response.json();
  } catch {
    throw new ApiError('network.unreadable', response.status, null);
  }
}

/** Bytes and the headers that came with them. They are in this page's memory and nowhere else. Throws ApiError. */
export async function requestBytes(
  path: string,
  options: Pick<RequestOptions, 'method' | 'body' | 'csrf' | 'headers' | 'signal'> = {},
): Promise<{ readonly bytes: Uint8Array; readonly headers: Headers }> {
  const response = await ask(path, options);
  if (!response.ok) throw await refusalOf(response);
  return { bytes: new Uint8Array(await response.arrayBuffer()), headers: response.headers };
}

async function ask(
  path: string,
  { method = 'GET', body, csrf, signal, headers: more = {} }: RequestOptions,
): Promise<Response> {
  const headers = new Headers({ ...more, accept: 'application/json' });
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (csrf !== undefined) headers.set('x-crashkeep-csrf', csrf);
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    return await fetch(`/api/v1${path}`, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: signal === undefined ? patience : AbortSignal.any([signal, patience]),
    });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new ApiError(patience.aborted ? 'network.timeout' : 'network.unreachable', 0, null);
  }
}

/** RFC 9457, where the answer is one. */
async function refusalOf(response: Response): Promise<ApiError> {
  const problem: unknown = await response.json().catch(() => null);
  const { code, title } = (typeof problem === 'object' && problem !== null ? problem : {}) as {
    readonly code?: unknown;
    readonly title?: unknown;
  };
  return new ApiError(
    typeof code === 'string' ? code : `http.${String(response.status)}`,
    response.status,
    typeof title === 'string' ? title : null,
  );
}

/** `?a=b`, without what is empty. */
export function queryText(parts: Readonly<Record<string, string | null | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parts)) {
    if (value !== null && value !== undefined && value !== '') query.set(name, value);
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
