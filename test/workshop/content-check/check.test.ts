import { expect } from 'chai';
import { checkContent } from '../../../server/workshop/content-check/check.js';
import { loadContent } from '../../../server/teaching/content/load/load.js';
import { printCheck } from '../../../server/workshop/content-check/print-check.js';
import type { CheckReport } from '../../../server/workshop/content-check/check.js';
import { files, lineOf, withFolder } from '../../teaching/content/fixture.js';
import type { Files } from '../../teaching/content/fixture.js';

const now = Date.parse('2026-12-01');
const lessonFile = 'routes/lessons/00-essentials.md';

function report(changes: Files = {}, at = now): CheckReport {
  const result = withFolder({ ...files(), ...changes }, loadContent);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return checkContent(result.content, { now: at, lineOf: result.lineOf });
}

function after(file: string, from: string, to: string): { report: CheckReport; text: string } {
  const before = files()[file] ?? '';
  expect(before).to.contain(from);
  const text = before.replace(from, () => to);
  return { report: report({ [file]: text }), text };
}

const problems = (found: { problem: string }[]): string => found.map(({ problem }) => problem).join('\n');

describe('the content check', () => {
  it('finds a forbidden word with its line', () => {
    const { report: found, text } = after(
      lessonFile,
      'Call {{hotline.primary}}',
      'A runaway may pass. Call {{hotline.primary}}',
    );
    expect(found.faults).to.deep.include({
      file: lessonFile,
      line: lineOf(text, 'A runaway'),
      problem: 'Wording: "runaway".',
      fix: 'Write: child missing from home or care; child living on the street.',
    });
  });

  it('finds forbidden words in items, cases and modules too', () => {
    const item = after('routes/quiz.yaml', 'text: Ask the child', 'text: Ask the real victim');
    const fault = item.report.faults.find(({ problem }) => problem.includes('real victim'));
    expect(fault?.line).to.equal(lineOf(item.text, 'real victim'));
    expect(problems(after('routes/scenario.yaml', 'A man buys', 'The pimp buys').report.faults)).to.contain(
      'pimp',
    );
    expect(problems(after('routes/module.yaml', 'Places.', 'Sex tourism.').report.faults)).to.contain(
      'Sex tourism',
    );
  });

  it('allows a marked official title, and only warns about a word that is quoted or in a table of swaps', () => {
    const marked = after(
      lessonFile,
      'A place can',
      'The treaty on pornography (older wording in the official title). A place can',
    ).report;
    expect(problems(marked.faults)).to.not.contain('pornography');
    const quoted = after(lessonFile, 'A place can', 'Do not write "runaway". A place can').report;
    expect(problems(quoted.faults)).to.not.contain('runaway');
    expect(problems(quoted.warnings)).to.contain('runaway');
    const table = after(
      lessonFile,
      'See [',
      '| Avoid | Write |\n|---|---|\n| runaway | missing child |\n\nSee [',
    ).report;
    expect(problems(table.faults)).to.not.contain('runaway');
    expect(problems(table.warnings)).to.contain('runaway');
  });

  it('finds telephone numbers, and mistakes no year or figure for one', () => {
    for (const number of ['call 555', '1-888-373-7888', '+44 800 0121 700', 'ring 999'])
      expect(
        problems(after(lessonFile, 'A place can', `Please ${number}. A place can`).report.faults),
        number,
      ).to.contain('telephone');
    for (const figure of [
      'from 2013 to 2017',
      '2013-2017',
      'in 10171 (2023)',
      '18,400 reports',
      'US$27,252',
      '2 children',
    ])
      expect(
        problems(after(lessonFile, 'A place can', `It was ${figure}. A place can`).report.faults),
        figure,
      ).to.not.contain('telephone');
  });

  it('refuses a figure that rests on an unverified fact', () => {
    const weak = (files()['facts.yaml'] ?? '').replace('verified', 'unverified');
    const text = (files()[lessonFile] ?? '').replace(
      'be a source [F001]',
      'be a source for 40 % of them [F001]',
    );
    expect(problems(report({ 'facts.yaml': weak, [lessonFile]: text }).faults)).to.match(
      /"40 %" rests on F001, which is unverified/,
    );
    expect(problems(report({ [lessonFile]: text }).faults)).to.not.contain('rests on');
    const year = (files()[lessonFile] ?? '').replace('be a source [F001]', 'be a source since 2020 [F001]');
    expect(problems(report({ 'facts.yaml': weak, [lessonFile]: year }).faults)).to.not.contain('rests on');
  });

  it('compares the declared minutes with the computed ones', () => {
    expect(problems(report().faults)).to.not.contain('minutes says');
    const { report: found, text } = after(lessonFile, 'minutes: 2', 'minutes: 5');
    const fault = found.faults.find(({ problem }) => problem.startsWith('minutes says 5'));
    expect(fault).to.include({ line: lineOf(text, 'minutes: 5'), fix: 'Write minutes: 2.' });
  });

  it('lists sentences that are too long, by line', () => {
    const long = `${'word '.repeat(23)}end.`;
    const { report: found, text } = after(lessonFile, 'See [', `W${long.slice(1)}\n\nSee [`);
    const warning = found.warnings.find(({ problem }) => problem.startsWith('A sentence of 24 words'));
    expect(warning?.line).to.equal(lineOf(text, 'Word word'));
  });

  it('requires a pool of three times the draw, and four items for each objective', () => {
    const found = problems(report().faults);
    expect(found).to.contain('routes: 2 items for a draw of 2.');
    expect(found).to.contain('M2-O1 has 3 items.');
    expect(found).to.contain('M2-O1 has 2 items at essentials depth.');
  });

  it('leaves twins alone, which are nearly equal on purpose', () => {
    const paired = ['M2-001', 'M2-002'].reduce(
      (bank, id) => bank.replace(`  - id: ${id}\n`, `  - id: ${id}\n    pair: P-01\n`),
      // The third question may be drawn too: no form holds both of a pair.
      (files()['routes/quiz.yaml'] ?? '').replace('depth: full', 'depth: essentials'),
    );
    expect(paired.split('pair: P-01')).to.have.length(3);
    const { warnings } = report({ 'routes/quiz.yaml': paired });
    expect(problems(warnings)).to.not.contain('The stems of M2-001 and M2-002 are nearly the same.');
  });

  it('finds nearly equal stems', () => {
    expect(problems(report().warnings)).to.contain('The stems of M2-001 and M2-002 are nearly the same.');
    const other = after(
      'routes/quiz.yaml',
      'You sell tickets. What do you do first in case 2?',
      'A colleague laughs at your note. Why does it matter?',
    );
    expect(problems(other.report.warnings)).to.not.contain('M2-001 and M2-002');
  });

  it('finds keys whose positions are uneven', () => {
    expect(problems(report().warnings)).to.match(/Keys stand unevenly, 3\/0\/0/);
    const spread = (files()['routes/quiz.yaml'] ?? '')
      .replace('key: [a]', 'key: [b]')
      .replace('key: [a]', 'key: [c]');
    expect(problems(report({ 'routes/quiz.yaml': spread }).warnings)).to.not.contain('unevenly');
  });

  it('finds right answers that are the longest', () => {
    expect(problems(report().warnings)).to.match(/100 % of items the right answer is the longest/);
    const short = (files()['routes/quiz.yaml'] ?? '').replaceAll('Tell the supervisor', 'Tell');
    expect(problems(report({ 'routes/quiz.yaml': short }).warnings)).to.not.contain('the longest');
  });

  it('fails a course above its budget, and warns about one below it while unfinished', () => {
    const over = after('courses/volunteers.yaml', '{ min: 0, max: 90 }', '{ min: 0, max: 1 }').report;
    expect(problems(over.faults)).to.match(/at most 1 are promised/);
    const under = after('courses/volunteers.yaml', '{ min: 0, max: 90 }', '{ min: 60, max: 90 }').report;
    expect(problems(under.faults)).to.not.contain('promised');
    expect(problems(under.warnings)).to.match(/at least 60 are promised/);
  });

  it('finds a point of the source text that is not taught or tested; it warns while the module is missing', () => {
    const seed = (taughtIn: string, testedBy: string): Files => ({
      'seeds.yaml': `seeds:\n  - { id: S13, point: A point., taughtIn: [${taughtIn}], testedBy: [${testedBy}] }\n`,
    });
    expect(problems(report(seed('routes', 'M9-O1')).faults))
      .to.contain('S13 is taught in no lesson.')
      .and.contain('S13 is tested by no item.');
    expect(problems(report(seed('routes', '')).faults)).to.contain('does not say why');
    const missing = report(seed('routes, foundations', 'M2-O1'));
    expect(problems(missing.faults)).to.not.contain('S13');
    expect(problems(missing.warnings)).to.contain('S13 is taught in no lesson.');
    expect(missing.missing).to.eql(['foundations']);
  });

  it('holds a course to the points that it claims, and lists the others', () => {
    const claiming = (id: string, seeds: string) =>
      report({
        'courses/volunteers.yaml': (files()['courses/volunteers.yaml'] ?? '').replace(
          'certificate:',
          `claims: [${id}]\ncertificate:`,
        ),
        'seeds.yaml': `seeds:\n${seeds}`,
      });
    const taught = '  - { id: S12, point: Three parts., taughtIn: [routes], testedBy: [M2-O1] }\n';
    const untested = '  - { id: S13, point: A point., taughtIn: [routes], testedBy: [M9-O1] }\n';
    const sound = claiming('S12', taught + untested);
    expect(problems(sound.faults)).to.not.contain('no lesson that everybody reads');
    expect(sound.courses[0]?.unclaimed).to.eql(['S13']);
    expect(problems(claiming('S13', taught + untested).faults))
      .to.contain('S13 is claimed, and no lesson that everybody reads teaches it.')
      .and.contain('S13 is claimed, and 0 of the items that are drawn ask it.');
    expect(problems(claiming('S27', taught).faults)).to.contain('S27 is not a point in seeds.yaml.');
    expect(report({}).courses[0]?.unclaimed).to.equal(null);
  });

  it('warns about hotlines after 90 and 180 days, and about facts after a year', () => {
    const lines = (files()['hotlines.yaml'] ?? '').replace(
      'lines: []',
      'lines:\n      - { id: x-line, label: hotline, name: X, phone: null, url: null, hours: null, languages: null, answeredBy: X, note: X, source: X, checkedOn: 2026-11-24 }',
    );
    const days = (count: number): string =>
      problems(report({ 'hotlines.yaml': lines }, Date.parse('2026-11-24') + count * 86_400_000).warnings);
    expect(days(90)).to.not.contain('x-line');
    expect(days(91)).to.contain('x-line was checked 91 days ago.');
    expect(days(181)).to.contain('learners do not see it');
    expect(days(366)).to.contain('F001 was checked 366 days ago.');
  });

  it('holds hotlines to an owner and a day of expiry that is not too late', () => {
    const of = (fields: string, moment = now) =>
      report(
        {
          'hotlines.yaml': (files()['hotlines.yaml'] ?? '').replace(
            'lines: []',
            `lines:\n      - { id: x-line, label: hotline, name: X, phone: "116", url: null, hours: null, languages: null, answeredBy: X, note: X, source: X, checkedOn: 2026-11-24${fields} }`,
          ),
        },
        moment,
      );
    expect(problems(of('').warnings)).to.contain('x-line has no owner.');
    expect(problems(of(', owner: Editor').warnings)).to.not.contain('x-line');
    expect(problems(of(', expires: 2027-05-24').faults)).to.contain('x-line expires too late.');
    const early = ', expires: 2026-12-20, owner: Editor';
    const after = (day: string) => problems(of(early, Date.parse(day)).warnings);
    expect(problems(of(early).faults)).to.not.contain('x-line');
    expect(after('2026-12-20')).to.not.contain('x-line');
    expect(after('2026-12-21')).to.contain('learners do not see it');
  });

  it('warns about a fact from 60 days before the day on which it expires', () => {
    const facts = (files()['facts.yaml'] ?? '').replace(
      'checked:',
      'expires: 2027-03-01, owner: A lawyer, checked:',
    );
    const at = (day: string) => problems(report({ 'facts.yaml': facts }, Date.parse(day)).warnings);
    expect(at('2026-12-30')).to.not.contain('F001');
    expect(at('2026-12-31')).to.contain('F001 is valid until 2027-03-01.');
  });

  it('warns about a module that is in no course', () => {
    const { 'courses/volunteers.yaml': _, ...rest } = files();
    const result = withFolder(rest, loadContent);
    expect(result.ok && problems(checkContent(result.content, { now }).warnings)).to.contain(
      'No course uses this module.',
    );
  });

  it('prints tables, and every finding with file and line', () => {
    const found = report();
    const text = printCheck(found);
    expect(text).to.match(/volunteers: \d+\.\d min of 0 to 90/);
    for (const { file, line, problem } of [...found.faults, ...found.warnings])
      expect(text).to.contain(`${file}:${line}  ${problem}`);
  });
});
