import { database } from '../../../server/platform/db/connect.js';
import { dayOf, daysAfter } from '../../../server/platform/lib/days.js';
import { mendCounts } from '../../../server/proof/requirements/reckoning/count-faults.js';
import { takeLane } from '../../../server/proof/requirements/reckoning/lane.js';
import { chance, dayAfter, idOf, numbers } from '../../seed/dialect.js';
import { inBulk, inMemory } from '../../seed/in-bulk.js';
import { write } from '../../support/rows.js';

/** An organisation whose standings are made up; all people have each of its first requirements. */
interface Wanted {
  readonly organisation: { readonly id: string; readonly timeZone: string };
  readonly people: number;
  readonly requirementIds: readonly string[];
  /** How many per cent of them, besides, have all tomorrow as their first day overdue. */
  readonly turning: number;
  readonly now: number;
}

/**
 * Standings as a reckoning would leave them, written by a statement for each requirement: everybody is current until a day of their
 * own, about a tenth are overdue, and each day some begin to expire and some are overdue. Then they are counted.
 */
export async function seedStandings({
  organisation,
  people,
  requirementIds,
  turning,
  now,
}: Wanted): Promise<void> {
  const today = dayOf(now, organisation.timeZone);
  await inBulk(['assignments', 'standing_intervals'], async () => {
    for (const [at, requirementId] of requirementIds.entries())
      await addStandings({ organisationId: organisation.id, requirementId, at, people, turning, now, today });
  });
  if (database().dialect === 'postgres') await write('analyze');
  await inMemory(async () => mendCounts(await takeLane(organisation, now)));
}

/** Each way to stand in turn: from and up to which day, where 400 is the day on which it is due. */
const SPANS = `values (0, 'current', 35, 370), (1, 'expiring', 370, 401), (2, 'overdue', 401, null)`;

interface Adding {
  readonly organisationId: string;
  readonly requirementId: string;
  readonly at: number;
  readonly people: number;
  readonly turning: number;
  readonly now: number;
  readonly today: string;
}

/** As long as most are. */
const BECAUSE = JSON.stringify({
  cover: { by: 'own', creditId: '00000000-5eed-4000-8000-000000000000', lastDay: '2026-12-31' },
  exemptionId: null,
  firstDue: {
    by: 'hired',
    day: '2024-06-01',
    from: '2024-04-02',
    versionId: '00000000-5eed-4000-8000-000000000001',
  },
  gap: null,
  meant: 'audience',
  meantSince: '2024-01-01',
  versionId: '00000000-5eed-4000-8000-000000000001',
});

async function addStandings({
  organisationId,
  requirementId,
  at,
  people,
  turning,
  now,
  today,
}: Adding): Promise<void> {
  const assignment = idOf('assignment', `(i * 100 + ${at})`);
  await write(
    `insert into assignments (id, requirement_id, membership_id, organisation_id, created_at)
     ${numbers(people)} select ${assignment}, $1, ${idOf('membership', 'i')}, $2, $3 from n`,
    [requirementId, organisationId, now],
  );
  // From 36 days ago on, in the year that follows; only days forwards can be added.
  const shift = `case when ${chance('i', 90 + at, 100)} < ${turning} then 36 else ${chance('i', 40 + at, 365)} end`;
  const day = (days: string) => dayAfter(daysAfter(today, -436), `shift + ${days}`);
  await write(
    `insert into standing_intervals (id, organisation_id, requirement_id, assignment_id, membership_id, unit_id, standing,
       due_day, because, from_day, to_day, recorded_at)
     ${numbers(people)}, spans (nth, standing, first, after) as (${SPANS}),
     whose as materialized (select i, ${assignment} as assignment_id, ${idOf('membership', 'i')} as membership_id, ${shift} as shift from n),
     placed as materialized (select w.*, p.unit_id from whose w join placements p on p.membership_id = w.membership_id)
     select ${idOf('interval', `(i * 1000 + ${at * 10} + nth)`)}, $1, $2, assignment_id, membership_id, unit_id, standing,
       ${day('400')}, $3, ${day('first')}, ${day('after')}, $4 from placed cross join spans`,
    [organisationId, requirementId, BECAUSE, now - 86_400_000],
  );
  await write(
    'insert into requirement_days (requirement_id, organisation_id, day) values ($1, $2, $3) on conflict do nothing',
    [requirementId, organisationId, today],
  );
}
