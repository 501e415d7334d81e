import { expect } from 'chai';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadContent } from '../../../../server/teaching/content/load/load.js';
import { buildCourseVersion } from '../../../../server/teaching/content/snapshot.js';
import { faultsAfter, faultsOf, files, lesson, lineOf, scenario, sound, withFolder } from '../fixture.js';

const lessonFile = 'routes/lessons/00-essentials.md';
const quiz = files()['routes/quiz.yaml'] ?? '';
const course = files()['courses/volunteers.yaml'] ?? '';

/** [what is wrong, file, text replaced, by, text on the faulty line after the change, part of the problem, part of the fix] */
type Case = [string, string, string, string, string, RegExp, RegExp];

const cases: Case[] = [
  [
    'an unknown key',
    'routes/quiz.yaml',
    'level: apply',
    'level: apply\n    levle: x',
    'levle',
    /is unknown/,
    /Remove/,
  ],
  ['a missing key', 'routes/quiz.yaml', '    level: apply\n', '', 'id: M2-001', /missing/, /./],
  [
    'a value outside the list',
    'routes/quiz.yaml',
    'level: apply',
    'level: guess',
    'level: guess',
    /not one of/,
    /remember, understand/,
  ],
  [
    'a text that YAML reads as a number',
    'routes/scenario.yaml',
    'text: Shout',
    'text: 12',
    'text: 12',
    /expected string/,
    /quotes/,
  ],
  [
    'a type that does not exist',
    'routes/quiz.yaml',
    'type: single',
    'type: essay',
    'type: essay',
    /essay/,
    /single/,
  ],
  [
    'a repeated key',
    'routes/quiz.yaml',
    'level: apply',
    'level: apply\n    level: apply',
    'level: apply\n    type',
    /unique/,
    /one of the two/,
  ],
  [
    'a key that is no option',
    'routes/quiz.yaml',
    'key: [a]',
    'key: [d]',
    'key: [d]',
    /not one of its options/,
    /a, b, c/,
  ],
  ['an unknown objective', 'routes/quiz.yaml', 'M2-O1', 'M2-O9', 'M2-O9', /does not exist/, /module.yaml/],
  ['an unknown fact', 'routes/quiz.yaml', 'facts: [F001]', 'facts: [F999]', 'F999', /F999/, /facts.yaml/],
  [
    'a repeated item id',
    'routes/quiz.yaml',
    'id: M2-002',
    'id: M2-001',
    'id: M2-001\n    objective: M2-O1\n    level: apply\n    type: single\n    depth: essentials\n    critical: false',
    /already used in routes\/quiz.yaml:2/,
    /never used/,
  ],
  [
    'another module’s code',
    'routes/quiz.yaml',
    'id: M2-002',
    'id: M3-002',
    'id: M3-002',
    /begin with M2-/,
    /code/,
  ],
  [
    'an unknown token in an item',
    'routes/quiz.yaml',
    'text: Ask the child',
    'text: "Ask {{phone}}"',
    'phone',
    /phone/,
    /hotline.primary/,
  ],
  ['a dead end', 'routes/scenario.yaml', 'next: n2', 'next: n7', 'next: n7', /dead end/, /node or an ending/],
  [
    'a loop',
    'routes/scenario.yaml',
    'is the line., next: e1',
    'is the line., next: n1',
    'id: n1',
    /n1 → n2 → n1/,
    /later node/,
  ],
  [
    'an unreachable node',
    'routes/scenario.yaml',
    'next: n2',
    'next: e1',
    'id: n2',
    /never be reached/,
    /remove/,
  ],
  [
    'an unsafe choice without its rule',
    'routes/scenario.yaml',
    'never: never-1, ',
    '',
    'Shout',
    /never: this is missing/,
    /never-1/,
  ],
  ['a front matter fault', lessonFile, 'minutes: 2', 'minutes: two', 'minutes: two', /expected/, /./],
  ['an uncited fact', lessonFile, ' [F001]. Call', '. Call', 'facts: [F001]', /not cited/, /\[F001\]/],
  [
    'a fact cited but not listed',
    lessonFile,
    'source [F001]',
    'source [F001, F002]',
    'F002',
    /not listed/,
    /F002/,
  ],
  [
    'a malformed fact marker',
    lessonFile,
    'Three parts',
    'Three parts [F1]',
    '[F1]',
    /not a fact marker/,
    /\[F070\]/,
  ],
  [
    'a check that is not placed',
    lessonFile,
    '{{check M2-C01}}',
    'No check.',
    'id: M2-C01',
    /placed exactly once/,
    /own line/,
  ],
  [
    'a check that does not exist',
    lessonFile,
    '::: do\n',
    '{{check M2-C09}}\n\n::: do\n',
    'M2-C09',
    /M2-C09/,
    /under checks/,
  ],
  [
    'a check in the middle of a sentence',
    lessonFile,
    'See [',
    '{{check M2-C01}} See [',
    '}} See',
    /line of its own/,
    /Move/,
  ],
  [
    'an unknown token',
    lessonFile,
    '{{hotline.primary}}',
    '{{hotline.best}}',
    'hotline.best',
    /hotline.best/,
    /hotline.primary/,
  ],
  [
    'a link to a missing lesson',
    lessonFile,
    'lesson:routes/00',
    'lesson:routes/09',
    'routes/09',
    /does not exist/,
    /lesson:/,
  ],
  [
    'a link to the web',
    lessonFile,
    'lesson:routes/00-essentials',
    'https://example.org',
    'example.org',
    /Only links to lessons/,
    /lesson:/,
  ],
  ['raw HTML', lessonFile, 'A place can be', '<b>A</b> place can be', '<b>', /HTML/, /Markdown/],
  ['an image', lessonFile, 'See [', '![', '![', /Images/, /words/],
  [
    'an unknown block',
    lessonFile,
    '::: do\n',
    '::: box\n- x\n:::\n\n::: do\n',
    'box',
    /"box" is not known/,
    /do, do-not/,
  ],
  [
    'a block that is not closed',
    lessonFile,
    '- Follow anybody.\n:::',
    '- Follow anybody.',
    '::: do-not',
    /not closed/,
    /:::/,
  ],
  [
    'a do without its do-not',
    lessonFile,
    '::: do-not',
    'Text between.\n\n::: do-not',
    '::: do\n',
    /not followed/,
    /do-not/,
  ],
  ['an objective of nobody', lessonFile, '[M2-O1]', '[M2-O8]', 'M2-O8', /M2-O8/, /module.yaml/],
  [
    'a course with a missing module',
    'courses/volunteers.yaml',
    'module: routes',
    'module: unwritten',
    'unwritten',
    /does not exist/,
    /modules\/unwritten/,
  ],
  [
    'a course with a missing lesson',
    'courses/volunteers.yaml',
    '[00-essentials]',
    '[01-more]',
    '01-more',
    /does not exist/,
    /00-essentials/,
  ],
  [
    'a draw larger than its pool',
    'courses/volunteers.yaml',
    'draw: 2',
    'draw: 3',
    'draw: 3',
    /only 2/,
    /draw fewer/,
  ],
  [
    'a pass mark above the draw',
    'courses/volunteers.yaml',
    'pass: 1',
    'pass: 3',
    'pass: 3',
    /3 right answers/,
    /at most/,
  ],
  [
    'too few safety-critical items',
    'courses/volunteers.yaml',
    'minCritical: 1',
    'minCritical: 2',
    'minCritical: 2',
    /2 safety-critical/,
    /fewer/,
  ],
  [
    'a slug unlike the file name',
    'courses/volunteers.yaml',
    'slug: volunteers',
    'slug: others',
    'slug: others',
    /not the file/,
    /the same/,
  ],
  [
    'a final without a bank',
    'courses/volunteers.yaml',
    'modules:',
    'final: { draw: 1, pass: 1, minCritical: 0 }\nmodules:',
    'final:',
    /no bank/,
    /final\/quiz.yaml/,
  ],
  [
    'no international default',
    'hotlines.yaml',
    'code: INT',
    'code: US',
    'countries',
    /international default/,
    /INT/,
  ],
  [
    'a fact that must not be used',
    'facts.yaml',
    'status: verified',
    'status: do-not-use',
    '',
    /must not be used/,
    /Remove/,
  ],
];

describe('the content loader', () => {
  it('reads a sound folder', () => {
    const content = sound();
    expect(content.modules.map(module => module.slug)).to.eql(['routes']);
    expect(content.modules[0]?.lessons[0]).to.include({ name: '00-essentials', bodyLine: 22 });
    expect(content.courses[0]?.modules[0]?.optional).to.eql([]);
    expect(content.final).to.equal(null);
    expect(content.models).to.equal(null);
  });

  it('reads the models, which belong to no module and no course', () => {
    const tree = files();
    const quiz = (tree['routes/quiz.yaml'] ?? '').replaceAll('M2-00', 'MB-00');
    const content = sound({ ...tree, 'models/quiz.yaml': quiz });
    expect(content.models?.items.map(({ id }) => id)).to.include('MB-001');
    expect(content.modules.map(module => module.slug)).to.eql(['routes']);
    expect(buildCourseVersion(content, 'volunteers').canonical).to.not.include('MB-001');
  });

  it('gives the models no id that is already used', () => {
    const tree = files();
    const faults = faultsOf({ ...tree, 'models/quiz.yaml': tree['routes/quiz.yaml'] ?? '' });
    expect(faults.map(({ file }) => file)).to.include('models/quiz.yaml');
  });

  for (const [name, file, from, to, where, problem, fix] of cases)
    it(`names file, line and remedy of ${name}`, () => {
      const before = files()[file] ?? '';
      expect(before, 'the text to replace').to.contain(from);
      const after = before.replace(from, () => to);
      const faults = faultsAfter(file, () => after);
      const fault = faults.find(found => problem.test(found.problem));
      expect(fault, JSON.stringify(faults)).to.not.equal(undefined);
      expect(fault?.fix).to.match(fix);
      if (where === '') return;
      expect(fault?.file).to.equal(file);
      expect(fault?.line).to.equal(lineOf(after, where));
    });

  it('takes a bank for one of the second edition unless its file says otherwise', () => {
    const bank = files()['routes/quiz.yaml'] ?? '';
    expect(sound().modules[0]?.edition).to.equal(2);
    expect(sound({ ...files(), 'routes/quiz.yaml': `edition: 1\n${bank}` }).modules[0]?.edition).to.equal(1);
    expect(faultsOf({ ...files(), 'routes/quiz.yaml': `edition: 3\n${bank}` })).to.not.eql([]);
  });

  it('reports all faults at once', () => {
    const faults = faultsOf({
      ...files(),
      'routes/quiz.yaml': quiz.replace('level: apply', 'level: guess'),
      'courses/volunteers.yaml': course.replace('months: 24', 'months: 0'),
    });
    expect(faults.map(fault => fault.file)).to.eql(['courses/volunteers.yaml', 'routes/quiz.yaml']);
  });

  it('requires a multiple-response item to say how many, and to have two wrong options', () => {
    const multiple = quiz.replace('type: single', 'type: multiple').replace('key: [a]', 'key: [a, b]');
    const option = '      - { id: d, text: Wait, feedback: Time passes. }\n';
    const withOption = multiple.replace('    key: [a, b]', `${option}    key: [a, b]`);
    expect(faultsAfter('routes/quiz.yaml', () => withOption)[0]?.problem).to.match(/how many/);
    const said = withOption.replace('in case 1?', 'in case 1? Choose two.');
    expect(faultsAfter('routes/quiz.yaml', () => said)).to.eql([]);
    const narrow = said.replace('[a, b]', '[a, b, c]').replace('two.', 'three.');
    expect(faultsAfter('routes/quiz.yaml', () => narrow)[0]?.problem).to.match(/two wrong/);
  });

  it('does not mistake a module with faults for a missing one', () => {
    const faults = faultsAfter('routes/scenario.yaml', () => scenario.replace('start: n1', 'stat: n1'));
    expect(new Set(faults.map(fault => fault.file))).to.eql(new Set(['routes/scenario.yaml']));
  });

  it('names files that are missing or unknown', () => {
    const { 'routes/review.yaml': _, ...rest } = files();
    const faults = faultsOf({
      ...rest,
      'routes/notes.txt': 'x',
      'routes/lessons/1-a.md': lesson,
      'courses/a.txt': '',
    });
    expect(faults.map(fault => fault.file)).to.eql([
      'courses/a.txt',
      'routes/lessons/1-a.md',
      'routes/notes.txt',
      'routes/review.yaml',
    ]);
  });

  it('refuses a lesson without front matter', () => {
    expect(faultsAfter(lessonFile, text => text.slice(4))[0]).to.include({ line: 1, file: lessonFile });
    expect(faultsAfter(lessonFile, () => '---\ntitle: x\n')[0]?.problem).to.match(/front matter/);
  });
});

describe('hostile content', () => {
  const refused = (text: string): string[] =>
    faultsAfter('glossary.yaml', () => text).map(fault => fault.problem);

  it('refuses an alias bomb', () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}*a${i}]`,
    );
    expect(refused(`a0: &a0 [x, x]\n${levels.join('\n')}\n`)).to.match(/aliases/);
  });

  it('limits how often an alias may be repeated', () => {
    const text = (count: number): string => `terms: [${'*a, '.repeat(count)}]\n`;
    const anchored = (count: number): string =>
      text(count).replace('*a', '&a { id: x, term: x, meaning: x }');
    expect(refused(anchored(40))).to.match(/aliases/);
    expect(refused(anchored(2)).join()).to.not.match(/aliases/);
  });

  it('refuses deep nesting without overflowing the stack', () => {
    expect(refused('['.repeat(100_000))).to.match(/Nested deeper/);
    expect(refused(`${'- '.repeat(50_000)}x`)).to.match(/Nested deeper/);
  });

  it('refuses a huge file', () => {
    expect(refused(`# ${'x'.repeat(600 * 1024)}\nterms: []\n`)).to.match(/bytes/);
  });

  it('refuses custom tags, two documents, and text that is not UTF-8', () => {
    expect(refused('terms: !!js/function "x"\n')).to.match(/tag/i);
    expect(refused('terms: []\n---\nterms: []\n')).to.match(/exactly one/);
    const broken = withFolder(files(), root => {
      writeFileSync(join(root, 'glossary.yaml'), Buffer.from([0x74, 0xff, 0xfe]));
      return loadContent(root);
    });
    expect(broken.ok ? [] : broken.faults.map(fault => fault.problem)).to.match(/UTF-8/);
  });

  it('refuses __proto__', () => {
    expect(faultsAfter('glossary.yaml', text => `__proto__: { polluted: true }\n${text}`)).to.not.eql([]);
    expect({}).to.not.have.property('polluted');
  });

  it('does not follow links out of the folder', () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    writeFileSync(join(outside, 'secret.yaml'), 'terms: []\n');
    mkdirSync(join(outside, 'lessons'));
    const { 'glossary.yaml': _, ...rest } = files();
    const result = withFolder(rest, root => {
      symlinkSync(join(outside, 'secret.yaml'), join(root, 'glossary.yaml'));
      symlinkSync(outside, join(root, 'other-module'));
      return loadContent(root);
    });
    expect(result.ok ? [] : result.faults.map(fault => `${fault.file} ${fault.problem}`)).to.match(
      /glossary.yaml .*outside/,
    );
  });

  it('refuses a path where a name is expected', () => {
    expect(
      faultsAfter('courses/volunteers.yaml', text => text.replace('module: routes', 'module: ../etc'))[0]
        ?.problem,
    ).to.match(/wrong form/);
  });
});
