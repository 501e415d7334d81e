import { expect } from 'chai';
import type { Scenario } from '../../../../server/teaching/questions/types/scenario/scenario-shape.js';
import { scenarioSchema } from '../../../../server/teaching/questions/types/scenario/scenario-schema.js';
import { isBranching } from '../../../../server/teaching/questions/types/scenario/branching.js';
import {
  decisionsLeft,
  endingTexts,
  walk,
} from '../../../../server/teaching/questions/types/scenario/scenario-walk.js';
import { scoreCase } from '../../../../server/teaching/questions/types/scenario/case-score.js';
import { branchingCase, sampleCase } from '../case-samples.js';

type Ending = Scenario['endings'][number];

/** The case with one of its endings changed. */
const withEnding = (id: string, change: Partial<Ending>, of = branchingCase): Scenario => ({
  ...of,
  endings: of.endings.map(ending => (ending.id === id ? { ...ending, ...change } : ending)),
});

/** Where the faults of a case are. */
const faultsIn = (scenario: unknown): string[] =>
  scenarioSchema.safeParse(scenario).error?.issues.map(({ path }) => path.join('.')) ?? [];

/** What the ending at the end of this path says. */
function toldAfter(scenario: Scenario, path: string): string[] {
  const found = walk(scenario, [...path]);
  if (!found?.ending) throw new Error(`${path} is no whole path`);
  return endingTexts(found.ending, found.steps);
}

/** A no-concern version: its misses end as no concern. */
const innocent: Scenario = {
  ...branchingCase,
  judgement: 'no-concern',
  endings: branchingCase.endings.map(ending =>
    ending.kind === 'not-told' || ending.kind === 'told-late' ? { ...ending, kind: 'no-concern' } : ending,
  ),
};

/** The case with its choices in the other order. */
const reversed = (of: Scenario): Scenario => ({
  ...of,
  nodes: of.nodes.map(node => ({ ...node, choices: node.choices.toReversed() })),
});

describe('an ending of a case', () => {
  it('may be that nobody was told, or too late, where only unsafe choices lead there', () => {
    expect(faultsIn(branchingCase)).to.deep.equal([]);
    const scores = ['c', 'ac'].map(path => {
      const found = walk(branchingCase, [...path]);
      return found && scoreCase(found);
    });
    expect(scores).to.deep.equal([
      { steps: 1, right: 0, unsafe: ['never-2'], ending: 'not-told', passed: false },
      { steps: 2, right: 1, unsafe: ['never-2'], ending: 'told-late', passed: false },
    ]);
  });

  it('must not be a miss where a path that passes leads to it, be it with a weak choice', () => {
    expect(faultsIn(withEnding('known', { kind: 'told-late' }))).to.deep.equal(['endings.0.kind']);
    const endingLateBy = (quality: 'weak' | 'unsafe'): Scenario => ({
      ...sampleCase,
      endings: [...sampleCase.endings, { id: 'late', kind: 'told-late', text: 'Late.' }],
      nodes: sampleCase.nodes.map(node => ({
        ...node,
        choices: node.choices.map(choice =>
          node.id === 'n4' && choice.quality === quality ? { ...choice, next: 'late' } : choice,
        ),
      })),
    });
    expect(faultsIn(endingLateBy('weak'))).to.deep.equal(['endings.2.kind']);
    expect(faultsIn(reversed(endingLateBy('weak')))).to.deep.equal(['endings.2.kind']);
    expect(faultsIn(endingLateBy('unsafe'))).to.deep.equal([]);
  });

  it('is no miss of a case without concern', () => {
    expect(faultsIn({ ...branchingCase, judgement: 'no-concern' })).to.deep.equal([
      'endings.2.kind',
      'endings.3.kind',
    ]);
    expect(faultsIn(innocent)).to.deep.equal([]);
  });

  it('says its text to all, and more to those whose choices it speaks of, in their order', () => {
    expect(toldAfter(branchingCase, 'aa')).to.deep.equal(['SECRET known', 'SECRET for a at the start']);
    expect(toldAfter(branchingCase, 'ab')).to.deep.equal([
      'SECRET known',
      'SECRET for a at the start',
      'SECRET for b at the desk',
    ]);
    expect(toldAfter(branchingCase, 'ba')).to.deep.equal(['SECRET fine']);
    expect(toldAfter(branchingCase, 'bc')).to.deep.equal(['SECRET silent']);
    expect(toldAfter(branchingCase, 'c')).to.deep.equal(['SECRET silent', 'SECRET for c']);
  });

  it('speaks only of choices that there are, that lead to it, and once', () => {
    const said = (...when: [string, string][]) =>
      faultsIn(withEnding('known', { said: when.map(each => ({ when: each, text: 'You did.' })) }));
    expect(said(['start', 'a'], ['desk', 'a'])).to.deep.equal([]);
    for (const when of [
      ['nowhere', 'a'],
      ['desk', 'd'],
      ['start', 'b'],
      ['cabin', 'a'],
    ] as [string, string][])
      expect(said(['start', 'a'], when), when.join(' ')).to.deep.equal(['endings.0.said.1.when']);
    expect(said(['desk', 'a'], ['desk', 'a'])).to.deep.equal(['endings.0.said.1.when']);
  });
});

describe('a case that branches', () => {
  const ending = (from: string, to: string): Scenario => ({
    ...branchingCase,
    nodes: branchingCase.nodes.map(node => ({
      ...node,
      choices: node.choices.map(choice => (choice.next === from ? { ...choice, next: to } : choice)),
    })),
  });

  it('has different scenes that lead to different endings', () => {
    expect(isBranching(branchingCase)).to.equal(true);
    expect(isBranching(sampleCase)).to.equal(false);
  });

  it('is none that only skips a scene, ends early, or comes together again', () => {
    expect(isBranching(ending('known', 'cabin'))).to.equal(false);
    expect(isBranching(ending('cabin', 'fine'))).to.equal(false);
    expect(isBranching(reversed(ending('cabin', 'fine')))).to.equal(false);
    const together = ending('late', 'silent');
    const same = { ...together, nodes: ending('known', 'fine').nodes.map(noLate) };
    expect(isBranching(together)).to.equal(true);
    expect(isBranching(same)).to.equal(false);
  });

  it('is walked scene by scene, with as many decisions left as the way taken has', () => {
    expect(walk(branchingCase, ['a'])?.node?.id).to.equal('desk');
    expect(walk(branchingCase, ['b'])?.node?.id).to.equal('cabin');
    expect(decisionsLeft(branchingCase, 'start')).to.deep.equal({ least: 1, most: 2 });
    expect(decisionsLeft(branchingCase, 'desk')).to.deep.equal({ least: 1, most: 1 });
  });
});

/** The decision with what comes too late left silent. */
const noLate = (node: Scenario['nodes'][number]): Scenario['nodes'][number] => ({
  ...node,
  choices: node.choices.map(choice => (choice.next === 'late' ? { ...choice, next: 'silent' } : choice)),
});
