import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { projectRoot } from '../../server/config.js';

/** Compressed, as it travels: comments and names in the source are for its readers. */
const BUDGETS = {
  /** Every page. */
  'app.css': 8 * 1024,
  /** Only the pages of administrators and managers. */
  'office.css': 1024,
  /** Only lessons, questions and drawings. */
  'learning.css': 2 * 1024,
};

describe('the style sheets', () => {
  for (const [name, most] of Object.entries(BUDGETS)) {
    it(`stay small: ${name}`, () => {
      expect(gzipSync(readFileSync(join(projectRoot, 'views/assets', name))).length).to.be.at.most(most);
    });
  }
});
