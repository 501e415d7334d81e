import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { projectRoot } from '../../server/config.js';

/** Compressed, as it travels: comments and names in the source are for its readers. */
const STYLES = 8 * 1024;

describe('the style sheet', () => {
  it('is one for all pages, and stays small', () => {
    expect(gzipSync(readFileSync(join(projectRoot, 'views/assets/app.css'))).length).to.be.at.most(STYLES);
  });
});
