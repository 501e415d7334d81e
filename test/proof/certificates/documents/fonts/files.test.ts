import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { expect } from 'chai';
import { projectRoot } from '../../../../../server/config.js';

describe('the font files', () => {
  const folder = join(projectRoot, 'server/proof/certificates/documents/fonts');

  it('are those that their README names, to the byte', () => {
    const rows = readFileSync(join(folder, 'README.md'), 'utf8').matchAll(/^\| `(\S+)`.*`([0-9a-f]{64})`/gm);
    const named = [...rows].map(([, file, hash]) => [file, hash]);
    const files = readdirSync(folder).filter(file => /\.ttf(\.br)?$/.test(file));
    expect(named).to.deep.equal(files.sort().map(file => [file, sha256(file)]));
  });

  const sha256 = (file: string): string => {
    const bytes = readFileSync(join(folder, file));
    return createHash('sha256')
      .update(file.endsWith('.br') ? brotliDecompressSync(bytes) : bytes)
      .digest('hex');
  };
});
