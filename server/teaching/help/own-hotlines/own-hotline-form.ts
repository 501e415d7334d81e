import { z } from 'zod';
import { parseForm, typed, typedDay } from '../../../platform/http/forms.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { dayFrom } from '../../../platform/lib/days.js';
import { parseInteger } from '../../../platform/lib/numbers.js';
import type { OwnHotlineFacts } from './own-hotline.js';

/** As much as a card of A6 has room for. */
const text = (key: string) =>
  z
    .string(key)
    .trim()
    .max(80, key)
    .regex(/^\P{Cc}*$/u, key);

const hotlineForm = z.object({
  name: text('errors.line-name').min(1, 'errors.line-name'),
  phone: z
    .string('errors.line-phone')
    .trim()
    .regex(/^[+0-9][0-9 ()-]{1,24}$/, 'errors.line-phone'),
  hours: text('errors.line-hours'),
});

type Errors = Record<string, string>;

/** The form of an organisation's own hotline. `today` (like 2026-11-24): nobody has tried the number on a later day. */
export function readOwnHotline(
  body: unknown,
  today: string,
): { ok: true; number: number; line: OwnHotlineFacts } | { ok: false; errors: Errors } {
  const form = parseForm(hotlineForm, body, spoken);
  const number = entryNumber(body);
  const checkedOn = dayFrom(typedDay(body, 'checkedOn'));
  const errors: Errors = {
    ...(form.ok ? {} : form.errors),
    ...(!checkedOn || checkedOn > today ? { checkedOn: spoken('errors.line-checked') } : {}),
    ...(number === null ? { form: spoken('errors.again') } : {}),
  };
  if (!form.ok || !checkedOn || number === null || Object.keys(errors).length > 0)
    return { ok: false, errors };
  const { name, phone, hours } = form.value;
  return { ok: true, number, line: { name, phone, hours: hours || null, checkedOn } };
}

/** The number of the entry that a form would make; null where the form did not come from a page of ours. */
export const entryNumber = (body: unknown): number | null =>
  parseInteger(typed(body, 'number'), { min: 1, max: 100_000 });
