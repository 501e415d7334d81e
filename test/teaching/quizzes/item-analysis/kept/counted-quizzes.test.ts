import { expect } from 'chai';
import fc from 'fast-check';
import { countedQuizzes } from '../../../../../server/teaching/quizzes/item-analysis/kept/counted-quizzes.js';
import { eraseQuizzes } from '../../../../../server/teaching/quizzes/erase-quizzes.js';
import { QUIZZES, subjectOf } from '../../../../../server/teaching/quizzes/item-analysis/kept/sum-names.js';
import { runRecount } from '../../../../../server/command-recount.js';
import { countFacts } from '../../../../../server/platform/sums/count.js';
import { recountFigure, type SumFault } from '../../../../../server/platform/sums/recount.js';
import { countLater } from '../../../../../server/platform/sums/uncounted.js';
import { inTransaction } from '../../../../../server/platform/db/transaction.js';
import { count, rows, write } from '../../../../support/rows.js';
import {
  changeResult,
  keepUncounted,
  madeUpAttempt,
  ownPlace,
  sweep,
  type MadeUp,
  type Place,
} from '../../../../support/quizzes/made-up-attempts.js';
import { rightAnswer } from '../../../../support/answers.js';
import { ownWorld } from '../../../../support/world.js';

/** `HISTORIES=1000 npx mocha …` for a long run. */
const HISTORIES = Number(process.env.HISTORIES ?? 8);

/**
 * Somebody hands a quiz in, for the first time or not, or leaves it open; a result changes; somebody is erased; what waits is
 * counted; everything is counted anew.
 */
const STEPS = [
  'new',
  'new',
  'new',
  'open',
  'again',
  'renewed',
  'newer',
  'regrade',
  'regrade',
  'erase',
  'count',
  'recount',
] as const;

/** Some of its questions ask for a record: what people write there is erased. */
const QUIZ = 'see-respond-report';

const histories = fc.array(fc.tuple(fc.constantFrom(...STEPS), fc.nat(1000)), {
  minLength: 5,
  maxLength: 40,
});

const counting = () => countFacts(countedQuizzes, Date.now());

async function faults(): Promise<SumFault[]> {
  const found: SumFault[] = [];
  await recountFigure(countedQuizzes, { mends: false, clock: Date.now }, fault => found.push(fault));
  return found;
}

const recount = (...args: string[]) => runRecount([...args, 'statistics'], () => undefined);

const kept = (place: Place) =>
  rows<{ part: string; name: string; sums: string }>(
    `select part, name, sums from kept_sums where figure = '${QUIZZES}' and subject = $1 order by part, name`,
    [subjectOf({ courseSlug: place.courseSlug, quiz: place.quiz.name })],
  );

/** Points that another key would give; they are there for every other slot. */
const regraded = (chance: number) => (result: string) =>
  JSON.stringify(
    (JSON.parse(result) as { points: number }[]).map((slot, at) => ({
      ...slot,
      points: (at + chance) % 2 > 0 ? slot.points : 100 - slot.points,
      ...(chance % 4 === 0 && at === 0 ? { void: true } : {}),
    })),
  );

const regrade = (by: MadeUp, chance: number) =>
  by.isOpen ? Promise.resolve() : changeResult(by.attempt, regraded(chance));

/** Whatever happened, of what was handed in at two versions of a course. */
async function happened(history: readonly (readonly [(typeof STEPS)[number], number])[]): Promise<Place> {
  const place = await ownPlace({ quiz: QUIZ });
  const newer = await ownPlace({ slug: place.courseSlug, number: 2, quiz: QUIZ });
  const records = place.quiz.items.filter(({ type }) => type === 'report').slice(0, 1);
  const all: MadeUp[] = [];
  const erased = new Set<string>();
  let startedAt = 1_000_000;
  for (const [step, chance] of history) {
    // Mostly to the same few people: what happens to each follows from what happened before.
    const by = all.at(-1 - (chance % 3));
    const at = {
      startedAt: (startedAt += 1_000),
      items: [...records, ...place.quiz.items.slice(chance % 3, (chance % 3) + 3)],
    };
    const add = async (attempt: MadeUp) => keepUncounted([all[all.push(attempt) - 1] ?? attempt]);
    if (step === 'new') await add(madeUpAttempt(place, at));
    else if (step === 'open') await add(madeUpAttempt(place, { ...at, isOpen: true }));
    else if (step === 'newer') await add(madeUpAttempt(newer, at));
    else if (step === 'count') await counting();
    else if (step === 'recount') expect(await faults()).to.deep.equal([]);
    else if (!by) continue;
    else if (step === 'regrade') await regrade(by, chance);
    else if (erased.has(by.user)) continue;
    else if (step === 'erase') {
      erased.add(by.user);
      await eraseQuizzes({ userId: by.user, membershipIds: [] }, { now: Date.now() });
    } else if (step === 'again') await add(madeUpAttempt(place, { ...at, by, number: all.length + 2 }));
    else await add(madeUpAttempt(newer, { ...at, by, round: all.length + 2 }));
  }
  return place;
}

describe('the sums of quizzes', () => {
  ownWorld();
  after(sweep);

  it('are what all attempts add up to, whatever happened in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async history => {
        const place = await happened(history);
        await counting();
        expect(await count(`uncounted_facts where figure = '${QUIZZES}'`)).to.equal(0);
        expect(await faults()).to.deep.equal([]);
        const before = await kept(place);
        await countFromNothing();
        expect(await kept(place)).to.deep.equal(before);
      }),
      { numRuns: HISTORIES, seed: Number(process.env.SEED ?? 22), endOnFailure: false },
    );
  });

  it('count whoever left a try open from a later one, once the open one is erased', async () => {
    const place = await ownPlace();
    const open = madeUpAttempt(place, { startedAt: 1_000_000, isOpen: true });
    const later = madeUpAttempt(place, { startedAt: 2_000_000, by: open, round: 2 });
    await keepUncounted([open, later]);
    await counting();
    const attempts = async () => {
      const form = (await kept(place)).find(({ part, name }) => part === 'all later' && name === '');
      return (JSON.parse(form?.sums ?? '{}') as { attempts?: object }).attempts;
    };
    expect(await attempts()).to.deep.equal({ n: 1, again: 1 });
    await eraseQuizzes({ userId: open.user, membershipIds: [] }, { now: Date.now() });
    expect(await attempts()).to.deep.equal({ n: 1 });
    expect(await faults()).to.deep.equal([]);
  });

  it('stay as they are where the words of a record on a void question are erased', async () => {
    const place = await ownPlace({ quiz: QUIZ });
    const record = place.quiz.items.filter(({ type }) => type === 'report').slice(0, 1);
    const items = [...record, ...place.quiz.items.slice(0, 3)];
    const attempt = madeUpAttempt(place, { items, answer: rightAnswer });
    await keepUncounted([attempt]);
    await changeResult(attempt.attempt, result => result.replace('"points"', '"void":true,"points"'));
    await counting();
    const before = await kept(place);
    await eraseQuizzes({ userId: attempt.user, membershipIds: [] }, { now: Date.now() });
    expect(await faults()).to.deep.equal([]);
    expect(await kept(place)).to.deep.equal(before);
  });

  it('that are wrong are found and mended, and nothing else is written', async () => {
    const place = await happened(Array.from({ length: 12 }, (_, n) => ['new', n] as const));
    await counting();
    const before = await kept(place);
    await write(
      `update kept_sums set sums = replace(sums, '"n":', '"n":1') where name = '' and part = '1 first'`,
    );
    await write(`delete from kept_sums where part = 'signals'`);
    await write(
      `insert into kept_sums (figure, subject, part, name, sums) values ('${QUIZZES}', 'gone quiz', '1 first', '', '{"n":1}')`,
    );
    expect(await recount()).to.equal(1);
    const found = await faults();
    expect(found.map(({ subject, part, name }) => [subject, part, name])).to.deep.include.members([
      ['gone quiz', '1 first', ''],
      [subjectOf({ courseSlug: place.courseSlug, quiz: place.quiz.name }), 'signals', ''],
    ]);
    expect(await kept(place)).to.not.deep.equal(before);
    expect(await recount('--mend')).to.equal(0);
    expect(await kept(place)).to.deep.equal(before);
    expect(await recount()).to.equal(0);
  });

  it('wait for whoever counts everything, and are counted then', async () => {
    const place = await happened([['new', 1]]);
    await write(`update sum_lanes set held_until = $1`, [Date.now() + 60_000]);
    await counting();
    expect(await kept(place)).to.deep.equal([]);
    await write(`update sum_lanes set held_until = null`);
    await counting();
    expect(await kept(place)).to.not.deep.equal([]);
  });
});

/** As after an upgrade: nothing is counted yet. */
async function countFromNothing(): Promise<void> {
  await write('delete from kept_sums');
  const attempts = await rows<{ id: string }>('select id from attempts where submitted_at is not null');
  await inTransaction(async () => {
    for (const { id } of attempts) await countLater(QUIZZES, id);
  });
  await counting();
}
