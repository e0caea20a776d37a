/** What the API refused, or why it could not be asked. The message is the code. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    /** `area.reason`: the API's own, or `network.unreachable`, `network.timeout`, `network.unreadable`. */
    readonly code: string,
    /** HTTP status; 0 where there was no answer. */
    readonly status: number,
    /** The API's sentence on what to do. Null where there is none. */
    readonly title: string | null,
  ) {
    super(code);
  }
}

/** Code and a sentence for any failure of a query. */
export function explainError(error: unknown): { readonly code: string; readonly why: string } {
  if (!(error instanceof ApiError)) return { code: 'page.broken', why: 'Something in this page went wrong.' };
  if (error.title !== null) return { code: error.code, why: error.title };
  if (error.code === 'network.timeout') return { code: error.code, why: 'The server did not answer in 15 seconds.' };
  if (error.status === 0) return { code: error.code, why: 'The server could not be reached.' };
  return { code: error.code, why: 'The server answered something that this page cannot read.' };
}
