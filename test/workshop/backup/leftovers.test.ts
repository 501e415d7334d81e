import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { removeLeftovers } from '../../../server/workshop/backup/leftovers.js';

const HOUR = 3_600_000;
const NOW = Date.UTC(2027, 2, 1);

describe('what a killed backup or restore leaves', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'leftovers-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** A folder with a file in it, both last written so long ago (ms). */
  function made(name: string, { folderAge = 2 * HOUR, fileAge = 2 * HOUR } = {}): string {
    const path = join(folder, name);
    mkdirSync(path);
    const file = join(path, 'database.sqlite');
    writeFileSync(file, 'x');
    utimesSync(file, (NOW - fileAge) / 1000, (NOW - fileAge) / 1000);
    utimesSync(path, (NOW - folderAge) / 1000, (NOW - folderAge) / 1000);
    return path;
  }

  it('is removed by the next one', async () => {
    const left = [made('daily.tar.gz.partial-aB3dE9'), made('.restoring-Zz0000')];
    expect((await removeLeftovers(folder, NOW)).sort()).to.deep.equal(left.sort());
    expect(left.some(path => existsSync(path))).to.equal(false);
  });

  it('stays while something is written there, and nothing else is touched', async () => {
    const kept = [
      made('a.tar.gz.partial-aB3dE9', { fileAge: HOUR / 2 }),
      made('b.tar.gz.partial-aB3dE9', { folderAge: HOUR / 2 }),
      made('partial-aB3dE9'),
      made('x.restoring-Zz0000'),
      made('safe-passage.sqlite.before-20270101000000'),
    ];
    expect(await removeLeftovers(folder, NOW)).to.deep.equal([]);
    expect(kept.every(path => existsSync(path))).to.equal(true);
  });

  it('is no folder of another program, whatever its name', async () => {
    const other = made('thesis.partial-aB3dE9');
    writeFileSync(join(other, 'thesis.txt'), 'x');
    for (const path of [join(other, 'thesis.txt'), other])
      utimesSync(path, (NOW - 2 * HOUR) / 1000, (NOW - 2 * HOUR) / 1000);
    expect(await removeLeftovers(folder, NOW)).to.deep.equal([]);
    expect(existsSync(join(other, 'thesis.txt'))).to.equal(true);
  });

  it('is nothing in a folder that does not exist', async () => {
    expect(await removeLeftovers(join(folder, 'gone'), NOW)).to.deep.equal([]);
  });
});
