/** The console's session. The reading room's has another name: browsers share cookies of one host between ports. */
export const CONSOLE_COOKIE = '__Host-ck-console';
