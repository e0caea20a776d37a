/**
 * web: the console, where engineers read reports. Safe data only.
 *
 * May import: ui, and the types of report. Everything else it learns over HTTP from lenient-api.
 * Invariants: no request to another origin; nothing of a dump is ever here, and its raw tier is a link into the reading room;
 * the address bar is the state of every list; works under `default-src 'none'` with 'self' for scripts, styles, fonts.
 * Sources: DESIGN.md 1, 6, 9; the reference screens.
 */
import { startPage } from './app/start-page.js';

startPage(document.getElementById('page'));
