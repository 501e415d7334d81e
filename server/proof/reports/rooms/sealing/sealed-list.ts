import { row, rows } from '../../../../platform/db/rows.js';
import { as, columns, orNull, renamed, sql } from '../../../../platform/db/sql.js';
import { integer } from '../../../../platform/db/table.js';
import { User } from '../../../../people/accounts/tables.js';
import { Membership, MembershipPerson, Unit } from '../../../../people/organisations/tables.js';
import { StandingInterval } from '../../../requirements/tables.js';
import { requirementsOf } from '../../../requirements/rules/stored-requirements.js';
import { versionInForce } from '../../../requirements/rules/requirement-versions.js';
import { listedName } from '../../../../people/organisations/people/member-words.js';
import { spoken } from '../../../../platform/i18n/spoken.js';
import { csv, type Cell, type CsvColumn } from '../../../../platform/lib/text/csv.js';
import { fitting } from '../../asked-intervals.js';
import { STANDINGS } from '../../../requirements/standings.js';
import type { SealedKind } from '../../sealed/sealed-kind.js';
import { standingMeanings } from './about-list.js';
import { listPeople } from './list-people.js';
import { keepTallies } from './room-tallies.js';
import { findRoom, type StoredRoom } from '../stored-rooms.js';
import { RoomPerson } from '../tables.js';

/** People of a list whose records are read at once. */
const PART = 500;

/**
 * The list of an auditor's room, as CSV: each of its people by their number, with how they stood on the last day of the period,
 * as we knew it when it was asked for. Samples are drawn from its hash. It is made once, and numbers the people first.
 */
export const SEALED_LIST: SealedKind<{ readonly roomId: string; readonly called: string }> = {
  kind: 'auditor-room',
  action: 'organisation.administer',
  keptDays: 400,
  type: 'text/csv; charset=utf-8; header=present',
  fileName: ({ params }) => `${params.called}_room-${params.roomId.slice(0, 8)}.csv`,
  make: ({ params }, { progress }) => listOf(params.roomId, progress),
};

async function* listOf(roomId: string, progress: (done: number, total: number) => Promise<void>) {
  const room = await findRoom(roomId);
  if (!room) throw new Error(`There is no room ${roomId}`);
  const total = await membersOfRoom(room);
  await listPeople(room, done => progress(done, total));
  await keepTallies(room);
  const named = room.shows === 'names';
  const header = listColumns(room).map(({ name }) => name);
  yield csv(header, []);
  const titles = await titlesOf(room);
  for (let after = 0; ;) {
    const found = await part(room, after);
    const last = found.at(-1)?.number;
    if (last === undefined) break;
    yield csv(
      header,
      found.map(each => record(each, { named, titles })),
    ).slice(csv(header, []).length);
    after = last;
  }
}

/** At most so many people are listed: everybody whom the organisation ever had. */
const membersOfRoom = async ({ organisationId }: StoredRoom): Promise<number> =>
  Number((await row(MEMBERS, [organisationId]))?.people ?? 0);

const MEMBERS = sql`select count(*) ${as('people', integer())} from ${Membership} m where m.organisation_id = $1`;

/** The columns, in an order and with names that stay; what they mean is said in the language of whoever asks. */
export const listColumns = ({ shows }: Pick<StoredRoom, 'shows'>): CsvColumn[] => [
  { name: 'number', type: 'integer', says: spoken('room.sealed.number') },
  ...[...(shows === 'names' ? ['name', 'staff_number'] : []), 'unit', 'requirement'].map(name =>
    column(name, 'string'),
  ),
  {
    name: 'standing',
    type: 'string',
    says: spoken('room.sealed.standing', { meanings: standingMeanings() }),
  },
  ...['since', 'due_day'].map(name => column(name, 'date')),
];

const column = (name: string, type: CsvColumn['type']): CsvColumn => ({
  ...{ name, type },
  says: spoken(`reports.column.${name}`),
});

async function titlesOf({
  organisationId,
  requirementIds,
  lastDay,
}: StoredRoom): Promise<Map<string, string>> {
  const all = await requirementsOf(organisationId);
  return new Map(
    requirementIds.map(id => [
      id,
      (versionInForce(all.get(id) ?? [], lastDay) ?? all.get(id)?.at(-1))?.title ?? '',
    ]),
  );
}

/** The next people with a row for each requirement that asks something of them on the last day; one without for whoever has none. */
function part({ id, requirementIds, lastDay, knownAt }: StoredRoom, after: number) {
  const asked = {
    requirementIds,
    day: lastDay,
    saidAt: knownAt,
    unitIds: null,
    dueBy: null,
    organisationId: '',
  };
  const { condition, params } = fitting({ ...asked, standings: STANDINGS }, 3);
  return rows(
    sql`select ${columns(RoomPerson, 'r', 'number')}, ${orNull(columns(MembershipPerson, 'p', 'name', 'staffNumber'))},
          ${orNull(renamed(User, 'u', { accountName: 'name' }))}, ${orNull(renamed(Unit, 'h', { unit: 'name' }))},
          ${orNull(columns(StandingInterval, 's', 'requirementId', 'standing', 'fromDay', 'dueDay'))}
        from ${RoomPerson} r join ${Membership} m on m.id = r.membership_id
          left join ${MembershipPerson} p on p.membership_id = m.id left join ${User} u on u.id = m.user_id
          left join ${StandingInterval} s on s.membership_id = m.id and ${condition} left join ${Unit} h on h.id = s.unit_id
        where r.room_id = $1 and r.number > $2 and r.number <= ${after + PART} order by r.number, s.requirement_id`,
    [id, after, ...params],
  );
}

type Listed = Awaited<ReturnType<typeof part>>[number];

const record = (
  { number, unit, requirementId, standing, fromDay, dueDay, ...person }: Listed,
  { named, titles }: { named: boolean; titles: ReadonlyMap<string, string> },
): Cell[] => [
  number,
  ...(named ? [listedName(person), person.staffNumber] : []),
  ...[unit, titles.get(requirementId ?? '') ?? null, standing, fromDay, dueDay],
];
