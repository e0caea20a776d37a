/**
 * lenient-api: the crash console's server. Reports, groups, people and tokens; serves apps/web. Has never heard of bytes.
 *
 * May import: common, report, lenient-store. Reaches nothing strict, by no path.
 * Invariants: every route has a policy; every body and every answer passes a schema; a project that a caller is no member of is not
 * there; each act on people, roles and tokens is a leaf in its own transaction; a machine's token only reads.
 * Sources: DESIGN.md 6, 9, 15, 16; RFC 9457; OpenAPI 3.1.
 */
export { bootConsole } from './console-app.js';
export type { Console } from './console.js';
