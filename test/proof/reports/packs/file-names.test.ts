import { expect } from 'chai';
import { fileNames } from '../../../../server/proof/reports/packs/papers/file-names.js';

const paper = (name: string) => ({ name, course: 'Volunteers', day: '2026-11-29' });

describe('the file name of a paper', () => {
  it('is what people recognise, in every script', () => {
    const nameOf = fileNames();
    for (const name of ['Ada Marlow', 'ليلى حداد', 'नमस्ते', '王小明'])
      expect(nameOf(paper(name))).to.equal(`${name}, Volunteers, 2026-11-29.pdf`);
  });

  it('holds nothing that a file system refuses or that turns letters round', () => {
    const nameOf = fileNames();
    expect(nameOf(paper('../a/b\\c:d*?"<>|\u202e\u0000.'))).to.equal('a b c d, Volunteers, 2026-11-29.pdf');
    expect(nameOf(paper('...'))).to.equal('–, Volunteers, 2026-11-29.pdf');
  });

  it('is there once, whatever the case of its letters, and beside a name that looks like a second', () => {
    const nameOf = fileNames();
    const all = ['Ada', 'ADA', 'Ada', 'Ada, Volunteers, 2026-11-29 (1)', 'ada'].map(name =>
      nameOf(paper(name)),
    );
    expect(new Set(all.map(name => name.toLowerCase())).size).to.equal(all.length);
  });

  it('stays below what file systems take, and keeps its day', () => {
    const name = fileNames()(paper('王'.repeat(300)));
    expect(Buffer.byteLength(name)).to.be.lessThan(255);
    expect(name).to.match(/, 2026-11-29\.pdf$/);
  });
});
