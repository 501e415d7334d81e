import { typed, typedDay } from '../../../../platform/http/forms.js';
import { spoken } from '../../../../platform/i18n/spoken.js';
import { dayFrom, monthsAfter } from '../../../../platform/lib/days.js';
import { dayParts } from '../../../../people/organisations/day-words.js';
import type { EvidenceParams } from './pack-scope.js';

/** What a pack may be about: today's day, and the requirements of the organisation. */
export interface PackChoices {
  readonly today: string;
  readonly requirementIds: readonly string[];
}

type ReadPack =
  | { readonly ok: true; readonly params: EvidenceParams }
  | { readonly ok: false; readonly errors: Record<string, string> };

/** Reads of which days and requirements a pack is to tell, and whether with names. Without a choice: of all requirements. */
export function readPack(body: unknown, { today, requirementIds }: PackChoices): ReadPack {
  const [from, to] = [dayFrom(typedDay(body, 'from')), dayFrom(typedDay(body, 'to'))];
  const people = typed(body, 'people');
  const errors = {
    ...(from && from <= today ? {} : { from: spoken('evidence.packs.error.from') }),
    ...(to && to <= today && (!from || from <= to) ? {} : { to: spoken('evidence.packs.error.to') }),
    ...(people === 'names' || people === 'numbers' ? {} : { people: spoken('evidence.packs.error.people') }),
  };
  if (!from || !to || Object.keys(errors).length > 0) return { ok: false, errors };
  const chosen = chosenIn(body).filter(id => requirementIds.includes(id));
  return { ok: true, params: { from, to, requirementIds: chosen.sort(), names: people === 'names' } };
}

/** What was typed, to show it again. */
export const typedPack = (body: unknown) => ({
  ...{ from: typedDay(body, 'from'), to: typedDay(body, 'to') },
  ...{ requirements: chosenIn(body), people: typed(body, 'people') },
});

/** What the form begins with: the last twelve months, of everything. */
export const blankPack = ({ today }: PackChoices) => ({
  ...{ from: dayParts(monthsAfter(today, -12)), to: dayParts(today) },
  ...{ requirements: [] as string[], people: '' },
});

function chosenIn(body: unknown): string[] {
  const all = (body as Record<string, unknown> | undefined)?.['requirement'] ?? [];
  return (Array.isArray(all) ? (all as unknown[]) : [all]).filter(each => typeof each === 'string');
}
