import type { z } from 'zod';
import type { Translate } from '../i18n/i18n.js';
import type { DayParts } from '../lib/days.js';

/** A parsed form: a checked value, or a message for each field that the person has to correct. */
export type ParsedForm<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly errors: Record<string, string> };

/**
 * Check a submitted form. Schemas give a text key as the message (`'errors.email'`), also for a field that is missing, came
 * twice, or is not a text.
 */
export function parseForm<T>(schema: z.ZodType<T>, body: unknown, t: Translate): ParsedForm<T> {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return { ok: true, value: parsed.data };
  const errors: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    const field = String(issue.path[0] ?? 'form');
    errors[field] ??= t(issue.message);
  }
  return { ok: false, errors };
}

/** The whole text of a field, as a program sends it or somebody pastes it; never an array or object. */
export function wholeText(body: unknown, field: string): string {
  const value =
    body !== null && typeof body === 'object' ? (body as Record<string, unknown>)[field] : undefined;
  return typeof value === 'string' ? value : '';
}

/** What was typed into a field, to show again: its first 1,000 characters. */
export const typed = (body: unknown, field: string): string => wholeText(body, field).slice(0, 1000);

/**
 * After which place a list goes on, as its own link says. Somebody may have changed the link: a text with control characters,
 * which no link of ours holds and PostgreSQL refuses, is the beginning of the list.
 */
export function listPlace(query: unknown, field = 'after'): string {
  const place = typed(query, field);
  return /\p{Cc}/u.test(place) ? '' : place;
}

/** All that was typed into a form, but for fields with these names and its token, to send again. A field that came several times stays several. */
export const keptFields = (
  body: unknown,
  without: readonly string[] = [],
): (readonly [name: string, value: string])[] =>
  Object.entries((body ?? {}) as Record<string, string | string[]>).flatMap(([name, value]) =>
    name === '_csrf' || without.includes(name) ? [] : [value].flat().map(each => [name, each] as const),
  );

/** What was typed into the three boxes of a date (components/forms/date-field.ejs). */
export const typedDay = (body: unknown, field: string): DayParts => ({
  day: typed(body, `${field}-day`),
  month: typed(body, `${field}-month`),
  year: typed(body, `${field}-year`),
});
