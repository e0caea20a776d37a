/** The origin that a session is for. One of the console is nothing in the reading room. */
export const AUDIENCES = ['console', 'room'] as const;
export type Audience = (typeof AUDIENCES)[number];
