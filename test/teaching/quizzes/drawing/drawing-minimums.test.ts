import { join } from 'node:path';
import { expect } from 'chai';
import type { JobName } from '../../../../server/teaching/questions/jobs.js';
import fc from 'fast-check';
import { projectRoot } from '../../../../server/config.js';
import { everDrawn, formItems } from '../../../../server/teaching/content/drawable.js';
import { loadContent } from '../../../../server/teaching/content/load/load.js';
import { isAtLeast, LEVELS, type Level } from '../../../../server/teaching/questions/levels.js';
import {
  buildCourseVersion,
  ownQuiz,
  type SnapshotQuiz,
} from '../../../../server/teaching/content/snapshot.js';
import { countedItems } from './counted-items.js';
import type { Drawable, FormBlueprint } from '../../../../server/teaching/quizzes/drawing/blueprint.js';
import { suitableCases } from '../../../../server/teaching/quizzes/drawing/draw-case.js';
import { drawForm, PoolTooSmall } from '../../../../server/teaching/quizzes/drawing/draw-form.js';
import { leastOfAll } from './trying-all.js';

const OBJECTIVES = ['M2-O1', 'M2-O2', 'M2-O3'] as const;

type Minimums = Pick<FormBlueprint, 'minCritical' | 'levels' | 'objectives'>;

/** Does a form keep its promises? The words of the blueprint, and nothing clever. */
function keeps(form: readonly Drawable[], { minCritical, levels = {}, objectives = {} }: Minimums): boolean {
  const counts = (least: number, fits: (item: Drawable) => boolean) => form.filter(fits).length >= least;
  return (
    counts(minCritical, item => item.critical !== false) &&
    LEVELS.every(level => counts(levels[level] ?? 0, item => isAtLeast(item.level, level))) &&
    Object.entries(objectives).every(([id, least]) => counts(least, item => item.objective === id))
  );
}

const isWhole = (form: readonly Drawable[], blueprint: FormBlueprint): boolean =>
  form.length === blueprint.draw && keeps(form, blueprint);

const least = fc.integer({ min: 1, max: 3 });
const blueprints: fc.Arbitrary<FormBlueprint> = fc.record({
  items: fc
    .array(
      fc.record({
        objective: fc.constantFrom(...OBJECTIVES),
        level: fc.constantFrom(...LEVELS),
        depth: fc.constant('full' as const),
        critical: fc.constantFrom<Drawable['critical']>(false, false, 'never-1'),
      }),
      { maxLength: 9 },
    )
    .map(shapes => shapes.map((shape, number) => ({ ...shape, id: `M2-00${number}` }))),
  draw: fc.integer({ min: 3, max: 5 }),
  minCritical: fc.integer({ min: 0, max: 2 }),
  levels: fc.dictionary(fc.constantFrom<Level>(...LEVELS), least, { maxKeys: 3 }),
  objectives: fc.dictionary(fc.constantFrom(...OBJECTIVES), least, { maxKeys: 2 }),
  depth: fc.constant('full' as const),
  previous: fc.array(
    fc.subarray([...'012345678']).map(numbers => numbers.map(number => `M2-00${number}`)),
    { maxLength: 2 },
  ),
  seed: fc.string(),
});

const repeatsIn = (form: readonly { id: string }[], { previous }: FormBlueprint): number =>
  form.filter(({ id }) => previous.at(-1)?.includes(id)).length;

describe('drawForm with minimums of levels and objectives', () => {
  it('keeps them all whenever any form could, repeats as little as any such form, and refuses otherwise', () => {
    const ends = { drawn: 0, refused: 0, repeated: 0 };
    fc.assert(
      fc.property(blueprints, blueprint => {
        const [fewest] = leastOfAll(blueprint, isWhole, each => [repeatsIn(each, blueprint)]) ?? [];
        if (fewest === undefined) {
          ends.refused += 1;
          expect(() => drawForm(blueprint)).to.throw(PoolTooSmall);
          return;
        }
        ends.drawn += 1;
        const ids = drawForm(blueprint).map(({ itemId }) => itemId);
        const form = blueprint.items.filter(({ id }) => ids.includes(id));
        expect(form).to.have.lengthOf(blueprint.draw);
        expect(keeps(form, blueprint)).to.equal(true);
        expect(repeatsIn(form, blueprint)).to.equal(fewest);
        if (fewest > 0) ends.repeated += 1;
      }),
      { numRuns: 2000 },
    );
    for (const [end, times] of Object.entries(ends)) expect(times, end).to.be.greaterThan(100);
  });

  it('draws the same form again, whatever the order of the bank', () => {
    fc.assert(
      fc.property(blueprints, blueprint => {
        const draw = (items: readonly Drawable[]) => {
          try {
            return drawForm({ ...blueprint, items });
          } catch (fault) {
            return String(fault);
          }
        };
        const first = draw(blueprint.items);
        expect(draw(blueprint.items)).to.deep.equal(first);
        expect(draw(blueprint.items.toReversed())).to.deep.equal(first);
      }),
    );
  });

  it('says what the pool cannot give, and names nothing else', () => {
    const items: Drawable[] = ['apply', 'apply', 'remember', 'analyse', 'apply'].map((level, n) => ({
      id: `M2-00${n}`,
      objective: `M2-O${n === 3 ? 2 : 1}`,
      level: level as Level,
      depth: 'full',
      critical: n === 2 ? 'never-1' : false,
    }));
    const draw = (minimums: Partial<Minimums>) => () =>
      drawForm({ items, draw: 2, minCritical: 0, depth: 'full', previous: [], seed: 's', ...minimums });
    expect(draw({ levels: { analyse: 2 } })).to.throw(PoolTooSmall, 'give 2 items at analyse or above');
    expect(draw({ objectives: { 'M2-O7': 1 } })).to.throw(PoolTooSmall, 'give 1 item on M2-O7');
    // Each is there, and no two items are all three.
    expect(draw({ minCritical: 1, objectives: { 'M2-O2': 1 }, levels: { apply: 1 } })).to.not.throw();
    expect(draw({ minCritical: 1, objectives: { 'M2-O2': 1 }, levels: { apply: 2 } })).to.throw(
      PoolTooSmall,
      /give 1 safety-critical item, 2 items at apply or above$/,
    );
    expect(draw({ levels: { apply: 3 } })).to.throw(RangeError, 'Cannot draw 2 items');
  });

  it('looks at the items of a large bank with many minimums fewer than a hundred times for each place', () => {
    const bank = Array.from({ length: 100 }, (_, n): Drawable => ({
      id: `M2-${String(n).padStart(3, '0')}`,
      objective: `M2-O${n % 12}`,
      level: LEVELS[n % 5] ?? 'apply',
      depth: 'full',
      critical: n % 4 === 0 ? 'never-1' : false,
    }));
    const objectives = Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`M2-O${n}`, 1]));
    const minimums = { minCritical: 5, levels: { apply: 12, analyse: 6, evaluate: 2 }, objectives };
    const { items, looks } = countedItems(bank);
    const previous: string[][] = [];
    for (let n = 0; n < 10; n += 1) {
      const form = drawForm({ items, draw: 20, depth: 'full', previous, seed: `n ${n}`, ...minimums });
      previous.push(form.map(({ itemId }) => itemId));
    }
    // Today some 46 for each place of a form: a search that tries combinations needs thousands.
    expect(looks() / 10 / 20 / bank.length).to.be.lessThan(100);
  });
});

type Met = SnapshotQuiz & { readonly job: JobName | null };

describe('the quizzes of the built-in courses', () => {
  const loaded = loadContent(join(projectRoot, 'modules'));
  if (!loaded.ok) throw new Error('The content has faults');
  /** Each quiz as each of its course's jobs meets it. */
  const quizzes = loaded.content.courses.flatMap(({ slug, jobs }): [string, Met][] => {
    const { modules, final } = buildCourseVersion(loaded.content, slug).snapshot;
    const all: [string, SnapshotQuiz | null][] = [
      ...modules.map((m): [string, SnapshotQuiz | null] => [m.slug, ownQuiz(m)]),
      ['final', final],
    ];
    return all.flatMap(([name, quiz]) =>
      (jobs ?? [null]).flatMap((job): [string, Met][] =>
        quiz ? [[`${slug}: ${name} ${job ?? ''}`, { ...quiz, job }]] : [],
      ),
    );
  });
  /** Twelve attempts of one learner. */
  const attemptsAt = (name: string, quiz: Met) => {
    const forms: string[][] = [];
    for (let n = 0; n < 12; n += 1) {
      const form = drawForm({ ...quiz, depth: 'full', previous: forms, seed: `${name} ${n}` });
      forms.push(form.map(({ itemId }) => itemId));
    }
    return forms;
  };

  it('ask in at least half of each form for applying or more, and keep what they promise', () => {
    for (const [name, quiz] of quizzes) {
      for (const ids of attemptsAt(name, quiz)) {
        const form = quiz.items.filter(({ id }) => ids.includes(id));
        expect(keeps(form, quiz), name).to.equal(true);
        const applying = form.filter(({ level }) => isAtLeast(level, 'apply')).length;
        expect(applying, name).to.be.at.least(quiz.draw / 2);
      }
      expect(quiz.levels?.apply ?? 0, name).to.be.at.least(quiz.draw / 2);
    }
  });

  it('hold scenes of the learner’s own job alone, and as many written for it as they promise', () => {
    const renewals = loaded.content.courses.flatMap(({ slug, jobs = [] }): [string, Met][] => {
      const { renewal } = buildCourseVersion(loaded.content, slug).snapshot;
      return renewal
        ? jobs.map((job): [string, Met] => [`${slug}: renewal ${job}`, { ...renewal.quiz, job }])
        : [];
    });
    const asked = [...quizzes, ...renewals].filter(([, { job }]) => job !== null);
    expect(asked.length).to.be.greaterThan(30);
    for (const [name, quiz] of asked) {
      for (const ids of attemptsAt(name, quiz)) {
        const form = quiz.items.filter(({ id }) => ids.includes(id));
        const roles = form.flatMap(item => (item.roles ? [item.roles] : []));
        expect(
          form.every(({ scene }) => scene !== undefined),
          name,
        ).to.equal(true);
        expect(
          roles.every(jobs => jobs.some(job => job === quiz.job)),
          name,
        ).to.equal(true);
        expect(roles.length, name).to.be.at.least(quiz.own ?? 0);
        expect(form.filter(({ points }) => points).length, name).to.be.at.least(quiz.points ?? 0);
      }
    }
  });

  it('end with a case of the learner’s own job', () => {
    const cases = loaded.content.courses.flatMap(({ slug, jobs = [] }) => {
      const scenarios = buildCourseVersion(loaded.content, slug).snapshot.final?.scenarios ?? [];
      return jobs.flatMap(job => suitableCases(scenarios, job).map(each => ({ slug, job, each })));
    });
    expect(cases.length).to.be.at.least(10);
    for (const { slug, job, each } of cases) expect(each.roles, `${slug}: ${each.id}`).to.include(job);
  });

  it('never repeat a question of the last form where a job has three times the draw, as the content check asks', () => {
    const checked = quizzes.filter(
      ([, quiz]) => everDrawn(formItems(quiz.items, quiz.job), quiz).length >= 3 * quiz.draw,
    );
    expect(checked.length).to.be.greaterThan(40);
    for (const [name, quiz] of checked) {
      attemptsAt(name, quiz).forEach((ids, n, forms) => {
        expect(
          ids.filter(id => forms[n - 1]?.includes(id)),
          `${name}, attempt ${n + 1}`,
        ).to.deep.equal([]);
      });
    }
  });
});
