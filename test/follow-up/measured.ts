import type { MeasurementKind } from '../../server/follow-up/kinds.js';
import { enrol } from '../../server/learning/enrolments.js';
import { newId } from '../../server/lib/ids.js';
import { person } from '../support/people.js';
import { course } from '../support/walk.js';
import { write } from '../support/rows.js';

/** An answer: the module and the objective of its item, and its points. */
export type Score = readonly [module: string, objective: string, points: number];

/** A person of an organisation with finished measurements, as they would be stored. */
export async function measured(
  organisationId: string,
  forms: Partial<Record<MeasurementKind, readonly Score[]>>,
): Promise<void> {
  const { id: userId } = await person();
  const cycle = await enrol({ userId, organisationId, course: await course(), now: 1 });
  for (const [kind, scores] of Object.entries(forms)) {
    const id = newId();
    await write(
      `insert into measurements (id, organisation_id, user_id, cycle_id, course_version_id, kind, form, started_at, finished_at)
       values ($1, $2, $3, $4, $5, $6, '[]', 1, 2)`,
      [id, organisationId, userId, cycle.id, cycle.courseVersionId, kind],
    );
    for (const [at, [module, objective, points]] of scores.entries()) {
      await write(
        `insert into measurement_answers (measurement_id, organisation_id, slot, item_id, module, objective, response, points, answered_at)
         values ($1, $2, $3, 'x', $4, $5, '{}', $6, 1)`,
        [id, organisationId, at + 1, module, objective, points],
      );
    }
  }
}
