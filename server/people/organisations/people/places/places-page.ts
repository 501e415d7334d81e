import { spoken } from '../../../../platform/i18n/spoken.js';
import { isOn, valueOn } from '../../../../platform/lib/dated.js';
import { dayOf } from '../../../../platform/lib/days.js';
import { dayWords, daysInWords } from '../../day-words.js';
import { organisationHead } from '../../organisation-tabs.js';
import { spansOf } from '../../units/change-tree.js';
import { unitView } from '../../units/unit-tree.js';
import { correctionsIn, type Correction } from '../taken-back.js';
import { employmentEverSaid, placesEverSaid } from '../ever-said.js';
import { ofKind, type MemberFact, type MemberPlace } from '../member-facts.js';
import type { OpenMember } from '../open-member.js';
import type { PlaceStep } from './place-steps.js';

/**
 * Where somebody works, worked and will work, with their employment and what was corrected, the newest first; and what can be
 * done with it.
 */
export async function placesPage(open: OpenMember) {
  const { actor, organisation, name, member, mayChange } = open;
  return {
    organisation: organisationHead(organisation, actor),
    name,
    back: memberHome(open),
    employment: member.employment,
    rows: [...rowsOf(open), ...(await correctedRows(open))].sort((one, other) =>
      one.fromDay > other.fromDay ? -1 : 1,
    ),
    steps: mayChange ? stepsFor(open).map(step => ({ step, href: `${placesHome(open)}/${step}` })) : [],
    isOwn: !mayChange && member.userId === actor.id,
  };
}

const memberHome = ({ organisation, member }: OpenMember): string =>
  `/organisations/${organisation.id}/people/${member.id}`;

export const placesHome = (open: OpenMember): string => `${memberHome(open)}/places`;

function rowsOf(open: OpenMember) {
  const absent = ofKind(open.member.facts, 'employment').filter(({ value }) => value !== 'active');
  return [
    ...open.member.places.map(place => placeRow(place, open)),
    ...absent.map(fact => factRow(fact, open)),
  ];
}

const placeRow = (place: MemberPlace, open: OpenMember) => ({
  ...when(place, open),
  text: unitName(place, open),
  job: place.value.job,
  isHome: place.isHome,
  corrected: null,
});

const factRow = (fact: MemberFact, open: OpenMember) => ({
  ...when(fact, open),
  text: spoken(`people.employment.${fact.value}`),
  job: null,
  isHome: true,
  corrected: null,
});

const when = (span: MemberPlace | MemberFact, { today }: OpenMember) => ({
  fromDay: span.fromDay,
  days: daysInWords(span, today),
  state: isOn(span, today) ? ('now' as const) : span.fromDay > today ? ('planned' as const) : null,
});

/** What was said before somebody corrected it. That somebody was at work as usual is not worth a line. */
async function correctedRows(open: OpenMember) {
  const { id } = open.member;
  const dayAt = (moment: number) => dayOf(moment, open.organisation.timeZone);
  const places = correctionsIn(await placesEverSaid(id), dayAt).map(({ value, ...correction }) => {
    const { isHome, ...place } = value;
    return {
      ...placeRow({ id: null, isHome, value: place, ...correction }, open),
      ...corrected(correction, open),
    };
  });
  const absent = correctionsIn(await employmentEverSaid(id), dayAt).filter(({ value }) => value !== 'active');
  return [
    ...places,
    ...absent.map(fact => ({
      ...factRow({ id: null, kind: 'employment', ...fact }, open),
      ...corrected(fact, open),
    })),
  ];
}

const corrected = ({ at, by }: Omit<Correction<unknown>, 'value'>, { organisation }: OpenMember) => {
  const date = dayWords(dayOf(at, organisation.timeZone));
  const text =
    by === null ? spoken('places.correctedOn', { date }) : spoken('places.correctedBy', { date, name: by });
  return { state: 'corrected' as const, corrected: { by: by ?? '', text } };
};

/** As the unit was called then. */
const unitName = ({ value, fromDay }: MemberPlace, { spans, today }: OpenMember): string => {
  const own = spansOf(spans, value.unitId);
  return (valueOn(own, fromDay) ?? unitView(own, today))?.name ?? '';
};

/** What can be done, as the person stands today. */
function stepsFor({ member, today }: OpenMember): PlaceStep[] {
  const employments = ofKind(member.facts, 'employment');
  const leaves = employments.some(
    ({ value, toDay }) => value === 'left' && (toDay === null || toDay > today),
  );
  if (member.employment === 'left') return ['rejoining'];
  const hasFurther = member.places.some(place => !place.isHome && isCurrent(place, today));
  return [
    'move',
    'further',
    ...(hasFurther ? (['end'] as const) : []),
    member.employment === 'on-leave' ? 'return' : 'absence',
    leaves ? 'rejoining' : 'leaving',
  ];
}

const isCurrent = ({ toDay }: MemberPlace, today: string): boolean => toDay === null || toDay > today;
