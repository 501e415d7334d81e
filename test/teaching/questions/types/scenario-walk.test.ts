import { expect } from 'chai';
import fc from 'fast-check';
import { mainPath } from '../../../../server/teaching/questions/types/scenario/scenario-graph.js';
import {
  bestPath,
  decisionsLeft,
  readPath,
  walk,
  writePath,
  type Walk,
} from '../../../../server/teaching/questions/types/scenario/scenario-walk.js';
import type { Scenario } from '../../../../server/teaching/questions/types/scenario/scenario-shape.js';
import { sound } from '../../content/fixture.js';
import { ownContent } from '../../../support/content/own-content.js';

const letters = fc.constantFrom('a', 'b', 'c', 'd');

/** Every case that learners can meet: one for each module, and those of the finals. */
function realCases(): Scenario[] {
  const loaded = ownContent();
  const { modules, final } = loaded.content;
  return [...modules.map(({ scenario }) => scenario), ...(final?.scenarios ?? [])];
}

/** The walk of a path that can be. */
function walked(scenario: Scenario, path: readonly string[]): Walk {
  const found = walk(scenario, path);
  if (!found) throw new Error(`${scenario.id}: the path ${writePath(path)} cannot be`);
  return found;
}

/** Every whole path, and every beginning of one. */
function* paths(scenario: Scenario, path: readonly string[] = []): Generator<readonly string[]> {
  yield path;
  for (const { id } of walked(scenario, path).node?.choices ?? []) yield* paths(scenario, [...path, id]);
}

describe('the walk through a case', () => {
  const [module] = sound().modules;
  const sample = module?.scenario as Scenario;

  it('begins at the start, follows the choices, and stops at an ending', () => {
    expect(walk(sample, [])).to.include({ ending: null }).and.have.nested.property('node.id', 'n1');
    const half = walked(sample, ['a']);
    expect([half.node?.id, half.steps.map(({ node, choice }) => node.id + choice.id)]).to.eql([
      'n2',
      ['n1a'],
    ]);
    const whole = walked(sample, ['a', 'b']);
    expect([whole.node, whole.ending?.id]).to.eql([null, 'e1']);
    expect(walked(sample, ['b']).ending?.id).to.equal('e1');
  });

  for (const path of [['c'], ['a', 'c'], ['b', 'a'], ['a', 'a', 'a'], ['__proto__'], [''], ['constructor']]) {
    it(`has no path ${JSON.stringify(path)}`, () => {
      expect(walk(sample, path)).to.equal(null);
    });
  }

  it('counts what is left by the shortest and the longest way', () => {
    expect(decisionsLeft(sample, 'n1')).to.eql({ least: 1, most: 2 });
    expect(decisionsLeft(sample, 'n2')).to.eql({ least: 1, most: 1 });
    expect(decisionsLeft(sample, 'e1')).to.eql({ least: 0, most: 0 });
  });
});

describe('a path in an address', () => {
  it('is letters joined by points, and reads back as it was written', () => {
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 30 }), path => {
        expect(readPath(writePath(path))).to.eql(path);
      }),
    );
  });

  it('is nothing else', () => {
    const odd = [
      '.',
      'a.',
      '.a',
      'a..b',
      'A',
      'ab',
      'i',
      ' a',
      'a\n',
      'a,b',
      'a.b.',
      '1',
      'a.'.repeat(30) + 'a',
    ];
    for (const text of [...odd, undefined, null, 1, ['a'], ['a', 'b'], {}])
      expect(readPath(text)).to.equal(null);
    fc.assert(
      fc.property(fc.anything(), text => {
        const read = readPath(text);
        if (read) expect(writePath(read)).to.equal(text);
      }),
    );
  });
});

describe('every case of the courses', () => {
  const cases = realCases();

  it('is here: one for each module, and one for each final', () => {
    expect(cases.length).to.be.at.least(14);
  });

  for (const scenario of cases) {
    it(`${scenario.id} ends, whichever way is taken, and has no dead end`, () => {
      const endings = new Set<string>();
      for (const path of paths(scenario)) {
        const { node, ending, steps } = walked(scenario, path);
        expect(steps.length).to.equal(path.length);
        expect(path.length).to.be.at.most(scenario.nodes.length);
        if (ending) endings.add(ending.id);
        else expect(node.choices.length, 'choices').to.be.within(2, 4);
      }
      expect([...endings].sort()).to.eql(scenario.endings.map(({ id }) => id).sort());
    });

    it(`${scenario.id} knows at each decision how many may follow`, () => {
      for (const path of paths(scenario)) {
        const { node, ending } = walked(scenario, path);
        const { least, most } = decisionsLeft(scenario, (node ?? ending).id);
        expect(least === 0).to.equal(ending !== null);
        for (const { next } of node?.choices ?? []) {
          const after = decisionsLeft(scenario, next);
          expect([after.least >= least - 1, after.most <= most - 1]).to.eql([true, true]);
        }
      }
    });

    it(`${scenario.id} may be left by no path of chance`, () => {
      fc.assert(
        fc.property(fc.array(letters, { maxLength: 8 }), path => {
          const found = walk(scenario, path);
          if (found) expect(found.steps.map(({ choice }) => choice.id)).to.eql(path);
          else expect(path.some((_, n) => walk(scenario, path.slice(0, n + 1)) === null)).to.equal(true);
        }),
      );
    });

    it(`${scenario.id} has a best path, the one that content check counts`, () => {
      const { steps, ending } = walked(scenario, bestPath(scenario));
      expect(ending).to.not.equal(null);
      expect(steps.map(({ node }) => node.id)).to.eql(mainPath(scenario));
      expect(steps.every(({ choice }) => choice.quality === 'best')).to.equal(true);
    });
  }
});
