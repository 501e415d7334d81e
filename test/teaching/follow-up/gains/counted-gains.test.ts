import { expect } from 'chai';
import fc from 'fast-check';
import { runRecount } from '../../../../server/command-recount.js';
import { eraseMeasurements } from '../../../../server/teaching/follow-up/erase-measurements.js';
import { countedGains, GAINS, gainRows } from '../../../../server/teaching/follow-up/gains/counted-gains.js';
import type { MeasurementKind } from '../../../../server/teaching/follow-up/kinds.js';
import { enrol, type CycleFacts } from '../../../../server/teaching/learning/enrolments.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { countFacts } from '../../../../server/platform/sums/count.js';
import { recountFigure, type SumFault } from '../../../../server/platform/sums/recount.js';
import { person } from '../../../support/people.js';
import { otherOrganisation } from '../../../support/roles.js';
import { count, rows, write } from '../../../support/rows.js';
import { course } from '../../../support/walk.js';
import { ownWorld } from '../../../support/world.js';
import { finished, type Score } from '../measured.js';

/** `HISTORIES=1000 npx mocha …` for a long run. */
const HISTORIES = Number(process.env.HISTORIES ?? 8);

/** Somebody begins, finishes another form, takes the course again, or is erased; what waits is counted, or everything anew. */
const STEPS = [
  'begin',
  'finish',
  'finish',
  'finish',
  'finish',
  'renew',
  'erase',
  'count',
  'recount',
] as const;

const histories = fc.array(fc.tuple(fc.constantFrom(...STEPS), fc.nat(10_000)), {
  minLength: 10,
  maxLength: 60,
});

const KINDS: readonly MeasurementKind[] = ['baseline', 'post', 'refresher-7', 'refresher-30'];

const scoresBy = (chance: number): Score[] =>
  Array.from({ length: 1 + (chance % 4) }, (_, at) => [
    (chance + at) % 2 > 0 ? 'a' : 'b',
    `${(chance + at) % 2 > 0 ? 'a' : 'b'}-${at}`,
    (chance * (at + 7)) % 101,
  ]);

/** A cycle and the forms that were finished in it. */
interface Round {
  readonly cycle: CycleFacts;
  readonly kinds: MeasurementKind[];
}

async function begin(organisationId: string): Promise<Round> {
  const { id: userId } = await person();
  return { cycle: await enrol({ userId, organisationId, course: await course(), now: 1 }), kinds: [] };
}

/** The same person takes the course once more. */
async function renew({ cycle }: Round): Promise<Round> {
  const id = newId();
  await write(
    `insert into cycles (id, enrolment_id, organisation_id, user_id, course_version_id, number, opened_at)
     select $1, enrolment_id, organisation_id, user_id, course_version_id,
       (select max(number) + 1 from cycles n where n.enrolment_id = c.enrolment_id), 1 from cycles c where c.id = $2`,
    [id, cycle.id],
  );
  return { cycle: { ...cycle, id }, kinds: [] };
}

const counting = () => countFacts(countedGains, Date.now());

async function faults(): Promise<SumFault[]> {
  const found: SumFault[] = [];
  await recountFigure(countedGains, { mends: false, clock: Date.now }, fault => found.push(fault));
  return found;
}

async function happened(history: readonly (readonly [(typeof STEPS)[number], number])[]): Promise<string> {
  const organisation = await otherOrganisation();
  let rounds = [await begin(organisation)];
  for (const [step, chance] of history) {
    const round = rounds[chance % Math.max(1, rounds.length)];
    if (step === 'begin') rounds.push(await begin(organisation));
    else if (step === 'count') await counting();
    else if (step === 'recount') expect(await faults()).to.deep.equal([]);
    else if (!round) continue;
    else if (step === 'renew') rounds.push(await renew(round));
    else if (step === 'finish') await finishNext(round, chance);
    else {
      await eraseMeasurements({ userId: round.cycle.userId, membershipIds: [] }, { now: Date.now() });
      rounds = rounds.filter(({ cycle }) => cycle.userId !== round.cycle.userId);
    }
  }
  return organisation;
}

async function finishNext({ cycle, kinds }: Round, chance: number): Promise<void> {
  const left = KINDS.filter(kind => !kinds.includes(kind));
  const kind = left[chance % Math.max(1, left.length)];
  if (!kind) return;
  kinds.push(kind);
  await finished(cycle, kind, scoresBy(chance));
}

/** The same by the database, from the answers: people, and mean shares before and after, by module. */
const byDatabase = (organisationId: string) =>
  rows<{ unit: string; people: number; before: number; after: number }>(
    `with scores as (select a.module, m.cycle_id, m.user_id, m.kind, avg(a.points * 1.0) as points
       from measurements m join measurement_answers a on a.measurement_id = m.id
       where m.organisation_id = $1 and m.finished_at is not null group by a.module, m.cycle_id, m.user_id, m.kind)
     select b.module as unit, count(distinct b.user_id) as people,
       cast(avg(b.points) / 100 as double precision) as before, cast(avg(p.points) / 100 as double precision) as after
     from scores b join scores p on p.cycle_id = b.cycle_id and p.module = b.module and p.kind = 'post'
     where b.kind = 'baseline' group by b.module order by b.module`,
    [organisationId],
  );

describe('the sums of what people knew', () => {
  ownWorld();

  it('are what all forms add up to, whatever happened in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async history => {
        const organisation = await happened(history);
        await counting();
        expect(await count(`uncounted_facts where figure = '${GAINS}'`)).to.equal(0);
        expect(await faults()).to.deep.equal([]);
        const { paired } = await gainRows(organisation);
        const modules = paired.filter(({ level }) => level === 'module');
        const expected = await byDatabase(organisation);
        expect(modules.map(({ unit, people }) => [unit, people])).to.deep.equal(
          expected.map(({ unit, people }) => [unit, Number(people)]),
        );
        for (const [at, { before, after }] of expected.entries()) {
          expect(modules[at]?.before).to.be.closeTo(before, 1e-6);
          expect(modules[at]?.after).to.be.closeTo(after, 1e-6);
        }
      }),
      { numRuns: HISTORIES, seed: Number(process.env.SEED ?? 22), endOnFailure: false },
    );
  });

  it('that are wrong are found, and mended when somebody asks for it', async () => {
    const organisation = await happened([
      ['finish', 4],
      ['finish', 8],
      ['count', 0],
    ]);
    const recount = (...args: string[]) => runRecount([...args, 'statistics'], () => undefined);
    expect(await recount()).to.equal(0);
    const before = await gainRows(organisation);
    await write(`update kept_sums set sums = '{"pairs":{"n":3}}' where subject = $1 and name = 'course'`, [
      organisation,
    ]);
    expect(await recount()).to.equal(1);
    expect(await gainRows(organisation)).to.not.deep.equal(before);
    expect(await recount('--mend')).to.equal(0);
    expect(await gainRows(organisation)).to.deep.equal(before);
  });
});
