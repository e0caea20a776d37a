/** What the made-up API says to one request. */
export interface Answer {
  readonly status: number;
  /** Null: an empty body. */
  readonly body: unknown;
}

/** RFC 9457, as lenient-api refuses. */
export function refusal(status: number, code: string, title: string): Answer {
  return { status, body: { type: 'about:blank', title, status, code, blame: 'sender', retry: false } };
}
