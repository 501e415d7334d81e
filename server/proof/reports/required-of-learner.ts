import { rows } from '../../platform/db/rows.js';
import { columns, renamed, sql } from '../../platform/db/sql.js';
import { spoken } from '../../platform/i18n/spoken.js';
import { dayOf } from '../../platform/lib/days.js';
import { Membership, Organisation } from '../../people/organisations/tables.js';
import { reckonMember } from '../requirements/reckoning/reckon.js';
import type { Interval } from '../requirements/standing-interval.js';
import type { Standing } from '../requirements/standings.js';
import { intervalOn } from '../requirements/timeline/timeline.js';
import { ruleSentence, type RuleWords } from '../requirements/rules/rule-sentence.js';
import { ruleWordsOf } from '../requirements/rules/rule-words.js';
import { requirementsOf } from '../requirements/rules/stored-requirements.js';
import type { StoredVersion } from '../requirements/rules/requirement-versions.js';
import { Requirement } from '../requirements/tables.js';
import { dueText, standingTag } from './standing-signs.js';

/** A course that a learner has begun or completed, and where it is. */
interface Begun {
  readonly slug: string;
  readonly state: string;
  readonly href: string;
}

const REQUIRING = sql`select ${renamed(Membership, 'm', { membershipId: 'id' })}, ${columns(Organisation, 'o', 'id', 'name', 'timeZone', 'contact')}
  from ${Membership} m join ${Organisation} o on o.id = m.organisation_id
  where m.user_id = $1 and m.employment <> 'left'
    and exists (select 1 from ${Requirement} q where q.organisation_id = o.id)`;

/**
 * What is required of a learner today: what is to be done first, by due day, then the rest; the rules behind it; and what their
 * organisations have to enter. Reckoned for this one person, so that what they did a moment ago counts.
 */
export async function requiredOfLearner(
  userId: string,
  { now, begun }: { now: number; begun: readonly Begun[] },
) {
  const all: RequiredRow[] = [];
  for (const place of await rows(REQUIRING, [userId])) {
    const today = dayOf(now, place.timeZone);
    const words = await ruleWordsOf(place.id, today);
    const versions = [...(await requirementsOf(place.id)).values()].flat();
    for (const { intervals } of await reckonMember(place, place.membershipId, today)) {
      const interval = intervalOn(intervals, today);
      const version = versions.find(({ id }) => id === interval?.because.versionId);
      if (interval && version && interval.standing !== 'not-required')
        all.push(requiredRow(interval, version, { place, words, begun }));
    }
  }
  return inOrder(all);
}

function inOrder(all: readonly RequiredRow[]) {
  const isOneOrganisation = new Set(all.map(({ organisation }) => organisation)).size === 1;
  const sorted = all.toSorted((a, b) => (a.order < b.order ? -1 : Number(a.order > b.order)));
  return {
    missing: [...new Set(all.flatMap(({ missing }) => missing ?? []))],
    tasks: sorted.map((row, index) => taskRow(row, { isFirst: index === 0, isOneOrganisation })),
    why: sorted.map(({ title, organisation, sentence, source }) => ({
      title,
      organisation,
      sentence,
      source,
    })),
  };
}

const taskRow = (
  { title, organisation, tag, due, way }: RequiredRow,
  { isFirst, isOneOrganisation }: { isFirst: boolean; isOneOrganisation: boolean },
) => ({
  title,
  detail: [...(isOneOrganisation ? [] : [organisation]), ...(due === null ? [] : [due])].join(' · '),
  tag,
  state: way === null ? ('done' as const) : isFirst ? ('now' as const) : ('open' as const),
  ...(way && isFirst ? { action: way } : { href: way?.href ?? null }),
});

type RequiredRow = ReturnType<typeof requiredRow>;

interface Beside {
  readonly place: { readonly name: string; readonly contact: string | null };
  readonly words: RuleWords;
  readonly begun: readonly Begun[];
}

const requiredRow = (
  { standing, dueDay, because }: Interval,
  { title, rule }: StoredVersion,
  { place, words, begun }: Beside,
) => ({
  // What is to be done comes first, by its day; without a day, after all that have one.
  order: `${NOTHING_TO_DO.includes(standing) ? 1 : 0} ${dueDay ?? '9'} ${title}`,
  title,
  organisation: place.name,
  tag: standingTag(standing),
  due: dueText(standing, dueDay),
  missing: because.gap === null ? null : missingText(place),
  sentence: ruleSentence(rule, words),
  source: rule.source === '' ? null : rule.source,
  way: NOTHING_TO_DO.includes(standing) ? null : wayTo(rule.courses, begun),
});

/** Only the organisation can enter the day of hire. `contact`: its address, where it has given one. */
function missingText({ name, contact }: Beside['place']): string {
  const blanks = { organisation: name, contact: contact ?? '' };
  return spoken(contact === null ? 'reports.required.missing' : 'reports.required.missingWrite', blanks);
}

const NOTHING_TO_DO: readonly Standing[] = ['waived', 'on-leave', 'current'];

/** To the course that is open, else to the one that was completed, else to the first that counts. */
function wayTo(courses: readonly string[], begun: readonly Begun[]): { href: string; text: string } {
  const own = begun.filter(({ slug }) => courses.includes(slug));
  const open = own.find(({ state }) => state !== 'completed');
  if (open) return { href: open.href, text: spoken('about.continue') };
  const [done] = own;
  if (done) return { href: done.href, text: spoken('reports.required.renew') };
  return { href: `/courses/${courses[0] ?? ''}`, text: spoken('course.start') };
}
