import { currentCourses } from '../../../teaching/courses/catalogue.js';
import { formatDate } from '../../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { dayWords } from '../../../people/organisations/day-words.js';
import { listedName } from '../../../people/organisations/people/member-words.js';
import type { ElsewhereFacts } from './stored-elsewhere.js';

const KINDS = {
  waiting: 'dawn',
  counted: 'moss',
  refused: 'clay',
  revoked: 'clay',
  'taken-back': 'clay',
} as const;

/** A certificate from elsewhere, as every list shows it. `titleOf`: of our course that it stands for. */
export function elsewhereRow(found: ElsewhereFacts, titleOf: (slug: string) => string) {
  const { id, state, statusSaid, title, issuerName, completedOn, lastDay, courseSlug, reason, endedOn } =
    found;
  return {
    id,
    title,
    name: listedName(found),
    tag: { text: spoken(`elsewhere.state.${state}`), kind: KINDS[state], state },
    revoked:
      statusSaid === 'revoked' && (state === 'waiting' || state === 'counted')
        ? { text: spoken('elsewhere.foundRevoked'), kind: 'clay' as const, state: 'found-revoked' }
        : null,
    from: spoken('elsewhere.from', { issuer: issuerName }),
    days: [
      spoken('elsewhere.completed', { day: dayWords(completedOn) }),
      lastDay === null ? spoken('elsewhere.noEnd') : spoken('elsewhere.until', { day: dayWords(lastDay) }),
    ].join(' · '),
    counts: courseSlug === null ? null : spoken('elsewhere.countsAs', { course: titleOf(courseSlug) }),
    reason: [endedOn === null ? '' : spoken('elsewhere.endedOn', { day: dayWords(endedOn) }), reason ?? '']
      .filter(Boolean)
      .join(' · '),
  };
}

/** Everything that is known of one, as labelled facts. */
export function elsewhereFacts(found: ElsewhereFacts, timeZone: string) {
  const fact = (name: string, value: string | null, code = false) =>
    value === null || value === '' ? [] : [{ label: spoken(`elsewhere.fact.${name}`), value, code }];
  const said = (name: string | null, at: number | null) =>
    at === null
      ? null
      : spoken('requirements.byWhom', { name: name ?? '', on: formatDate(at, hereIn(timeZone)) });
  const isFile = found.way === 'file';
  return [
    ...fact('person', listedName(found)),
    ...fact('holder', found.holderName),
    ...fact('title', found.title),
    ...fact('issuer', found.issuerName),
    ...(isFile ? fact('did', found.issuer, true) : []),
    ...fact('number', found.number, true),
    ...fact('completed', dayWords(found.completedOn)),
    ...fact('last', found.lastDay === null ? spoken('elsewhere.noEnd') : dayWords(found.lastDay)),
    ...fact('how', spoken(`elsewhere.way.${found.way}`)),
    ...fact('hash', found.sha256, true),
    ...fact('status', isFile ? statusText(found, timeZone) : null),
    ...fact('entered', said(found.enteredName, Number(found.enteredAt))),
    ...fact('decided', said(found.decidedName, found.decidedAt === null ? null : Number(found.decidedAt))),
  ];
}

/** What is known of its revocation, and what is not. */
function statusText({ statusUrl, statusSaid, statusAskedAt }: ElsewhereFacts, timeZone: string): string {
  if (statusUrl === null) return spoken('elsewhere.status.nowhere');
  if (statusSaid === null || statusAskedAt === null) return spoken('elsewhere.status.notAsked');
  const on = formatDate(Number(statusAskedAt), hereIn(timeZone));
  return spoken(`elsewhere.status.${statusSaid}`, { on });
}

/** The titles of our courses, by slug. */
export async function titlesOfCourses(): Promise<(slug: string) => string> {
  const titles = new Map((await currentCourses()).map(({ slug, snapshot }) => [slug, snapshot.title]));
  return slug => titles.get(slug) ?? slug;
}
