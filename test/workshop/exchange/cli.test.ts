import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../../server/config.js';
import { compiled } from '../../support/programs/compiled.js';
import { said, saidLike } from '../../support/said.js';

/** The commands as authors use them, in a process of their own. */
describe('items export and items import', () => {
  let folder = '';
  before(() => void (folder = mkdtempSync(join(tmpdir(), 'items-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const cli = (...args: string[]) =>
    new Promise<{ code: number; out: string; faults: string }>(done => {
      const program = [compiled('server/cli'), 'items', ...args];
      execFile(process.execPath, program, { cwd: projectRoot }, (fault, out, faults) => {
        done({ code: fault ? Number(fault.code) : 0, out, faults });
      });
    });

  it('write a bank, read it again and report what is already in the bank', async () => {
    const [file, yaml] = [join(folder, 'bank.gift.txt'), join(folder, 'quiz.yaml')];
    const common = ['--bank', 'foundations', '--format', 'gift'];
    const written = await cli('export', ...common, '--out', file);
    expect(written.faults).to.equal('');
    expect(written.code).to.equal(0);
    expect(written.out)
      .to.include(`${said('exchange.item', { line: 1 })}: ${said('exchange.outcome.taken')} · M1-001\n`)
      .and.match(saidLike('exchange.tally', { taken: /\d+/, changed: /\d+/, refused: 0 }));
    const read = await cli('import', file, ...common, '--out', yaml);
    expect(read.code).to.equal(0);
    expect(read.out).to.include(said('exchange.note.in-bank', { about: 'M1-001' }));
    expect(readFileSync(yaml, 'utf8')).to.match(/^items:\n {2}- id: M1-001\n/);
    const again = await cli('import', file, ...common, '--out', yaml);
    expect(again.code).to.equal(1);
    expect(again.faults).to.include('file already exists');
  });

  it('end with 1 and a line for each question that is not taken, and write nothing when none is', async () => {
    const [file, yaml] = [join(folder, 'odd.txt'), join(folder, 'odd.yaml')];
    writeFileSync(file, 'Write about it.{}\n');
    const read = await cli('import', file, '--bank', 'foundations', '--format', 'gift', '--out', yaml);
    expect(read.code).to.equal(1);
    expect(read.out)
      .to.include(
        `${said('exchange.line', { line: 1 })}: ${said('exchange.outcome.refused')} · Write about it.`,
      )
      .and.include(said('exchange.tally', { taken: 0, changed: 0, refused: 1 }));
    expect(() => readFileSync(yaml)).to.throw('ENOENT');
  });

  it('print their usage when something is missing', async () => {
    for (const args of [
      ['export'],
      ['import', 'x', '--bank', 'foundations', '--format', 'word', '--out', 'y'],
    ]) {
      const { code, faults } = await cli(...args);
      expect(code).to.equal(1);
      expect(faults).to.include('--format gift|moodle|qti').and.include('import FILE');
    }
    const { code, faults } = await cli(
      'export',
      '--bank',
      'nowhere',
      '--format',
      'gift',
      '--out',
      join(folder, 'z'),
    );
    expect([code, faults]).to.deep.equal([1, 'There is no bank "nowhere" under modules/\n']);
  });
});
