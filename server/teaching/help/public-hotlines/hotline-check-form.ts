import { z } from 'zod';
import { parseForm, typedDay } from '../../../platform/http/forms.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { dayFrom } from '../../../platform/lib/days.js';
import type { NewHotlineCheck } from './hotline-checks.js';
import { CHECK_METHODS } from '../hotlines.js';
import { entryNumber } from '../own-hotlines/own-hotline-form.js';

/** A web address as a learner may open it; empty for none. */
const webAddress = (key: string) =>
  z
    .string(key)
    .trim()
    .max(400, key)
    .regex(/^(?:https:\/\/[^\s<>"']+\.[^\s<>"']+)?$/, key);

const checkForm = z.object({
  phone: z
    .string('errors.public-line-phone')
    .trim()
    .regex(/^(?:[+0-9][0-9 ()-]{1,24})?$/, 'errors.public-line-phone'),
  url: webAddress('errors.public-line-url'),
  hours: z
    .string('errors.public-line-hours')
    .trim()
    .max(200, 'errors.public-line-hours')
    .regex(/^\P{Cc}*$/u, 'errors.public-line-hours'),
  how: z.enum(CHECK_METHODS, 'errors.public-line-how'),
  source: webAddress('errors.public-line-source'),
});

type Errors = Record<string, string>;

/**
 * What an administrator enters about a public hotline: a number or an address, and the address of the official source
 * unless they called. `today` (like 2026-11-24): nobody has checked it on a later day.
 */
export function readHotlineCheck(
  body: unknown,
  today: string,
): { ok: true; number: number; check: NewHotlineCheck } | { ok: false; errors: Errors } {
  const form = parseForm(checkForm, body, spoken);
  const number = entryNumber(body);
  const checkedOn = dayFrom(typedDay(body, 'checkedOn'));
  const errors: Errors = {
    ...(form.ok ? lacks(form.value) : form.errors),
    ...(!checkedOn || checkedOn > today ? { checkedOn: spoken('errors.public-line-checked') } : {}),
    ...(number === null ? { form: spoken('errors.again') } : {}),
  };
  if (!form.ok || !checkedOn || number === null || Object.keys(errors).length > 0)
    return { ok: false, errors };
  const { phone, url, hours, how, source } = form.value;
  const facts = { phone: phone || null, url: url || null, hours: hours || null, source: source || null };
  return { ok: true, number, check: { ...facts, checkedOn, how } };
}

/** What is missing although each field by itself is right. */
const lacks = ({ phone, url, how, source }: z.infer<typeof checkForm>): Errors => ({
  ...(!phone && !url ? { phone: spoken('errors.public-line-empty') } : {}),
  ...(how === 'source' && !source ? { source: spoken('errors.public-line-source') } : {}),
});
