import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  openKeptPapers,
  type KeepingOptions,
} from '../../../../server/proof/certificates/documents/kept-papers.js';
import type { PaperOrder } from '../../../../server/proof/certificates/documents/paper-orders.js';

const orderOf = (credential: string, named = false): PaperOrder => ({
  kind: 'badge.png',
  facts: { credential, named },
});
const paper = Buffer.from('the drawing of a badge');
const HOUR = 3_600_000;

describe('papers that are kept', () => {
  let folder: string;
  let warnings: string[];
  let now: number;

  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'papers-')), 'papers');
    [warnings, now] = [[], Date.UTC(2026, 10, 28)];
  });
  afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

  const open = (changes: Partial<KeepingOptions> = {}) =>
    openKeptPapers({
      folder,
      limit: 100_000,
      standing: ids => Promise.resolve(new Set(ids)),
      clock: () => now,
      log: { warn: (_about: unknown, said?: string) => void warnings.push(said ?? '') },
      ...changes,
    });
  const filesOf = (id: string) => readdirSync(join(folder, id)).map(name => join(folder, id, name));

  it('are read by the order that drew them, also by another process, and by no other order', async () => {
    await open().keep('a', orderOf('one'), paper);
    const kept = open();
    expect(await kept.read('a', orderOf('one'))).to.deep.equal(paper);
    for (const other of [orderOf('two'), orderOf('one', true)])
      expect(await kept.read('a', other)).to.equal(null);
    expect(await kept.read('b', orderOf('one'))).to.equal(null);
    expect(warnings).to.deep.equal([]);
  });

  it('say nothing to whoever reads the disk', async () => {
    await open().keep('a', orderOf('Ada Marlow'), paper);
    const [file = ''] = filesOf('a');
    expect(file).to.match(/\/[0-9a-f]{64}$/);
    expect(readFileSync(file).includes(paper)).to.equal(false);
  });

  for (const [what, damage] of [
    [
      'changed',
      (file: string) =>
        writeFileSync(
          file,
          readFileSync(file).map((byte, at) => (at === 20 ? byte ^ 1 : byte)),
        ),
    ],
    ['truncated', (file: string) => truncateSync(file, 30)],
    ['empty', (file: string) => truncateSync(file, 0)],
  ] as const)
    it(`are made again when their file is ${what}`, async () => {
      const kept = open();
      await kept.keep('a', orderOf('one'), paper);
      for (const file of filesOf('a')) damage(file);
      expect(await kept.read('a', orderOf('one'))).to.equal(null);
      expect(warnings).to.have.length(1);
      await kept.keep('a', orderOf('one'), paper);
      expect(await kept.read('a', orderOf('one'))).to.deep.equal(paper);
      expect(filesOf('a')).to.have.length(1);
    });

  it('are dropped with their certificate', async () => {
    const kept = open();
    for (const id of ['a', 'b']) await kept.keep(id, orderOf('one'), paper);
    await kept.drop('a');
    await kept.drop('unknown');
    expect(readdirSync(folder)).to.deep.equal(['b']);
  });

  it('go where no certificate stands for them: at the first paper of a process, and once a day', async () => {
    const standing = new Set(['a', 'b', 'c']);
    const kept = open({ standing: () => Promise.resolve(standing) });
    for (const id of standing) await kept.keep(id, orderOf('one'), paper);
    await kept.close();
    standing.delete('a');
    const other = open({ standing: () => Promise.resolve(standing) });
    await other.read('b', orderOf('one'));
    await other.close();
    expect(readdirSync(folder).sort()).to.deep.equal(['b', 'c']);
    standing.delete('b');
    now += 23 * HOUR;
    await other.read('c', orderOf('one'));
    await other.close();
    expect(readdirSync(folder).sort()).to.deep.equal(['b', 'c']);
    now += HOUR;
    await other.read('c', orderOf('one'));
    await other.close();
    expect(readdirSync(folder)).to.deep.equal(['c']);
  });

  it('stay within their limit: those used longest ago go first', async () => {
    const kept = open({ limit: 16_000 });
    const keep = async (id: string) => {
      now += HOUR;
      await kept.keep(id, orderOf('one'), Buffer.alloc(980));
      await kept.close();
      for (const file of filesOf(id)) utimesSync(file, new Date(now), new Date(now));
    };
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n']) await keep(id);
    now += HOUR;
    await kept.read('a', orderOf('one'));
    await kept.close();
    for (const id of ['o', 'p']) await keep(id);
    const left = readdirSync(folder).filter(id => filesOf(id).length > 0);
    expect(left.join('')).to.equal('adefghijklmnop');
  });

  it('are not kept where nothing can be written, which is logged once', async () => {
    writeFileSync(folder, 'a file stands where the folder would be');
    const kept = open();
    for (const id of ['a', 'b']) await kept.keep(id, orderOf('one'), paper);
    expect(await kept.read('a', orderOf('one'))).to.equal(null);
    await kept.drop('a');
    await kept.close();
    expect(warnings.filter(said => said.startsWith('papers are not kept'))).to.have.length(1);
    rmSync(folder);
    await kept.keep('a', orderOf('one'), paper);
    expect(existsSync(join(folder, 'a'))).to.equal(true);
  });
});
