import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  whyUnreadable,
  openCheckpoints,
  type Checkpoints,
} from '../../../../server/proof/certificates/ledger/checkpoints.js';
import { CannotStart } from '../../../../server/config.js';

describe('the files of what was published last', () => {
  let folder: string;
  let checkpoints: Checkpoints;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'checkpoints-'));
    checkpoints = openCheckpoints(folder);
    checkpoints.ledger({ seq: 1, hash: 'a'.repeat(64) });
    checkpoints.noteProven({ number: 1, sha256: 'b'.repeat(64), at: 1, wholeAt: 1 });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const damage = (file: string) => writeFileSync(join(folder, 'published', file), '');
  const entry = (seq: number, sha256: string) =>
    ({ seq, keyId: 'k', action: 'created', content: '', sha256, previousSha256: '', createdAt: 1 }) as const;

  it('only go up', () => {
    checkpoints.ledger({ seq: 7, hash: 'c'.repeat(64) });
    checkpoints.ledger({ seq: 6, hash: 'd'.repeat(64) });
    checkpoints.keys({ keys: [], log: [entry(1, 'one'), entry(2, 'two')] });
    checkpoints.keys({ keys: [], log: [entry(1, 'one')] });
    const { ledger, keys } = checkpoints.read();
    expect([ledger?.seq, keys?.log.length]).to.deep.equal([7, 2]);
  });

  it('leave no draft behind', () => {
    expect(readdirSync(join(folder, 'published')).sort()).to.deep.equal(['ledger.json', 'proven.json']);
  });

  it('are refused with a sentence where one is damaged or cannot be read', () => {
    damage('ledger.json');
    expect(() => checkpoints.read()).to.throw(CannotStart, 'ledger.json');
    rmSync(join(folder, 'published', 'ledger.json'));
    mkdirSync(join(folder, 'published', 'ledger.json'));
    expect(() => checkpoints.read()).to.throw(CannotStart, 'EISDIR');
  });

  it('tell a lost permission from damage, and never advise to remove one', () => {
    const advice = (code: string) => whyUnreadable('ledger.json', Object.assign(new Error(code), { code }));
    expect(advice('EACCES')).to.include('EACCES').and.not.include('backup');
    for (const each of [advice('EIO'), whyUnreadable('ledger.json', new SyntaxError('empty'))])
      expect(each).to.include('backup').and.not.include('remove');
  });

  it('are as good without the note of what was proven, which the next check writes anew', () => {
    damage('proven.json');
    expect(checkpoints.read()).to.deep.include({ proven: null, ledger: { seq: 1, hash: 'a'.repeat(64) } });
    const again = { number: 2, sha256: 'c'.repeat(64), at: 2, wholeAt: 2 };
    checkpoints.noteProven(again);
    expect(checkpoints.proven()).to.deep.equal(again);
  });
});
