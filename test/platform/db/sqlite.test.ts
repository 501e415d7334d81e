import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  closeConnection,
  execute,
  keepWriteAheadLog,
  openConnection,
} from '../../../server/platform/db/sqlite-connection.js';
import { openSqlite } from '../../../server/platform/db/sqlite.js';

describe('a SQLite file', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'sqlite-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('that another program made and has open is closed with an empty log', async () => {
    const file = join(folder, 'new.sqlite');
    const opened = await openSqlite(file);
    const other = await openConnection(file, { isReader: false });
    await execute(other, 'create table made (n integer)');
    await opened.close();
    expect(statSync(`${file}-wal`).size).to.equal(0);
    await closeConnection(other);
  });

  it('that is new gets its log from several connections at once', async () => {
    for (let n = 0; n < 50; n += 1) {
      const file = join(folder, `${n}.sqlite`);
      writeFileSync(file, '');
      const all = await Promise.all([1, 2, 3, 4].map(() => openConnection(file, { isReader: false })));
      await Promise.all(all.map(keepWriteAheadLog));
      await execute(all[0]!, 'create table made (n integer)');
      expect(existsSync(`${file}-wal`)).to.equal(true);
      for (const connection of all) await closeConnection(connection);
    }
  });
});
