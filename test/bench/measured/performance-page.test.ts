import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { tableOf, type Run } from './figure.js';
import { keptRuns, PAGE } from './keep.js';
import { performancePage, SUBJECTS } from './performance-page.js';

const run: Run = {
  subject: 'pages',
  command: 'npm run bench',
  date: '2026-11-30',
  commit: '0123abcd',
  machine: 'linux x64, 2 cores, Node 20.20.2',
  figures: [
    { what: 'A page', value: 4.25, unit: '× bare Express', target: 4 },
    { what: 'Another', value: 150, unit: 'MB', target: 150 },
    { what: 'A third', value: 0.123, unit: 'ms' },
  ],
};

describe('the page of measurements', () => {
  it('is what the kept runs say, and nothing that somebody wrote', () => {
    expect(readFileSync(PAGE, 'utf8')).to.equal(performancePage(keptRuns()));
  });

  it('has a place for each kept run', () => {
    const known = Object.keys(SUBJECTS).flatMap(subject => [subject, `${subject}-postgres`]);
    expect(keptRuns().filter(({ subject }) => !known.includes(subject))).to.deep.equal([]);
  });

  it('says of each target whether it is met', () => {
    const rows = tableOf(run.figures).slice(2);
    expect(rows.map(row => [row.includes('met'), row.includes('missed')])).to.deep.equal([
      [false, true],
      [true, false],
      [false, false],
    ]);
  });

  it('names the command, the day, the commit and the machine of a run', () => {
    const page = performancePage([{ ...run, subject: 'pages-postgres' }, run]);
    for (const told of [run.command, run.date, run.commit, run.machine])
      expect(page.split(told)).to.have.length(3);
    expect(page.indexOf('PostgreSQL')).to.be.above(page.indexOf(SUBJECTS.pages.title));
  });
});
