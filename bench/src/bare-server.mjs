// The peer of bench/ingest: what a server costs that does nothing but write the body to a file.
import { createWriteStream, mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

const [folder, port] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
let count = 0;
createServer((request, response) => {
  const file = createWriteStream(join(folder, String(count++ % 64)));
  pipeline(request, file).then(
    () => response.end('ok'),
    () => response.destroy(),
  );
}).listen(Number(port), '127.0.0.1');
