/**
 * console-client: the console's API, typed by its own description. For the page and the command line.
 *
 * May import: nothing of Crashkeep. Types are generated at build from the schemas that the server answers through
 * (scripts/steps/api-client.mjs); nothing here is written by hand. Runs in a browser too.
 * Source: GET /api/openapi.json.
 */
import createClient, { type Client, type ClientOptions } from 'openapi-fetch';
import type { components, paths } from './generated/api.js';

/** Schemas of the API by name: `Schemas['TopCrasher']`. */
export type Schemas = components['schemas'];
/** Every route with what it takes and answers. */
export type Paths = paths;
export type ConsoleClient = Client<paths>;

/**
 * Calls of the API. `baseUrl` is the console's origin; a token goes into `headers`, a page sends its cookie.
 * An answer has `data`, or `error` with a closed `code`.
 */
export const consoleClient = (options: ClientOptions): ConsoleClient => createClient<paths>(options);
