import { z } from 'zod';
import { emailField } from '../../../../people/accounts/account-fields.js';
import { parseForm, typed, typedDay } from '../../../../platform/http/forms.js';
import { spoken } from '../../../../platform/i18n/spoken.js';
import { dayFrom, daysAfter } from '../../../../platform/lib/days.js';
import { dayParts } from '../../../../people/organisations/day-words.js';
import { severalIn, unitsIn } from '../../../requirements/rules/composing/typed-rule.js';

/** For how many days a room is open where nothing else is said, and at most. */
const DAYS_OPEN = 7;
export const MOST_DAYS_OPEN = 92;

/** What somebody asks of a new room. Days are texts like "2026-11-29"; `untilDay`: the first day on which it is closed. */
export interface AskedRoom {
  readonly title: string;
  readonly email: string;
  readonly shows: 'names' | 'numbers';
  readonly withScores: boolean;
  readonly requirementIds: readonly string[];
  readonly unitIds: readonly string[] | null;
  readonly fromDay: string;
  readonly lastDay: string;
  readonly untilDay: string;
}

/** What a room may be about: requirements and open units of the organisation, by id; `today` in its zone. */
interface Offered {
  readonly requirements: readonly string[];
  readonly units: readonly string[];
  readonly today: string;
}

const form = z.object({
  title: z.string('errors.room-title').trim().min(1, 'errors.room-title').max(200, 'errors.room-title'),
  email: emailField,
  shows: z.enum(['names', 'numbers'], 'errors.room-shows'),
});

/** Reads the form of a new room; else what has to be corrected, by field. */
export function readRoom(body: unknown, offered: Offered) {
  const values = typedRoom(body);
  const parsed = parseForm(form, body, spoken);
  const { days, errors: wrongDays } = readDays(values, offered.today);
  const isWrong = (chosen: readonly string[], all: readonly string[]) => chosen.some(id => !all.includes(id));
  const errors: Record<string, string> = {
    ...(parsed.ok ? {} : parsed.errors),
    ...(values.requirements.length === 0 || isWrong(values.requirements, offered.requirements)
      ? { requirements: spoken('errors.room-requirements') }
      : {}),
    ...(isWrong(values.units, offered.units) ? { units: spoken('errors.unit') } : {}),
    ...wrongDays,
  };
  if (!parsed.ok || !days || Object.keys(errors).length > 0) return { ok: false as const, errors };
  const units = [...new Set(values.units)];
  const value: AskedRoom = {
    ...{ ...parsed.value, ...days, withScores: values.withScores },
    requirementIds: [...new Set(values.requirements)],
    unitIds: units.length === 0 ? null : units,
  };
  return { ok: true as const, value };
}

/** A period that has begun and ends by today, and the last day on which the room is open. */
function readDays({ from, last, until }: ReturnType<typeof typedRoom>, today: string) {
  const [fromDay, lastDay, lastOpen] = [dayFrom(from), dayFrom(last), dayFrom(until)];
  const errors: Record<string, string> = {
    ...(!fromDay || fromDay > today ? { from: spoken('errors.room-from') } : {}),
    ...(!lastDay || lastDay > today || lastDay < (fromDay ?? '') ? { last: spoken('errors.room-last') } : {}),
    ...(!lastOpen || lastOpen < today || lastOpen > daysAfter(today, MOST_DAYS_OPEN)
      ? { until: spoken('errors.room-until', { days: MOST_DAYS_OPEN }) }
      : {}),
  };
  if (!fromDay || !lastDay || !lastOpen) return { days: null, errors };
  return { days: { fromDay, lastDay, untilDay: daysAfter(lastOpen, 1) }, errors };
}

/** What was typed, to show it again. */
export const typedRoom = (body: unknown) => ({
  ...{ title: typed(body, 'title'), email: typed(body, 'email'), shows: typed(body, 'shows') },
  withScores: typed(body, 'withScores') === 'yes',
  ...{ requirements: severalIn(body, 'requirements'), units: unitsIn(body) },
  ...{ from: typedDay(body, 'from'), last: typedDay(body, 'last'), until: typedDay(body, 'until') },
});

/** What the form begins with: all requirements, the last twelve months, names, a week. */
export const newRoom = ({ requirements, today }: Offered): ReturnType<typeof typedRoom> => ({
  ...{ title: '', email: '', shows: 'names', withScores: false, requirements: [...requirements], units: [] },
  ...{
    from: dayParts(daysAfter(today, -365)),
    last: dayParts(today),
    until: dayParts(daysAfter(today, DAYS_OPEN)),
  },
});
