import { expect } from 'chai';
import type { Content } from '../../../server/teaching/content/schema/types.js';
import { buildCourseVersion } from '../../../server/teaching/content/snapshot.js';
import type { Item } from '../../../server/teaching/questions/item.js';
import { runPoints } from '../../../server/workshop/points/command-points.js';
import { crib } from '../../../server/workshop/points/crib.js';
import { metPoints } from '../../../server/workshop/points/met-points.js';
import { sound } from '../../teaching/content/fixture.js';

const SLUG = 'volunteers';

/** A question of which the first two options are right. */
function asking(id: string, points: string[] | null, options: string[]): Item {
  return {
    ...{ id, objective: 'M2-O1', level: 'remember', type: 'multiple', depth: 'full', critical: false },
    ...(points ? { points } : {}),
    stem: 'Which two are right?',
    options: options.map((text, at) => ({ id: 'abcde'.charAt(at), text, feedback: 'So.' })),
    key: ['a', 'b'],
    facts: [],
  } as Item;
}

const LETTERS = ['one', 'two', 'three', 'four', 'five'];

/** A course of one module whose quiz asks two of these, and promises one on a point. */
function content(items: Item[], points = 1): Content {
  const whole = sound();
  return {
    ...whole,
    modules: whole.modules.map(module => ({ ...module, items })),
    courses: whole.courses.map(course => ({
      ...course,
      claims: ['S12', 'S13'],
      modules: course.modules.map(each => ({
        ...each,
        depth: 'full' as const,
        quiz: { draw: 2, pass: 1, minCritical: 0, points },
      })),
    })),
  };
}

const met = (items: Item[], points?: number) =>
  metPoints(buildCourseVersion(content(items, points), SLUG).snapshot, null, { learners: 200, seed: 'x' });

const figures = (whole: Content) => {
  const [course] = whole.courses;
  if (!course) throw new Error('no course');
  return crib(course, whole);
};

describe('the points of a course', () => {
  it('are counted for each learner, however many questions ask them', () => {
    const both = [asking('A', ['S12'], LETTERS), asking('B', ['S12', 'S13'], LETTERS)];
    const { met: all, fewest, leastOfForm } = met(both);
    expect([...all].sort()).to.deep.equal([
      ['S12', 200],
      ['S13', 200],
    ]);
    expect([fewest, leastOfForm]).to.deep.equal([2, 1]);
  });

  it('are met by those whose form holds them', () => {
    const pool = [asking('A', ['S12'], LETTERS), asking('B', ['S13'], LETTERS), asking('C', null, LETTERS)];
    const { met: all, fewest, leastOfForm } = met(pool);
    const [first = 0, second = 0] = ['S12', 'S13'].map(point => all.get(point));
    // Every form holds one of the two, and some hold both.
    expect(first + second).to.be.above(200);
    expect(Math.max(first, second)).to.be.below(200);
    expect([fewest, leastOfForm]).to.deep.equal([1, 0.5]);
    expect([...met(pool).met]).to.deep.equal([...all]);
  });

  it('are looked up in the lessons by a reader who compares words', () => {
    const found = ['A source is one of three parts.', 'A place can play three parts.'];
    const others = ['Ships wait for a harbour.', 'Trains leave on Sundays.', 'Nobody sings here.'];
    const helped = figures(content([asking('A', ['S12'], [...found, ...others])]));
    expect(helped).to.deep.equal({ items: 1, without: 0.4, withLessons: 1 });
    const misled = figures(content([asking('A', ['S12'], [...others.slice(0, 2), ...found, 'No.'])]));
    expect(misled.withLessons).to.equal(0);
  });

  it('are looked up for the questions alone that name one', () => {
    expect(figures(content([asking('A', null, LETTERS)])).items).to.equal(0);
  });
});

describe('content points', () => {
  const lines: string[] = [];
  const run = (args: string[], whole: Content) => runPoints(args, whole, line => lines.push(line));
  const few = content([asking('A', ['S12'], LETTERS), asking('B', ['S13'], LETTERS)]);

  it('fails where a limit is broken, and names it', () => {
    expect(run(['--learners', '20'], few)).to.equal(1);
    const told = lines.filter(line => line.endsWith('broken')).map(line => line.trim().split(/ {2,}/)[0]);
    // No learner can meet eight points where there are two.
    expect(told).to.include('fewest points met by a learner').and.not.include('S12');
  });

  it('refuses a course without claims and a number that is none', () => {
    expect(() => run(['--course', 'nowhere'], few)).to.throw('No course with this name');
    expect(() => run(['--learners', 'many'], few)).to.throw('whole number');
  });
});
