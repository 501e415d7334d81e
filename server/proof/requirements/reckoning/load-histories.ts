import { rows } from '../../../platform/db/rows.js';
import { columns, parameters, sql } from '../../../platform/db/sql.js';
import { dayOf } from '../../../platform/lib/days.js';
import type { OrganisationFacts } from '../../../people/organisations/memberships.js';
import { Membership, MembershipFact, Placement } from '../../../people/organisations/tables.js';
import type { MemberHistory, SaidSpan, WorkPlace } from '../requirement-facts.js';
import { groupedBy } from '../../../platform/lib/lists/grouped.js';
import { loadCredits } from './load-credits.js';

/**
 * Everything that was ever said of these memberships of an organisation; those of others are left out. `courses`: whose credits;
 * left out: of all.
 */
export async function loadHistories(
  { id, timeZone }: Pick<OrganisationFacts, 'id' | 'timeZone'>,
  membershipIds: readonly string[],
  courses?: readonly string[],
): Promise<Map<string, MemberHistory>> {
  if (membershipIds.length === 0) return new Map();
  const list = parameters(membershipIds.length);
  const members = await rows(
    sql`select ${columns(Membership, 'm', 'id', 'createdAt')} from ${Membership} m
        where m.id in (${list}) and m.organisation_id = $${membershipIds.length + 1}`,
    [...membershipIds, id],
  );
  const facts = await rows(
    sql`select ${columns(MembershipFact, 'f', 'membershipId', 'kind', 'value', 'fromDay', 'toDay', 'recordedAt', 'retiredAt')}
        from ${MembershipFact} f where f.membership_id in (${list})`,
    membershipIds,
  );
  const places = await rows(
    sql`select ${columns(Placement, 'p', 'membershipId', 'unitId', 'job', 'isHome', 'fromDay', 'toDay', 'recordedAt', 'retiredAt')}
        from ${Placement} p where p.membership_id in (${list})`,
    membershipIds,
  );
  const credits = await loadCredits(membershipIds, timeZone, courses);
  const [factsOf, placesOf] = [groupedBy(facts, 'membershipId'), groupedBy(places, 'membershipId')];
  return new Map(
    members.map(({ id: membershipId, createdAt }): [string, MemberHistory] => {
      const own = factsOf.get(membershipId) ?? [];
      const ofKind = (kind: string) => own.flatMap(each => (each.kind === kind ? spanOf(each) : []));
      const employment = ofKind('employment') as Employment;
      return [
        membershipId,
        {
          employment: [...unsaid(employment, createdAt, timeZone), ...employment],
          hired: ofKind('hired'),
          tags: ofKind('tag'),
          places: (placesOf.get(membershipId) ?? []).map(placeOf),
          credits: credits.get(membershipId) ?? [],
        },
      ];
    }),
  );
}

type Employment = SaidSpan<'active' | 'on-leave' | 'left'>[];

/** Until something is said of their employment, somebody is employed since their membership was made. */
function unsaid(said: Employment, createdAt: number, timeZone: string): Employment {
  const first = said.length === 0 ? null : Math.min(...said.map(({ recordedAt }) => recordedAt));
  if (first !== null && first <= createdAt) return [];
  const fromDay = dayOf(createdAt, timeZone);
  return [{ fromDay, toDay: null, value: 'active', recordedAt: createdAt, retiredAt: first }];
}

type Days = Omit<SaidSpan<unknown>, 'value'>;

const spanOf = ({
  value,
  fromDay,
  toDay,
  recordedAt,
  retiredAt,
}: Days & { value: string }): SaidSpan<string> => ({
  ...{ value, fromDay, toDay, recordedAt, retiredAt },
});

const placeOf = ({
  unitId,
  job,
  isHome,
  ...span
}: Days & { unitId: string; job: string | null; isHome: boolean | 0 | 1 }): SaidSpan<WorkPlace> => ({
  ...{ fromDay: span.fromDay, toDay: span.toDay, recordedAt: span.recordedAt, retiredAt: span.retiredAt },
  value: { unitId, job, isHome: Boolean(isHome) },
});
