import { expect } from 'chai';
import { safetyRule } from '../../../server/teaching/questions/item-shapes.js';
import { checkContent } from '../../../server/workshop/content-check/check.js';
import { buildCourseVersion } from '../../../server/teaching/content/snapshot.js';
import { quizOf } from '../../../server/teaching/quizzes/quiz.js';
import type { Disposition } from '../../../server/teaching/questions/types/decision/dispositions.js';
import { sampleDecision, sampleItem } from '../../teaching/questions/samples.js';
import { faultsOf, files, sound } from '../../teaching/content/fixture.js';
import { ownContent } from '../../support/content/own-content.js';

const question = (id: string, stem: string) => `      - id: ${id}
        stem: ${stem}
        options:
          - { id: a, text: Tell the line, feedback: The people in your line can act while you go on with your ordinary work today. }
          - { id: b, text: Ask a lot, feedback: Questions belong to trained people and can do harm to the child you want to help. }
          - { id: c, text: Wait a day, feedback: The time that passes is time in which a child may be in danger and nobody knows. }
        key: a
`;
const remediation = `rules:
  - rule: never-2
    text: Never question the child.
    why: A question can do harm.
    notes:
      - { course: volunteers, text: "In your group: tell the lead." }
    objectives: [M2-O1]
    facts: [F001]
    example: { situation: A boy says something., action: The guard says thank you., reason: It is enough. }
    items:
${question('R2-001', 'You guard a museum door. A girl speaks to you at closing time. What now?')}${question('R2-002', 'You sell ice cream on a beach. A boy returns four times today. What now?')}`;

const faults = (text: string) => faultsOf({ ...files(), 'remediation.yaml': text });
const swapped = (from: string, to: string) => {
  expect(remediation).to.include(from);
  return faults(remediation.replace(from, () => to))
    .map(({ problem }) => problem)
    .join('\n');
};
const check = (text: string) =>
  checkContent(sound({ ...files(), 'remediation.yaml': text }), { now: Date.parse('2026-12-01') });
const found = (list: { problem: string }[]) => list.map(({ problem }) => problem).join('\n');

describe('remediation after a missed rule', () => {
  it('loads, and is published with the note for the course', () => {
    expect(faults(remediation)).to.deep.equal([]);
    const { snapshot } = buildCourseVersion(
      sound({ ...files(), 'remediation.yaml': remediation }),
      'volunteers',
    );
    expect(snapshot.remediation?.[0]).to.include({ rule: 'never-2', note: 'In your group: tell the lead.' });
    expect(snapshot.remediation?.[0]).to.not.have.property('notes');
    expect([...(quizOf(snapshot, 'routes')?.remediated.keys() ?? [])]).to.deep.equal(['never-2']);
  });

  it('is absent from older versions, where nothing waits for it', () => {
    const { snapshot } = buildCourseVersion(sound(files()), 'volunteers');
    expect(snapshot).to.not.have.property('remediation');
    expect(quizOf(snapshot, 'routes')?.remediated.size).to.equal(0);
  });

  it('may name only what exists, and only once', () => {
    expect(swapped('M2-O1', 'M9-O1')).to.include('The objective M9-O1 does not exist.');
    expect(swapped('F001', 'F999')).to.include('The fact F999 does not exist.');
    expect(swapped('course: volunteers', 'course: pilots')).to.include('There is no course "pilots".');
    expect(swapped('key: a', 'key: d')).to.include('is not one of its options');
    expect(swapped('R2-002', 'R2-001')).to.include('The id R2-001 is already used');
    expect(swapped('R2-002', 'M2-001')).to.include('M2-001');
    expect(swapped('It is enough.', '"Call {{hotline.none}}."')).to.include('{{hotline.none}} is not known.');
    expect(swapped('rule: never-2', 'rule: never-9')).to.not.equal('');
    const twice = `${remediation}${remediation.replace('rules:\n', '').replaceAll('R2-', 'R3-')}`;
    expect(faults(twice).map(({ problem }) => problem)).to.deep.equal(['never-2 appears twice.']);
  });

  it('covers every rule that can decide a pass', () => {
    const problem = 'can decide a pass, but there is no help for people who miss it';
    expect(found(checkContent(sound(files()), { now: 0 }).faults)).to.include(`never-2 ${problem}`);
    expect(found(check(remediation).faults)).to.not.include(problem);
    expect(found(check(remediation.replace('never-2', 'never-3')).faults)).to.include(`never-2 ${problem}`);
  });

  it('covers a rule that the type of a question knows, and its item does not name', () => {
    const isAsked = (key: Disposition, changes: object = {}) => {
      const item = { ...sampleItem('decision', { id: 'M2-009', objective: 'M2-O1', facts: [] }) };
      const written = `  - ${JSON.stringify({ ...item, ...sampleDecision(key), ...changes })}\n`;
      const bank = files()['routes/quiz.yaml'] ?? '';
      const content = sound({ ...files(), 'routes/quiz.yaml': bank + written });
      return found(checkContent(content, { now: 0 }).faults).includes('always-1 can decide a pass');
    };
    expect(isAsked('urgent')).to.equal(true);
    expect(isAsked('tell')).to.equal(false);
    // Not the answer that is furthest from the right one.
    expect(isAsked('tell', { unsafe: ['note'] })).to.equal(true);
    expect(isAsked('note', { unsafe: ['carry-on'] })).to.equal(true);
  });

  it('repeats no question of a bank', () => {
    const banked = remediation.replace(
      'You guard a museum door. A girl speaks to you at closing time. What now?',
      'You sell tickets. What do you do first in case 1?',
    );
    expect(found(check(banked).faults)).to.include('The stem of R2-001 is nearly that of M2-001.');
    expect(found(check(remediation).faults)).to.not.include('is nearly that of');
  });

  it('is checked for wording and for the rules of items', () => {
    const blamed = remediation.replace('A boy says something.', 'A runaway says something.');
    expect(found(check(blamed).faults)).to.include('Wording: "runaway".');
    const short = remediation.replace(/The people in your line[^}]*/, 'Close. Good. ');
    expect(found(check(short).warnings)).to.include('Feedback R2-001a is not 15 to 40 words long.');
    expect(found(check(short).warnings)).to.include(
      'Feedback R2-001a begins with a mark that the page already shows.',
    );
    expect(found(check(remediation).warnings)).to.not.include('R2-00');
  });

  it('covers all nine rules in this program, without a finding', () => {
    const loaded = ownContent();
    expect(loaded.content.remediation.map(({ rule }) => rule)).to.deep.equal(safetyRule.options);
    const { faults: own, warnings } = checkContent(loaded.content, { now: 0, lineOf: loaded.lineOf });
    expect([...own, ...warnings].filter(({ file }) => file === 'remediation.yaml')).to.deep.equal([]);
    const keys = loaded.content.remediation.flatMap(({ items }) => items.map(({ key }) => key));
    for (const key of ['a', 'b', 'c']) expect(keys.filter(each => each === key)).to.have.length.within(4, 7);
  });
});
