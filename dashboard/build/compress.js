// Leaves a .br and a .gz beside each file that shrinks, so that the centre compresses nothing while it serves.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const folder = join(import.meta.dirname, '..', '..', 'artifacts', 'dashboard');
const compressible = /\.(js|css|svg|html|json|txt)$/;
// The page itself is filled in at each request.
const leftAsItIs = 'index.html';

for (const name of readdirSync(folder, { recursive: true })) {
  const file = join(folder, name);
  if (name === leftAsItIs || !compressible.test(name) || !statSync(file).isFile()) continue;
  const bytes = readFileSync(file);
  const variants = {
    '.br': brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
    '.gz': gzipSync(bytes, { level: 9 }),
  };
  for (const [ending, compressed] of Object.entries(variants)) {
    if (compressed.length < bytes.length) writeFileSync(file + ending, compressed);
  }
}
