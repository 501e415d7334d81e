import { z } from 'zod';
import { parseForm, typed, typedDay } from '../../../platform/http/forms.js';
import type { Translate } from '../../../platform/i18n/i18n.js';
import { dayFrom, dayOf, endOfDay } from '../../../platform/lib/days.js';
import { parseInteger } from '../../../platform/lib/numbers.js';
import { ALLOWANCES } from '../../../teaching/quizzes/attempts/limits.js';

const extraTimeForm = z.object({
  allowance: z.enum(ALLOWANCES, 'errors.allowance'),
  agreedBy: z.string('errors.agreedBy').trim().min(1, 'errors.agreedBy').max(200, 'errors.agreedBy'),
  number: z.string('errors.again'),
});

/**
 * Reads an agreement on extra time, its days as moments. It was agreed today at the latest, and ends today at the earliest. A
 * person with only one organisation is not asked which one it holds in.
 */
export function readExtraTime(
  body: unknown,
  organisations: readonly { id: string }[],
  { now, timeZone, t }: { now: number; timeZone: string; t: Translate },
) {
  const form = parseForm(extraTimeForm, body, t);
  const [only, second] = organisations;
  const organisation = second ? organisations.find(({ id }) => id === typed(body, 'organisation')) : only;
  const [agreedOn, until] = [dayFrom(typedDay(body, 'agreedOn')), dayFrom(typedDay(body, 'until'))];
  const today = dayOf(now, timeZone);
  const number = parseInteger(typed(body, 'number'), { min: 1, max: 100_000 });
  const errors = {
    ...(organisation ? {} : { organisation: t('errors.agreedOrganisation') }),
    ...(form.ok ? {} : form.errors),
    ...(!agreedOn || agreedOn > today ? { agreedOn: t('errors.agreedOn') } : {}),
    ...(until === null || (until !== '' && until < today) ? { until: t('errors.until') } : {}),
    ...(number === null ? { form: t('errors.again') } : {}),
  };
  if (!form.ok || !organisation || !agreedOn || number === null || Object.keys(errors).length > 0)
    return { ok: false as const, errors };
  const { allowance, agreedBy } = form.value;
  const untilAt = until ? endOfDay(until, timeZone) : null;
  const value = { organisationId: organisation.id, number, allowance, agreedOn, agreedBy, untilAt };
  return { ok: true as const, value };
}

/** What was typed, to show it again. */
export const typedExtraTime = (body: unknown) => ({
  organisation: typed(body, 'organisation'),
  allowance: typed(body, 'allowance'),
  agreedOn: typedDay(body, 'agreedOn'),
  agreedBy: typed(body, 'agreedBy'),
  until: typedDay(body, 'until'),
});
