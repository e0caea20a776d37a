/**
 * reading-room: where raw memory is asked for, decided on and read. An origin of its own, served by strict-api.
 *
 * May import: ui, access (the model, to show what will be signed), and the types of report. The rest it learns over HTTP.
 * Invariants: bytes live in this page's memory while it shows them and in no cache, storage, address or log; an approval is
 * signed by a passkey over the lines that are on the screen; nothing is asked of another origin.
 * Sources: DESIGN.md 7, 9; the reference screens 3, 4 and 5.
 */
import { startPage } from './app/start-page.js';

startPage(document.getElementById('page'));
