import { expect } from 'chai';
import { join } from 'node:path';
import { projectRoot } from '../../../server/config.js';
import { checkContent } from '../../../server/workshop/content-check/check.js';
import type { CheckReport } from '../../../server/workshop/content-check/check.js';
import { loadContent } from '../../../server/teaching/content/load/load.js';
import { packAnswers, statementsOf } from '../../../server/teaching/content/pack-answers.js';
import { printCheck } from '../../../server/workshop/content-check/print-check.js';
import { faultsOf, files, lineOf, sound, withFolder } from '../../teaching/content/fixture.js';
import type { Files } from '../../teaching/content/fixture.js';

const packFile = 'routes/packs/int.yaml';

const pack = `code: int
name: Elsewhere
title: Law elsewhere
summary: A frame.
hotlines: [int-police]
contact:
  whom:
    - { text: Call the police., facts: [F001] }
duty:
  who: [{ text: Who must report there., confirmed: false }]
  toWhom: [{ text: To the police., sources: [act] }]
  howSoon: [{ text: At once., facts: [F001] }]
  supervisor: [{ text: It is not enough., facts: [F001] }]
places:
  - name: One island
    answers: [{ text: Within a day., sources: [act] }]
definition:
  offence: [{ text: To hide a child., sources: [act] }]
  travel: [{ text: No journey is needed., sources: [act] }]
  force: [{ text: No force is needed., sources: [act] }]
age:
  child: [{ text: A person under 18., sources: [act] }]
  doubt: [{ text: What doubt means., confirmed: false }]
papers:
  needed: [{ text: A letter., sources: [act] }]
  exempt: [{ text: With a parent., sources: [act] }]
communities:
  services: [{ text: Which services there are., confirmed: false }]
  interpreters: [{ text: How to find one., confirmed: false }]
limits: [Penalties are left out.]
sources:
  - { id: act, title: The Act, publisher: Parliament, year: 2015, url: "https://example.org/act" }
reviewedBy: []
checkedOn: 2026-11-24
owner: An editor
expires: 2027-05-23
`;

const line =
  'lines:\n      - { id: int-police, label: hotline, name: Police, phone: null, url: null, hours: null, languages: null, answeredBy: X, note: X, source: X, checkedOn: 2026-11-24 }';

const tree = (text = pack): Files => ({
  ...files(),
  'hotlines.yaml': (files()['hotlines.yaml'] ?? '').replace('lines: []', line),
  [packFile]: text,
});

const now = Date.parse('2026-12-01');

function report(changes: Files = {}, at = now): CheckReport {
  const result = withFolder({ ...tree(), ...changes }, loadContent);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return checkContent(result.content, { now: at, lineOf: result.lineOf });
}

const changed = (from: string, to: string): string => {
  expect(pack).to.contain(from);
  return pack.replace(from, () => to);
};

const problems = (found: { problem: string }[]): string => found.map(({ problem }) => problem).join('\n');

/** [what is wrong, text replaced, by, text on the faulty line after the change, part of the problem, part of the fix] */
const cases: [string, string, string, string, RegExp, RegExp][] = [
  ['an unknown key', 'limits:', 'limit:', 'limit:', /is unknown/, /Remove/],
  ['a question without an answer', '  doubt:', '  dout:', 'age:', /age.doubt: this is missing/, /./],
  ['an empty answer', '[{ text: A letter., sources: [act] }]', '[]', '  needed:', /needed/, /at least 1/],
  [
    'a review without a name',
    '[]\nchecked',
    '[{ role: lawyer }]\nchecked',
    'role',
    /name: this is missing/,
    /./,
  ],
  ['a date that is none', '2026-11-24', 'yesterday', 'yesterday', /wrong form/, /2026-11-24/],
  ['an address without https', '"https:', '"http:', 'http:', /wrong form/, /https/],
  ['a code unlike the file name', 'code: int', 'code: ph', 'code: ph', /not the file/, /the same/],
  ['a country without lines', 'code: int', 'code: xx', 'code: xx', /XX is not in hotlines.yaml/, /Add it/],
  ['an unknown line', '[int-police]', '[int-none]', 'int-none', /"int-none" does not exist/, /hotlines.yaml/],
  [
    'an unknown fact',
    'Call the police., facts: [F001]',
    'Call., facts: [F999]',
    'F999',
    /F999/,
    /facts.yaml/,
  ],
  [
    'an unknown source',
    'police., sources: [act]',
    'police., sources: [law]',
    '[law]',
    /"law" is not/,
    /sources/,
  ],
  [
    'a source that stands twice',
    'reviewedBy',
    '  - { id: act, title: It, publisher: X, year: null, url: "https://example.org/x" }\nreviewedBy',
    'title: It',
    /is listed twice/,
    /own id/,
  ],
  [
    'a source that nobody cites',
    'reviewedBy',
    '  - { id: other, title: It, publisher: X, year: null, url: "https://example.org/x" }\nreviewedBy',
    'title: It',
    /"other" is not cited/,
    /Cite it/,
  ],
  [
    'a statement that cites nothing',
    'report there., confirmed: false',
    'report there.',
    'report there',
    /does not cite anything/,
    /confirmed: false/,
  ],
];

describe('a country pack', () => {
  it('loads with its module, every question answered, in the order of the page', () => {
    const [loaded] = sound(tree()).packs;
    expect(loaded).to.include({ code: 'int', module: 'routes' });
    expect(loaded && packAnswers(loaded).map(({ question }) => question)).to.eql([
      ...['whom', 'who', 'toWhom', 'howSoon', 'supervisor', 'offence', 'travel', 'force'],
      ...['child', 'doubt', 'needed', 'exempt', 'services', 'interpreters'],
    ]);
    expect(loaded && statementsOf(loaded)).to.have.length(15);
  });

  for (const [name, from, to, where, problem, fix] of cases)
    it(`names file, line and remedy of ${name}`, () => {
      const after = changed(from, to);
      const faults = faultsOf(tree(after));
      const fault = faults.find(found => problem.test(found.problem));
      expect(fault, JSON.stringify(faults)).to.not.equal(undefined);
      expect(fault?.fix).to.match(fix);
      expect(fault).to.include({ file: packFile, line: lineOf(after, where) });
    });

  it('may not cite a fact that must not be used', () => {
    const facts = (files()['facts.yaml'] ?? '').replace('verified', 'do-not-use');
    const faults = faultsOf({ ...tree(), 'facts.yaml': facts });
    expect(faults.filter(({ file }) => file === packFile)[0]?.problem).to.match(/must not be used/);
  });

  it('is the only one of its country, in a YAML file', () => {
    const faults = faultsOf({ ...tree(), 'routes/packs/notes.txt': 'x', 'routes/packs/int2.yaml': pack });
    expect(problems(faults))
      .to.match(/not a country pack/)
      .and.match(/pack int is already used in routes\/packs\/int.yaml:1/);
  });
});

describe('the check of country packs', () => {
  it('counts packs that nobody has reviewed, in the table and in the JSON', () => {
    const found = report();
    expect(found.unreviewedPacks).to.equal(1);
    expect(found.packs).to.eql([
      { pack: 'int', statements: 15, unconfirmed: 4, sources: 1, checkedOn: '2026-11-24', reviewedBy: [] },
    ]);
    expect(printCheck(found))
      .to.contain('Country packs: 1, reviewed by nobody: 1')
      .and.match(/int +15 +4.+nobody/);
    expect(JSON.parse(JSON.stringify(found))).to.include({ unreviewedPacks: 1 });
    const review = '[{ role: lawyer, name: A. Person, on: 2026-11-30 }]\nchecked';
    const done = report({ [packFile]: changed('[]\nchecked', review) });
    expect(done.unreviewedPacks).to.equal(0);
    expect(printCheck(done)).to.contain('lawyer');
  });

  it('warns about a pack that was not checked for a year', () => {
    const after = (days: number) =>
      problems(report({}, Date.parse('2026-11-24') + days * 86_400_000).warnings);
    expect(after(365)).to.not.contain('The pack was checked');
    expect(after(366)).to.contain('The pack was checked 366 days ago.');
  });

  it('finds a telephone number and a forbidden word in it, by line', () => {
    for (const [words, problem] of [
      ['Call 1-888-373-7888.', 'A telephone number in the text: "1-888-373-7888".'],
      ['Tell them of the runaway.', 'Wording: "runaway".'],
    ] as const) {
      const text = changed('Call the police.', words);
      const fault = report({ [packFile]: text }).faults.find(found => found.problem === problem);
      expect(fault, problem).to.include({ file: packFile, line: lineOf(text, words) });
    }
    const numbered = report({ [packFile]: changed('Call the police.', 'Ring 911 there.') });
    expect(numbered.faults.find(({ problem }) => problem.includes('911'))?.fix).to.match(/hotlines/);
  });

  it('requires a statement that rests on unverified facts to say so', () => {
    const facts = (status: string) => ({
      'facts.yaml': (files()['facts.yaml'] ?? '').replace('verified', status),
    });
    expect(problems(report(facts('unverified')).faults)).to.contain(
      'rests on F001, which nobody could verify',
    );
    expect(problems(report(facts('author-background')).faults)).to.contain('F001 is for authors only');
    expect(problems(report().faults)).to.not.contain('rests on F001');
  });

  it('lists sentences that are too long', () => {
    const long = `W${'ord '.repeat(23)}end.`;
    expect(problems(report({ [packFile]: changed('At once.', long) }).warnings)).to.contain(
      'A sentence of 24 words',
    );
  });

  it('refuses a scored item that rests on a pack that nobody has reviewed', () => {
    const quiz = (files()['routes/quiz.yaml'] ?? '').replace(
      'You sell',
      'In the pack for Elsewhere you sell',
    );
    const found = report({ 'routes/quiz.yaml': quiz }).faults.find(({ problem }) =>
      /cites the pack/.test(problem),
    );
    expect(found).to.include({
      file: 'routes/quiz.yaml',
      line: lineOf(quiz, 'In the pack'),
      problem: 'The item cites the pack int, which no one has reviewed.',
    });
    const reviewed = changed('[]\nchecked', '[{ role: lawyer, name: A. Person, on: 2026-11-30 }]\nchecked');
    expect(problems(report({ 'routes/quiz.yaml': quiz, [packFile]: reviewed }).faults)).to.not.contain(
      'cites',
    );
  });
});

describe('the country packs of the program', () => {
  const loaded = loadContent(join(projectRoot, 'modules'));
  const packs = loaded.ok ? loaded.content.packs : [];

  it('all load', () => {
    expect(packs.map(({ code }) => code)).to.eql(['eu', 'gb', 'int', 'ph', 'us']);
  });

  it('hold no telephone number in any text', () => {
    const numbers = /\d[\d ()-]{6,}\d|\b(?:1343|1383|163|116|911|999|112|1098)\b/;
    for (const { code, summary, limits, ...pack } of packs) {
      const said = [
        summary,
        ...limits,
        ...statementsOf({ code, summary, limits, ...pack }).map(({ statement }) => statement.text),
      ];
      expect(
        said.filter(text => numbers.test(text)),
        code,
      ).to.eql([]);
    }
  });

  it('name the person of every review', () => {
    for (const { reviewedBy } of packs)
      for (const { role, name, on } of reviewedBy) expect([role, name, on].every(Boolean)).to.equal(true);
  });
});
