import { buffer } from 'node:stream/consumers';
import { zipSync } from 'fflate';
import { zipFiles } from '../../../../server/platform/lib/zip.js';

type Files = Readonly<Record<string, string | Uint8Array>>;

/** A ZIP of files, whatever their names. */
export const zipOf = (files: Files): Buffer =>
  Buffer.from(
    zipSync(
      Object.fromEntries(
        Object.entries(files).map(([path, file]) => [
          path,
          typeof file === 'string' ? Buffer.from(file) : file,
        ]),
      ),
      { level: 9 },
    ),
  );

/** As much as no ZIP of a roster may hold. */
const FILLING = 'x'.repeat(101 * 1024 * 1024);

/**
 * A ZIP of small files and one at `path` that is too large to be unpacked. In JavaScript, packing it takes seconds: Node's own
 * zlib does it in a moment.
 */
export const bombOf = (path: string, files: Files): Promise<Buffer> =>
  buffer(zipFiles(each({ ...files, [path]: FILLING })));

async function* each(files: Files) {
  for (const [path, content] of Object.entries(files)) yield await Promise.resolve({ path, content });
}
