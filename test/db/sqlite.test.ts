import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openConnection, closeConnection, execute } from '../../server/db/sqlite-connection.js';
import { openSqlite } from '../../server/db/sqlite.js';

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
});
