import { expect } from 'chai';
import { row } from '../../../support/rows.js';
import { findRegrade } from '../../../../server/teaching/quizzes/regrading/regrades.js';
import { confirmRegrade } from '../../../../server/teaching/quizzes/regrading/applying/confirm-regrade.js';
import { previewRegrade } from '../../../../server/teaching/quizzes/regrading/preview/preview-regrade.js';
import type { RulingTerms } from '../../../../server/teaching/quizzes/regrading/ruling/rulings.js';
import { keep, madeUpAttempt } from '../../../support/quizzes/made-up-attempts.js';
import { person, type Person } from '../../../support/people.js';
import { knowing, type RuledCourse } from '../../../support/quizzes/ruled-course.js';
import { MODULE } from '../../../support/walk.js';
import { world } from '../../../support/world.js';

let dina: Person;

/** Gives the tests of the surrounding `describe` an administrator who regrades. It comes after `ownWorld()`. */
export function ownRegrader(): void {
  before(async () => {
    dina = await person({ isAdministrator: true });
  });
}

export const regrader = (): Person => dina;

export const by = () => ({ actorId: dina.id, now: Date.now() });

export const preview = (
  place: RuledCourse,
  terms: Partial<RulingTerms> = {},
  withdrawalReason: string | null = null,
) =>
  previewRegrade(
    {
      courseSlug: place.courseSlug,
      quiz: MODULE,
      terms: {
        itemId: place.ruled.id,
        kind: 'void',
        fromVersion: place.version,
        toVersion: place.version,
        keyVersion: null,
        answers: [],
        ...terms,
      },
      reason: 'Two answers are right',
      withdrawalReason,
    },
    by(),
  );

export const mendedKey = ({ mended }: RuledCourse) => ({ kind: 'key' as const, keyVersion: mended });

/** Confirms a preview and waits until it is carried out. */
export async function carryOut(id: string) {
  expect(await confirmRegrade(id, by())).to.deep.equal({ kind: 'confirmed' });
  await world().worker.drain();
  expect((await findRegrade(id))?.state).to.equal('done');
}

/** People with results on the ruled question and one other, enough of each to see every kind of change. */
export async function crowd(place: RuledCourse, each = 3) {
  const [second, third] = place.others;
  const items = [place.ruled, second, third];
  const kinds = [[place.ruled, second], [second], [second, third], [place.ruled], []];
  const attempts = kinds.flatMap(known =>
    Array.from({ length: each }, () => madeUpAttempt(place, { items, answer: knowing(place, ...known) })),
  );
  await keep(attempts);
  return attempts.map(({ attempt }) => attempt);
}

export const stateOf = (ids: readonly string[]) =>
  Promise.all(
    ids.map(async id => {
      const found = await row<{ points: number; right: number; passed: number | boolean; result: string }>(
        `select points, right_answers as "right", passed, result from attempts where id = $1`,
        [id],
      );
      return found && { ...found, passed: Boolean(found.passed) };
    }),
  );
