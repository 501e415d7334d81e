import { computeExpiry } from '../../../../server/proof/certificates/lifecycle/validity.js';
import type {
  CreditFacts,
  RequirementFacts,
  Said,
  VersionFacts,
} from '../../../../server/proof/requirements/requirement-facts.js';
import type { Audience } from '../../../../server/proof/requirements/requirement-rule.js';
import type { Because, Interval } from '../../../../server/proof/requirements/standing-interval.js';

/**
 * A second reckoning of standings, as slow and as plain as can be, to hold the first one against: it walks through every day,
 * keeps what it has seen, looks ahead at nothing, and shares no code with the timeline but the validity of certificates.
 */

type Stands = Omit<Interval, 'fromDay' | 'toDay'>;
type FirstDue = NonNullable<Because['firstDue']>;

/** All days from 2015 to 2044, in order, and the place of each. */
const DAYS = Array.from({ length: 10_958 }, (_, at) =>
  new Date(Date.UTC(2015, 0, 1 + at)).toISOString().slice(0, 10),
);
const placeOf = new Map(DAYS.map((day, at) => [day, at]));

const number = (day: string): number => placeOf.get(day) ?? NaN;
const plus = (day: string, days: number): string => DAYS[number(day) + days] ?? '9999-12-31';

/** What is said at a moment, of rows with a beginning and an end. */
interface Row {
  readonly fromDay: string;
  readonly toDay: string | null;
}
const holds = (each: Row, day: string) =>
  !(day < each.fromDay) && !(each.toDay !== null && day >= each.toDay);

/** How somebody stands on each day from the first version on, up to `until`; null as long as nothing was ever required. */
export function replay(facts: RequirementFacts, moment: number, until: string): Map<string, Stands | null> {
  const said = (each: Said) =>
    !(each.recordedAt > moment) && !(each.retiredAt !== null && each.retiredAt <= moment);
  const versions = facts.versions.filter(each => !(each.recordedAt > moment));
  const result = new Map<string, Stands | null>();
  if (versions.length === 0) return result;
  const credits = facts.member.credits
    .filter(each => !(each.recordedAt > moment))
    .map(each => ({
      ...each,
      voids: each.voids.filter(said),
      printed: lastPrinted(each.printedEnds.filter(said)),
    }));
  const employment = facts.member.employment.filter(said);
  const hired = facts.member.hired.filter(said);
  const places = facts.member.places.filter(said);
  const tags = facts.member.tags.filter(said);
  const marks = facts.marks.filter(said);
  const exemptions = facts.exemptions.filter(said);
  const units = new Map([...facts.units].map(([id, spans]) => [id, spans.filter(said)]));
  const expiries = new Map<string, (string | null)[]>();

  let wasEver = false;
  let kept = false;
  let since: string | null = null;
  let inRun: VersionFacts[] = [];
  let lastCovered: {
    day: string;
    credit: string;
    end: string | null;
    by: NonNullable<Because['cover']>['by'];
  } | null = null;

  const begin = versions.map(each => each.fromDay).reduce((a, b) => (a < b ? a : b));
  for (let day = begin; day <= until; day = plus(day, 1)) {
    let version: VersionFacts | null = null;
    for (const each of versions)
      if (each.fromDay <= day && (version === null || version.number < each.number)) version = each;
    const state = employment.find(each => holds(each, day))?.value ?? null;
    const today = places.filter(each => holds(each, day)).map(each => each.value);
    const unitId = today.find(each => each.isHome)?.unitId ?? null;
    const hiredOn = hired.find(each => holds(each, day))?.value ?? null;

    const says = (audience: Audience) => {
      const below = (unit: string, above: string): boolean => {
        if (unit === above) return true;
        const parent = units.get(unit)?.find(each => holds(each, day))?.value ?? null;
        return parent !== null && below(parent, above);
      };
      const like = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
      const fits = today.some(
        place =>
          (audience.units.length === 0 || audience.units.some(unit => below(place.unitId, unit))) &&
          (audience.jobs.length === 0 ||
            audience.jobs.some(job => place.job !== null && like(job, place.job))),
      );
      if ((audience.units.length > 0 || audience.jobs.length > 0) && !fits) return false;
      const worn = tags.filter(each => holds(each, day)).map(each => each.value);
      if (audience.tags.length > 0 && !audience.tags.some(tag => worn.some(each => like(tag, each))))
        return false;
      if (audience.hiredSince !== null && !(hiredOn !== null && hiredOn >= audience.hiredSince)) return false;
      return (
        audience.holds === null ||
        credits.some(
          each =>
            each.course === audience.holds &&
            each.completedOn <= day &&
            !each.voids.some(gap => holds(gap, day)),
        )
      );
    };

    let meant: Because['meant'];
    if (state === null) meant = 'no-member';
    else if (state === 'left') meant = 'left';
    else if (version === null || !version.rule.inForce) meant = 'not-in-force';
    else {
      const { audience, mode } = version.rule;
      const now = says(audience);
      const isFirst = version.fromDay === day;
      if (mode === 'follow') kept = now;
      else if (mode === 'add-only') kept = kept || now;
      else if (isFirst) kept = now;
      else if (mode === 'remove-only') kept = kept && now;
      if (kept) meant = now ? 'audience' : 'kept';
      else meant = now ? 'kept-out' : 'outside';
      const mark = marks.find(each => holds(each, day));
      if (mark) meant = mark.value;
    }
    if (meant === 'no-member' || meant === 'left' || meant === 'not-in-force') kept = false;

    if (version === null || !['audience', 'added', 'kept'].includes(meant)) {
      since = null;
      inRun = [];
      lastCovered = null;
      const because: Because = {
        ...{ versionId: version?.id ?? null, meant, meantSince: null, firstDue: null },
        ...{ cover: null, exemptionId: null, gap: null },
      };
      result.set(day, wasEver ? { standing: 'not-required', unitId, dueDay: null, because } : null);
      continue;
    }

    wasEver = true;
    since ??= day;
    if (inRun.at(-1) !== version) inRun.push(version);
    const { rule } = version;

    // What covers the day.
    const counting = credits
      .filter(each => rule.courses.includes(each.course) && each.completedOn <= day)
      .filter(each => !each.voids.some(gap => holds(gap, day)))
      .sort((a, b) =>
        a.completedOn !== b.completedOn
          ? a.completedOn < b.completedOn
            ? -1
            : 1
          : a.recordedAt - b.recordedAt || (a.id < b.id ? -1 : 1),
      );
    const known = `${version.id} ${counting.map(each => each.id).join()}`;
    let ends = expiries.get(known);
    if (!ends) expiries.set(known, (ends = endsOf(version, counting)));
    let cover: { id: string; end: string | null; by: NonNullable<Because['cover']>['by'] } | null = null;
    for (const [at, credit] of counting.entries()) {
      let end = ends[at] ?? null;
      let by: NonNullable<Because['cover']>['by'] =
        rule.renewal.kind === 'as-certificate' ? 'certificate' : rule.renewal.kind;
      for (const change of rule.material) {
        const isOlder =
          credit.course === change.course && (credit.version === null || credit.version < change.version);
        if (isOlder && (end === null || plus(change.by, -1) < end))
          [end, by] = [plus(change.by, -1), 'material'];
      }
      if (end !== null && end < day) continue;
      if (cover === null || end === null || (cover.end !== null && end >= cover.end))
        cover = { id: credit.id, end, by };
    }

    // By when.
    let due = announced(inRun, since, hiredOn);
    let exemptionId: string | null = null;
    for (const each of exemptions)
      if (
        each.kind === 'extension' &&
        holds(each, day) &&
        each.dueDay &&
        (due === null || each.dueDay > due.day)
      ) {
        due = { day: each.dueDay, by: 'extension', from: null, versionId: version.id };
        exemptionId = each.id;
      }
    if (due && rule.leave.due === 'after-return') {
      let back = due.day;
      while (
        back <= plus(until, 4000) &&
        employment.some(each => each.value === 'on-leave' && holds(each, back))
      )
        back = employment.find(each => each.value === 'on-leave' && holds(each, back))?.toDay ?? '9999-12-31';
      if (back !== due.day && back !== '9999-12-31')
        due = { ...due, day: plus(back, rule.leave.days), by: 'after-return', from: back };
    }

    const grace = lastCovered && plus(lastCovered.day, rule.graceDays);
    const candidates = [due?.day, lastCovered?.day].filter(each => each !== undefined).sort();
    const dueDay = cover ? cover.end : (candidates.at(-1) ?? null);
    const waiver = exemptions.find(each => each.kind === 'waiver' && holds(each, day));
    let standing: Stands['standing'];
    if (waiver) standing = 'waived';
    else if (state === 'on-leave') standing = 'on-leave';
    else if (!cover && dueDay === null) standing = 'gap';
    else if (!cover && grace !== null && day <= grace) standing = 'in-grace';
    else if (!cover && dueDay !== null && day > dueDay) standing = 'overdue';
    else if (dueDay !== null && number(dueDay) - number(day) <= 30)
      standing = cover ? 'expiring' : 'due-soon';
    else standing = cover ? 'current' : 'not-yet-due';

    let told: Because['cover'] = cover && { creditId: cover.id, lastDay: cover.end, by: cover.by };
    if (!cover && lastCovered) {
      const { credit, end, by, day: lastDay } = lastCovered;
      const gone = credits.find(each => each.id === credit)?.voids.some(gap => holds(gap, plus(lastDay, 1)));
      told = { creditId: credit, lastDay, by: gone ? 'void' : end === lastDay ? by : 'version' };
    }
    if (cover) lastCovered = { day, credit: cover.id, end: cover.end, by: cover.by };
    const because: Because = {
      ...{ versionId: version.id, meant, meantSince: since, firstDue: due, cover: told },
      ...{ exemptionId: waiver?.id ?? exemptionId, gap: due ? null : 'no-hire-date' },
    };
    result.set(day, { standing, unitId, dueDay: waiver ? null : dueDay, because });
  }
  return result;
}

/** The first due day that the versions of a run announced, one after the other. */
function announced(inRun: readonly VersionFacts[], since: string, hiredOn: string | null): FirstDue | null {
  let due = null as FirstDue | null;
  let previous: VersionFacts | null = null;
  for (const each of inRun) {
    const isSame =
      previous !== null &&
      JSON.stringify([...previous.rule.courses].sort()) === JSON.stringify([...each.rule.courses].sort()) &&
      (['firstDue', 'renewal', 'material'] as const).every(
        part => JSON.stringify(previous?.rule[part]) === JSON.stringify(each.rule[part]),
      );
    previous = each;
    if (isSame && due) continue;
    const { firstDue } = each.rule;
    let own: FirstDue | null;
    if ('on' in firstDue) own = { day: firstDue.on, by: 'day', from: null, versionId: each.id };
    else if (firstDue.after === 'joined')
      own = { day: plus(since, firstDue.days), by: 'joined', from: since, versionId: each.id };
    else if (hiredOn !== null)
      own = { day: plus(hiredOn, firstDue.days), by: 'hired', from: hiredOn, versionId: each.id };
    else own = null;
    const notice = plus(each.fromDay, each.rule.noticeDays);
    if (own && own.day < notice) own = { day: notice, by: 'notice', from: each.fromDay, versionId: each.id };
    if (own && due && due.day > own.day && !each.rule.bringForward) due = { ...due, by: 'announced' };
    else due = own;
  }
  return due;
}

const lastPrinted = (ends: CreditFacts['printedEnds']): string | null => {
  let last: CreditFacts['printedEnds'][number] | null = null;
  for (const each of ends) if (last === null || each.recordedAt >= last.recordedAt) last = each;
  return last?.lastDay ?? null;
};

function endsOf(
  { rule: { renewal } }: VersionFacts,
  credits: readonly { completedOn: string; printed: string | null }[],
): (string | null)[] {
  if (renewal.kind === 'once') return credits.map(() => null);
  if (renewal.kind === 'as-certificate') return credits.map(({ printed }) => printed);
  const ends: string[] = [];
  for (const { completedOn } of credits) {
    const { lastDay } = computeExpiry({
      completedAt: Date.parse(`${completedOn}T12:00:00Z`),
      previousEnd: ends.at(-1) ?? null,
      rule: renewal.validity,
      timeZone: 'UTC',
    });
    ends.push(lastDay);
  }
  return ends;
}
