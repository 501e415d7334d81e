import { expect } from 'chai';
import fc from 'fast-check';
import { runBots } from '../../../server/workshop/bots/command-bots.js';
import { passedByGuessers } from '../../../server/workshop/bots/bot-gates.js';
import { guessers } from '../../../server/workshop/bots/guessers.js';
import { simulate, type Sitting } from '../../../server/workshop/bots/simulate.js';
import { skilledLearners } from '../../../server/workshop/bots/skilled.js';
import type { Content, Edition } from '../../../server/teaching/content/schema/types.js';
import { buildCourseVersion } from '../../../server/teaching/content/snapshot.js';
import type { Item } from '../../../server/teaching/questions/item.js';
import { questionTypes } from '../../../server/teaching/questions/question-types.js';
import { DISPOSITIONS } from '../../../server/teaching/questions/types/decision/dispositions.js';
import { seededRandom } from '../../../server/teaching/quizzes/drawing/seeded-random.js';
import { sampleCase } from '../../teaching/questions/case-samples.js';
import { arbitraryItems } from '../../teaching/questions/samples.js';
import { sound } from '../../teaching/content/fixture.js';
import { decisions } from '../content-check/gates/gated-banks.js';

let whole: Content | undefined;

/** A course of one module, whose quiz asks six of these and wants five. */
function content(items: readonly Item[], edition: Edition = 2): Content {
  whole ??= sound();
  const quiz = { draw: 6, pass: 5, minCritical: 0 };
  return {
    ...whole,
    modules: whole.modules.map(module => ({ ...module, edition, items: [...items] })),
    courses: whole.courses.map(course => ({
      ...course,
      modules: course.modules.map(each => ({ ...each, depth: 'full' as const, quiz })),
    })),
  };
}

const sit = (items: readonly Item[], seed = 'one', guesses = new Map<string, string[]>()): Sitting[] => [
  ...simulate(buildCourseVersion(content(items), 'volunteers').snapshot, { people: 30, seed, guesses }),
];

const broken = (items: readonly Item[]) => sit(items).flatMap(passedByGuessers);
const rate = (sitting: Sitting | undefined, name: string) =>
  sitting?.rates.find(({ bot }) => bot.name === name)?.atOnce ?? Number.NaN;

/** Questions with one right option; of three, the key is the longest or not. */
const singles = (isLongest: boolean): Item[] =>
  decisions(24).map(({ id, options, key, stem, objective }) => ({
    ...{
      id,
      stem,
      objective,
      key,
      level: 'apply',
      type: 'single',
      depth: 'full',
      critical: false,
      facts: [],
    },
    options: options.map(each => ({
      ...each,
      text: key.includes(each.id) === isLongest ? 'x'.repeat(30) : 'x'.repeat(20),
    })),
  })) as unknown as Item[];

describe('simulated learners', () => {
  it('fail where no rule of thumb pays', () => {
    expect(broken(decisions(36))).to.eql([]);
  });

  it('that always decide one way pass where it is mostly right, and only they', () => {
    for (const disposition of ['tell', 'note', 'carry-on'] as const) {
      const one = decisions(36, ({ options, key }) => ({
        disposition,
        options: options.filter(({ id }) => key.includes(id)),
      }));
      const found = broken(one);
      expect(found, disposition).to.include.members([disposition, 'commonest']);
      expect(found, disposition).to.not.include('blind');
    }
  });

  it('that take the longest option pass where it is the key, and only they', () => {
    expect(broken(singles(true))).to.eql(['longest']);
    expect(broken(singles(false))).to.eql([]);
  });

  it('that know the words of keys pass, whatever the question', () => {
    const items = singles(false) as (Item & { key: string[] })[];
    const known = new Map(items.map(({ id, key }) => [id, key]));
    expect(sit(items, 'one', known).flatMap(passedByGuessers)).to.eql(['model']);
  });

  it('that have learnt more pass more often', () => {
    const [sitting] = sit(decisions(36));
    const [weak, good, strong] = ['weak', 'good', 'strong'].map(name => rate(sitting, name));
    expect(weak).to.be.below(good ?? 0);
    expect(good).to.be.below(strong ?? 0);
  });

  it('give the same figures for the same seed, and others for another', () => {
    const items = decisions(36);
    expect(sit(items)).to.eql(sit(items));
    expect(sit(items)).to.not.eql(sit(items, 'two'));
  });

  it('sit a quiz for each job that the course asks for', () => {
    const items = decisions(48, ({ id }) =>
      id < 'M2-016' ? { roles: ['cabin'] } : id < 'M2-032' ? { roles: ['patrol'] } : {},
    ).map(item => ({ ...item, scene: 'anywhere' as const }));
    const known = content(items);
    const courses = known.courses.map(course => ({ ...course, jobs: ['cabin' as const, 'patrol' as const] }));
    const { snapshot } = buildCourseVersion({ ...known, courses }, 'volunteers');
    const sittings = [...simulate(snapshot, { people: 5, seed: 'one', guesses: new Map() })];
    expect(sittings.map(({ job }) => job)).to.eql(['cabin', 'patrol']);
  });

  it('walk the case of a final to its end', () => {
    const known = content(decisions(36));
    const blind = { readers: [], readings: [] };
    const course = {
      ...known.courses[0],
      final: { draw: 1, pass: 1, minCritical: 0, scenarios: [sampleCase.id] },
    };
    const withFinal = {
      ...known,
      courses: [course as Content['courses'][number]],
      final: { edition: 2 as const, items: singles(true), scenarios: [sampleCase], exhibits: [], blind },
    };
    const { snapshot } = buildCourseVersion(withFinal, 'volunteers');
    const [, final] = simulate(snapshot, { people: 30, seed: 'one', guesses: new Map() });
    expect(final?.quiz).to.equal('final');
    expect(rate(final, 'strong')).to.be.above(rate(final, 'weak'));
    expect(rate(final, 'weak')).to.be.above(rate(final, 'blind'));
  });
});

describe('the answers of simulated learners', () => {
  const bots = [...guessers(decisions(8), new Map()), ...skilledLearners];

  it('are whole, of every type', () => {
    fc.assert(
      fc.property(fc.oneof(...Object.values(arbitraryItems)), fc.string(), (item, seed) => {
        for (const bot of bots) {
          const answer = bot.answer(item, seededRandom(seed));
          expect(questionTypes.of(item).isComplete(item, answer), `${bot.name}, ${item.type}`).to.equal(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('earn a skilled learner the share of the points that the skill names', () => {
    const random = seededRandom('points');
    const items = decisions(400);
    for (const [name, skill] of [
      ['weak', 0.6],
      ['good', 0.85],
      ['strong', 0.95],
    ] as const) {
      const bot = skilledLearners.find(each => each.name === name);
      const points = items.map(item => questionTypes.of(item).grade(item, bot?.answer(item, random) ?? {}));
      const mean = points.reduce((sum, each) => sum + each, 0) / points.length;
      expect(mean / 100).to.be.closeTo(skill, 0.05);
    }
  });

  it('of a skilled learner who misses a decision stay beside it', () => {
    const random = seededRandom('beside');
    for (const item of decisions(200)) {
      const { disposition } = skilledLearners[0]?.answer(item, random) ?? {};
      const steps =
        DISPOSITIONS.findIndex(each => each === disposition) - DISPOSITIONS.indexOf(item.disposition);
      expect(Math.abs(steps)).to.be.at.most(1);
    }
  });
});

describe('the limits for guessers', () => {
  const guesser = (atOnce: number, inThree: number, isGuesser = true) => ({
    bot: { name: 'blind', isGuesser },
    ...{ atOnce, inThree },
  });

  it('are one in ten of a module quiz, and of the final one in a hundred at once and three in three tries', () => {
    const of = (quiz: string, ...rates: ReturnType<typeof guesser>[]) =>
      passedByGuessers({ quiz, isPractice: false, rates });
    expect(of('routes', guesser(0.1, 0.4))).to.eql([]);
    expect(of('routes', guesser(0.101, 0.4))).to.eql(['blind']);
    expect(of('final', guesser(0.01, 0.03))).to.eql([]);
    expect(of('final', guesser(0.011, 0.03))).to.eql(['blind']);
    expect(of('final', guesser(0.01, 0.031))).to.eql(['blind']);
    expect(of('final', guesser(1, 1, false))).to.eql([]);
    expect(passedByGuessers({ quiz: 'routes', isPractice: true, rates: [guesser(1, 1)] })).to.eql([]);
  });
});

describe('content bots', () => {
  const run = (items: readonly Item[], edition: Edition, ...args: string[]) => {
    const lines: string[] = [];
    const code = runBots(['--forms', '40', ...args], content(items, edition), line => lines.push(line));
    return { code, text: lines.join('\n') };
  };

  it('fails for a bank of the second edition that a guesser passes, and reports one of the first', () => {
    const second = run(singles(true), 2);
    expect(second.code).to.equal(1);
    expect(second.text).to.match(/routes +all +2 .*broken: .*longest/);
    const first = run(singles(true), 1);
    expect(first.code).to.equal(0);
    expect(first.text).to.match(/routes +all +1 .*broken: .*longest/);
    expect(run(decisions(36), 2).code).to.equal(0);
  });

  it('fails a final over two banks only where both are of the second edition', () => {
    const blind = { readers: [], readings: [] };
    const final = { draw: 6, pass: 5, minCritical: 0, from: { routes: 3 } };
    const items = singles(true);
    const codes = ([1, 2] as const).map(edition => {
      const known = content(items, edition);
      const own = items.map(item => ({ ...item, id: item.id.replace('M2', 'EX') }));
      const whole = {
        ...known,
        courses: known.courses.map(course => ({ ...course, final })),
        final: { edition: 2 as const, items: own, scenarios: [], exhibits: [], blind },
      };
      const lines: string[] = [];
      const code = runBots(['--forms', '40'], whole, line => lines.push(line));
      return [code, / final +all +(\S+)/.exec(lines.join('\n').replaceAll('\n', ' '))?.[1]];
    });
    expect(codes).to.eql([
      [0, '1+2'],
      [1, '2'],
    ]);
  });

  it('sits the model bank, too, which no course draws from', () => {
    const blind = { readers: [], readings: [] };
    const models = { edition: 2 as const, items: singles(true), scenarios: [], exhibits: [], blind };
    const lines: string[] = [];
    const known = { ...content(decisions(36)), models };
    expect(runBots(['--forms', '40'], known, line => lines.push(line))).to.equal(1);
    expect(lines.join('\n')).to.match(/models +all +2 .*broken: .*longest/);
    expect(runBots(['--forms', '40', '--course', 'volunteers'], known, () => undefined)).to.equal(0);
  });

  it('says what came of a quiz before it sits the next', () => {
    const known = content(decisions(36));
    const [module] = known.modules;
    const two = {
      ...known,
      modules: [module, { ...module, slug: 'broken', items: [] }] as Content['modules'],
      courses: known.courses.map(course => {
        const [first] = course.modules;
        return { ...course, modules: [first, { ...first, module: 'broken' }] as typeof course.modules };
      }),
    };
    const lines: string[] = [];
    expect(() => runBots(['--forms', '5'], two, line => lines.push(line))).to.throw('pool');
    expect(lines.join('\n')).to.match(/routes +all/);
  });

  it('says the same for the same seed', () => {
    expect(run(decisions(36), 2, '--seed', 'x')).to.eql(run(decisions(36), 2, '--seed', 'x'));
  });

  it('refuses a course that is not there, and no forms', () => {
    expect(() => run(decisions(36), 2, '--course', 'pilots')).to.throw('pilots');
    for (const forms of ['0', '1.5', 'many'])
      expect(() => run(decisions(36), 2, '--forms', forms), forms).to.throw('--forms');
  });
});
