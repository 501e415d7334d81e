import { typed, typedDay } from '../../../platform/http/forms.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { dayFrom } from '../../../platform/lib/days.js';
import { dayParts } from '../../../people/organisations/day-words.js';
import type { BroughtFacts } from './bring.js';
import type { Ending } from './decide.js';

const error = (name: string): string => spoken(`elsewhere.error.${name}`);

const isLine = (text: string, most: number): boolean =>
  text !== '' && text.length <= most && !/\p{Cc}/u.test(text);

/** Reads what stands on a paper: completed today or earlier, ended later than that. */
export function readPaper(body: unknown, today: string) {
  const [title, issuer, number] = ['title', 'issuer', 'number'].map(name => typed(body, name).trim());
  const completedOn = dayFrom(typedDay(body, 'completed')) || null;
  const last = dayFrom(typedDay(body, 'last'));
  const errors: Record<string, string> = {
    ...(isLine(title ?? '', 300) ? {} : { title: error('title') }),
    ...(isLine(issuer ?? '', 300) ? {} : { issuer: error('issuer') }),
    ...(isLine(number ?? '', 120) ? {} : { number: error('number') }),
    ...(completedOn !== null && completedOn <= today ? {} : { completed: error('completed') }),
    ...(last === null || (last !== '' && last < (completedOn ?? '')) ? { last: error('last') } : {}),
  };
  if (!title || !issuer || !number || !completedOn || last === null || Object.keys(errors).length > 0)
    return { ok: false as const, errors };
  const value: BroughtFacts = {
    ...{ way: 'paper', issuer, issuerName: issuer, achievement: title, title, number, completedOn },
    ...{ holderName: null, lastDay: last || null, sha256: null },
    ...{ statusUrl: null, statusIndex: null },
  };
  return { ok: true as const, value };
}

/** What was typed, to show it again. */
export const typedPaper = (body: unknown) => ({
  ...{ title: typed(body, 'title'), issuer: typed(body, 'issuer'), number: typed(body, 'number') },
  ...{ completed: typedDay(body, 'completed'), last: typedDay(body, 'last') },
});

/** A decision: a course for which it counts, or why it does not. */
export type ElsewhereDecision =
  | { readonly kind: 'count'; readonly courseSlug: string }
  | { readonly kind: 'refuse'; readonly reason: string };

/** Reads what is decided. `courses`: slugs that may be chosen. */
export function readElsewhereDecision(body: unknown, courses: readonly string[]) {
  const [kind, course, reason] = [
    typed(body, 'decision'),
    typed(body, 'course'),
    typed(body, 'reason').trim(),
  ];
  const errors: Record<string, string> = {
    ...(kind === 'count' || kind === 'refuse' ? {} : { decision: error('decision') }),
    ...(kind !== 'count' || courses.includes(course) ? {} : { course: error('course') }),
    ...(kind !== 'refuse' || isReason(reason) ? {} : { reason: error('reason') }),
  };
  if (Object.keys(errors).length > 0) return { ok: false as const, errors };
  const value: ElsewhereDecision =
    kind === 'count' ? { kind, courseSlug: course } : { kind: 'refuse', reason };
  return { ok: true as const, value };
}

const isReason = (reason: string): boolean => reason.length >= 5 && reason.length <= 500;

/** Reads how a certificate ends that counts: by its issuer from a day on, today or earlier, or because it was entered in error. */
export function readEnding(body: unknown, { today, completedOn }: { today: string; completedOn: string }) {
  const [kind, reason] = [typed(body, 'ending'), typed(body, 'why').trim()];
  const day = dayFrom(typedDay(body, 'from')) || null;
  const fits = day !== null && day <= today && day >= completedOn;
  const errors: Record<string, string> = {
    ...(kind === 'revoked' || kind === 'taken-back' ? {} : { ending: error('ending') }),
    ...(kind !== 'revoked' || fits ? {} : { from: error('from') }),
    ...(isReason(reason) ? {} : { why: error('reason') }),
  };
  if (Object.keys(errors).length > 0) return { ok: false as const, errors };
  const value: Ending = { endedOn: kind === 'revoked' ? day : null, reason };
  return { ok: true as const, value };
}

/** What was typed into both forms of a certificate, to show it again. */
export const typedDecision = (body: unknown) => ({
  ...{ decision: typed(body, 'decision'), course: typed(body, 'course'), reason: typed(body, 'reason') },
  ...{ ending: typed(body, 'ending'), why: typed(body, 'why') },
  from: body === undefined ? dayParts('') : typedDay(body, 'from'),
});
