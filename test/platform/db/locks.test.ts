import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../server/config.js';
import { LOCKS } from '../../../server/platform/db/locks.js';

describe('advisory locks', () => {
  it('have different numbers', () => {
    const numbers = Object.values(LOCKS);
    expect(new Set(numbers).size).to.equal(numbers.length);
  });

  it('take their numbers from one list', () => {
    const folder = join(projectRoot, 'server');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(path =>
      path.endsWith('.ts'),
    );
    const calls = files.flatMap(path => {
      const text = readFileSync(join(folder, path), 'utf8');
      return [...text.matchAll(/pg_\w*advisory\w*\((?!\$\{LOCKS\.\w+\}\)).*/g)].map(
        ([call]) => `${path}: ${call}`,
      );
    });
    expect(calls).to.deep.equal([]);
  });
});
