import { zipSync } from 'fflate';

/** A ZIP of text files. */
export const zipOf = (files: Readonly<Record<string, string | Uint8Array>>): Buffer =>
  Buffer.from(
    zipSync(
      Object.fromEntries(
        Object.entries(files).map(([name, file]) => [
          name,
          typeof file === 'string' ? Buffer.from(file) : file,
        ]),
      ),
      { level: 9 },
    ),
  );
