// `node scripts/api-client.mjs`: the console client's types anew, after a route or a schema of lenient-api has changed.
import { generateApiClient } from './steps/api-client.mjs';

generateApiClient();
