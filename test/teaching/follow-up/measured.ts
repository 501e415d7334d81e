import type { MeasurementKind } from '../../../server/teaching/follow-up/kinds.js';
import { enrol, type CycleFacts } from '../../../server/teaching/learning/enrolments.js';
import { newId } from '../../../server/platform/lib/ids.js';
import { person } from '../../support/people.js';
import { course } from '../../support/walk.js';
import { rows } from '../../support/rows.js';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import { countedGains, GAINS } from '../../../server/teaching/follow-up/gains/counted-gains.js';
import { countFacts } from '../../../server/platform/sums/count.js';
import { countLater } from '../../../server/platform/sums/uncounted.js';

/** An answer: the module and the objective of its item, and its points. */
export type Score = readonly [module: string, objective: string, points: number];

type Forms = Partial<Record<MeasurementKind, readonly Score[]>>;

/** A person of an organisation with finished measurements, as they would be stored and counted. */
export async function measured(organisationId: string, forms: Forms): Promise<void> {
  const { id: userId } = await person();
  const cycle = await enrol({ userId, organisationId, course: await course(), now: 1 });
  for (const [kind, scores] of Object.entries(forms)) await finished(cycle, kind as MeasurementKind, scores);
  await countFacts(countedGains, Date.now());
}

/** A form is finished, and waits to be counted. */
export const finished = (
  {
    id: cycleId,
    organisationId,
    userId,
    courseVersionId,
  }: Pick<CycleFacts, 'id' | 'organisationId' | 'userId' | 'courseVersionId'>,
  kind: MeasurementKind,
  scores: readonly Score[],
): Promise<void> =>
  inTransaction(async () => {
    const id = newId();
    await rows(
      `insert into measurements (id, organisation_id, user_id, cycle_id, course_version_id, kind, form, started_at, finished_at)
       values ($1, $2, $3, $4, $5, $6, '[]', 1, 2)`,
      [id, organisationId, userId, cycleId, courseVersionId, kind],
    );
    for (const [at, [module, objective, points]] of scores.entries())
      await rows(
        `insert into measurement_answers (measurement_id, organisation_id, slot, item_id, module, objective, response, points, answered_at)
         values ($1, $2, $3, 'x', $4, $5, '{}', $6, 1)`,
        [id, organisationId, at + 1, module, objective, points],
      );
    await countLater(GAINS, id);
  });
