import { expect } from 'chai';
import { checkContent } from '../../../server/workshop/content-check/check.js';
import { banks } from '../../../server/workshop/content-check/findings.js';
import { gatedItems } from '../../../server/workshop/content-check/gates/gated-item.js';
import { caseMinutes, itemSeconds, lessonMinutes } from '../../../server/teaching/content/minutes.js';
import { buildCourseVersion } from '../../../server/teaching/content/snapshot.js';
import type { Item } from '../../../server/teaching/questions/item.js';
import { questionTypes } from '../../../server/teaching/questions/question-types.js';
import { faultsOf, files, lineOf, sound } from './fixture.js';

const exhibits = `exhibits:
  - id: night-desk
    kind: duty-log
    title: Night desk
    entries:
      - { id: e1, time: "01:10", text: A girl of about 14 asks for help., by: Kim }
      - { id: e2, time: "02:30", text: The lift is out of order., by: Kim }
      - { id: e3, time: "05:00", text: Bread is delivered., by: Kim }
`;

const spot = `  - id: M2-004
    objective: M2-O1
    level: apply
    type: spot
    depth: essentials
    critical: false
    stem: What of this night would you pass on?
    exhibit: night-desk
    marks:
      - { id: e1, report: true, feedback: She asked for help. }
      - { id: e2, report: false, feedback: The porter mends it. }
      - { id: e3, report: false, feedback: It comes each day. }
    facts: [F001]
`;

const LESSON = 'routes/lessons/00-essentials.md';
const QUIZ = 'routes/quiz.yaml';
const CASE = 'routes/scenario.yaml';
const FILE = 'routes/exhibits.yaml';

/** The sound folder with one exhibit, which its lesson, an item and its case name. One text of one file is changed. */
function tree(file = '', from = '', to = '') {
  const plain = files();
  const all: Record<string, string> = {
    ...plain,
    [FILE]: exhibits,
    [QUIZ]: `${plain[QUIZ] ?? ''}${spot}`,
    [LESSON]: (plain[LESSON] ?? '').replace('## Three parts', '{{exhibit night-desk}}\n\n## Three parts'),
    [CASE]: (plain[CASE] ?? '').replace(
      '    question: And now?',
      '    exhibit: night-desk\n    question: And now?',
    ),
  };
  if (file === '') return all;
  expect(all[file]).to.contain(from);
  return { ...all, [file]: (all[file] ?? '').replace(from, () => to) };
}

const moduleOf = (all: ReturnType<typeof tree>) => {
  const [module] = sound(all).modules;
  if (!module) throw new Error('the fixture has a module');
  return module;
};
const spotIn = (items: readonly Item[]) => {
  const item = items.find(({ type }) => type === 'spot');
  if (!item) throw new Error('the fixture has a spot item');
  return item;
};

describe('exhibits of a module', () => {
  it('are shown whole by the lesson, the item and the case that name them', () => {
    const { lessons, items, scenario, exhibits: all } = moduleOf(tree());
    expect(all.map(({ id }) => id)).to.deep.equal(['night-desk']);
    expect(lessons[0]?.exhibits).to.deep.equal(all);
    expect(spotIn(items).exhibit).to.deep.equal(all[0]);
    expect(scenario.nodes.map(({ exhibit }) => exhibit)).to.deep.equal([undefined, all[0]]);
  });

  it('are published in place, so that a version needs no other file', () => {
    const { snapshot } = buildCourseVersion(sound(tree()), 'volunteers');
    const [module] = snapshot.modules;
    const item = spotIn(module?.quiz.items ?? []);
    expect(questionTypes.of(item).itemSchema.parse(item)).to.deep.equal(item);
    expect(item.exhibit).to.have.property('kind', 'duty-log');
    expect(module?.lessons[0]?.exhibits).to.have.length(1);
    expect(module).not.to.have.property('exhibits');
  });

  it('leave a version that shows none as it was', () => {
    const [module] = buildCourseVersion(sound(), 'volunteers').snapshot.modules;
    expect(module?.lessons[0]).not.to.have.property('exhibits');
    expect(JSON.stringify(module)).not.to.include('exhibit');
  });

  it('may stand whole in one place, without a name', () => {
    const whole =
      '{ kind: poster, title: Staff room, lines: [{ text: Tell the manager. }, { text: Today. }] }';
    const { scenario } = moduleOf(tree(CASE, 'exhibit: night-desk', `exhibit: ${whole}`));
    expect(scenario.nodes[1]?.exhibit).to.have.property('kind', 'poster');
  });

  it('count for the time that a reader needs', () => {
    const [shown, plain] = [moduleOf(tree()), moduleOf(files())];
    const [lesson, before] = [shown.lessons[0], plain.lessons[0]];
    if (!lesson || !before) throw new Error('the fixture has a lesson');
    expect(lessonMinutes(lesson)).to.be.greaterThan(lessonMinutes(before));
    expect(caseMinutes(shown.scenario)).to.be.greaterThan(caseMinutes(plain.scenario));
    const item = spotIn(shown.items);
    expect(itemSeconds(item)).to.be.greaterThan(questionTypes.of(item).seconds(item));
  });

  it('are read for words that the style forbids, each once', () => {
    const wordsIn = (all: ReturnType<typeof tree>) =>
      checkContent(sound(all), { now: 0 })
        .faults.filter(({ problem }) => problem.startsWith('Wording'))
        .map(({ file }) => file);
    expect(wordsIn(tree())).to.deep.equal([]);
    expect(wordsIn(tree(FILE, 'A girl of about 14', 'A runaway'))).to.deep.equal([FILE]);
    const whole =
      '{ kind: poster, title: A runaway, lines: [{ text: Tell the manager. }, { text: Today. }] }';
    expect(wordsIn(tree(CASE, 'exhibit: night-desk', `exhibit: ${whole}`))).to.deep.equal([CASE]);
  });

  it('are read by the gates with the text of their item, once', () => {
    const gated = gatedItems(banks(sound(tree()))).find(({ item }) => item.type === 'spot');
    expect(gated?.text.match(/asks for help/g)).to.have.length(1);
    expect(gated?.text).not.to.include('duty-log');
  });

  const wrong: [string, string, string, string, RegExp][] = [
    ['a lesson', LESSON, '{{exhibit night-desk}}', '{{exhibit day-desk}}', /no exhibit "day-desk"/],
    ['an item', QUIZ, 'exhibit: night-desk', 'exhibit: day-desk', /no exhibit "day-desk"/],
    ['a case', CASE, 'exhibit: night-desk', 'exhibit: day-desk', /no exhibit "day-desk"/],
    ['an item that judges a part that is not there', QUIZ, '{ id: e3,', '{ id: e9,', /no part "e9"/],
    [
      'a lesson in the middle of a line',
      LESSON,
      '{{exhibit night-desk}}',
      'See {{exhibit night-desk}}',
      /own/,
    ],
    ['a name that no exhibit may have', QUIZ, 'exhibit: night-desk', 'exhibit: Night desk', /exhibit/],
  ];
  for (const [name, file, from, to, problem] of wrong) {
    it(`are refused, with file and line, from ${name}`, () => {
      const all = tree(file, from, to);
      const fault = faultsOf(all).find(found => problem.test(found.problem));
      expect(fault).to.include({ file, line: lineOf(all[file] ?? '', to) });
    });
  }

  it('to choose from or to compare are for lessons alone', () => {
    const of = {
      stations:
        '{ kind: stations, title: Two stories, journeys: [{ name: A road, stations: [{ name: Home, roles: [source], text: A promise., who: a teacher }, { name: Town, roles: [destination], text: No job., who: a nurse }] }, { name: A room, stations: [{ name: Home, roles: [source, destination], text: Others come., who: a teacher }] }] }',
      talks:
        '{ kind: talks, title: Two talks, first: { name: One, then: All is well. }, second: { name: Two, then: You tell. }, lines: [{ from: You, text: Hello. }, { from: Girl, text: Yes., second: No. }] }',
    };
    for (const [kind, whole] of Object.entries(of)) {
      const problems = faultsOf(tree(CASE, 'exhibit: night-desk', `exhibit: ${whole}`));
      expect(problems.map(({ problem }) => problem).join(), kind).to.match(
        new RegExp(`"${kind}".*only lessons`),
      );
    }
  });

  const unfit: [string, string, string, RegExp][] = [
    ['without a name', '- id: night-desk\n    kind', '- kind', /no name/],
    ['of an unknown kind', 'kind: duty-log', 'kind: photo', /kind/],
    [
      'with a key that its kind does not have',
      'title: Night desk',
      'title: Night desk\n    image: a.png',
      /image/,
    ],
    ['with two parts of one id', '{ id: e2', '{ id: e1', /the id "e1"/],
  ];
  for (const [name, from, to, problem] of unfit) {
    it(`are refused ${name}`, () => {
      const faults = faultsOf(tree(FILE, from, to)).filter(({ file }) => file === FILE);
      expect(faults.map(fault => fault.problem).join(' ')).to.match(problem);
    });
  }

  it('are refused with a name where nothing can name them', () => {
    const whole = '{ id: wall, kind: poster, title: Wall, lines: [{ text: One. }, { text: Two. }] }';
    const [fault] = faultsOf(tree(CASE, 'exhibit: night-desk', `exhibit: ${whole}`));
    expect(fault).to.have.property('file', CASE);
    expect(fault?.problem).to.match(/"wall"/);
  });
});
