import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { holder } from '../../../support/holders.js';
import { qpdf } from '../../../support/programs/qpdf.js';
import { ownWorld } from '../../../support/world.js';
import { carriers, handIn } from './carriers.js';

describe('a certificate that another program has saved again', () => {
  ownWorld();

  for (const how of ['--object-streams=generate', '--linearize', '--qdf', '--stream-data=uncompress'])
    it(`is read after qpdf ${how}`, async () => {
      const { certificate } = await holder();
      const folder = mkdtempSync(join(tmpdir(), 'saved-'));
      try {
        const [before, after] = [join(folder, 'in.pdf'), join(folder, 'out.pdf')];
        writeFileSync(before, (await carriers['pdf']?.(certificate.credential)) ?? '');
        const { status, stderr } = qpdf(how, before, after);
        expect(status, stderr).to.equal(0);
        expect((await handIn(readFileSync(after))).body.verdict).to.equal('valid');
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
});
