import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { connect, disconnect, ofDatabase } from '../../../server/platform/db/connect.js';

describe('a value of the open database', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'connect-'))));
  afterEach(async () => {
    await disconnect();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = (name: string) => connect(`sqlite:${join(folder, name)}`);

  it('is made once', async () => {
    const cache = ofDatabase(() => new Map<string, string>());
    await open('first.sqlite');
    cache().set('key', 'value');
    expect(cache().get('key')).to.equal('value');
  });

  it('is not seen by a database that is opened later', async () => {
    const cache = ofDatabase(() => new Map<string, string>());
    await open('first.sqlite');
    cache().set('key', 'value');
    await disconnect();
    await open('second.sqlite');
    expect(cache().size).to.equal(0);
  });

  it('is unavailable when no database is open', () => {
    const cache = ofDatabase(() => new Map<string, string>());
    expect(() => cache()).to.throw('No database is open');
  });
});
