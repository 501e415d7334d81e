import { z } from 'zod';
import { parseForm, typed, typedDay } from '../../../platform/http/forms.js';
import type { Translate } from '../../../platform/i18n/i18n.js';
import { dayFrom, daysAfter } from '../../../platform/lib/days.js';
import type { Grant } from '../../../policy.js';

/** The roles that can be given, in the order in which the form offers them. Who audits comes by a room instead (`reports/rooms`). */
export const ROLES = ['manager', 'instructor', 'administrator'] as const satisfies Grant['role'][];

/** Whether somebody may have a role in a unit alone. */
export const isOfUnits = (role: string): boolean => role === 'manager' || role === 'instructor';

const email = z.string('errors.email').trim().min(1, 'errors.email').max(254, 'errors.email');
const successorForm = z.object({ email });
const appointmentForm = z.object({
  email,
  role: z.enum(ROLES, 'errors.roleChoice'),
});

/** What a form is judged by: today in the organisation's zone, its open units, and the words for faults. */
interface Judge {
  readonly today: string;
  readonly units: readonly { readonly id: string }[];
  readonly t: Translate;
}

/** Reads whom to give which role, where and when. A first day that is left out is today. */
export function readAppointment(body: unknown, { today, units, t }: Judge) {
  const form = parseForm(appointmentForm, body, t);
  const unit = typed(body, 'unit');
  const days = readDays(body, { today, t });
  const errors = {
    ...(form.ok ? {} : form.errors),
    ...unitErrors(unit, { isOpen: units.some(({ id }) => id === unit), role: typed(body, 'role') }, t),
    ...days.errors,
  };
  if (!form.ok || Object.keys(errors).length > 0) return { ok: false as const, errors };
  const { fromDay, untilDay } = days;
  return { ok: true as const, value: { ...form.value, unitId: unit || null, fromDay, untilDay } };
}

function unitErrors(
  unit: string,
  { isOpen, role }: { isOpen: boolean; role: string },
  t: Translate,
): Record<string, string> {
  if (unit === '') return {};
  if (!isOpen) return { unit: t('errors.roleUnit') };
  return isOfUnits(role) || role === '' ? {} : { unit: t('errors.roleWhole') };
}

/** The last day is typed; what is kept is the day after it, on which the role no longer counts. */
function readDays(body: unknown, { today, t }: Pick<Judge, 'today' | 't'>) {
  const from = dayFrom(typedDay(body, 'from'));
  const last = dayFrom(typedDay(body, 'last'));
  const fromDay = from || today;
  const errors = {
    ...(from === null || fromDay < today ? { from: t('errors.roleFrom') } : {}),
    ...(last === null || (last !== '' && last < fromDay) ? { last: t('errors.roleLast') } : {}),
  };
  return { fromDay, untilDay: last ? daysAfter(last, 1) : null, errors };
}

/** What was typed into the form of an appointment, to show it again. */
export const typedAppointment = (body: unknown) => ({
  email: typed(body, 'email'),
  role: typed(body, 'role'),
  unit: typed(body, 'unit'),
  from: typedDay(body, 'from'),
  last: typedDay(body, 'last'),
});

/** A day on which a role ends, or what is wrong with what was typed. */
type ReadEnd<More = object> =
  | { readonly ok: true; readonly value: More & { readonly day: string } }
  | { readonly ok: false; readonly errors: Record<string, string> };

/** Reads the last day of a role; left out, it ends at once. */
export function readEnd(body: unknown, { today, t }: Pick<Judge, 'today' | 't'>): ReadEnd {
  const last = dayFrom(typedDay(body, 'last'));
  if (last === null || (last !== '' && last < today))
    return { ok: false, errors: { last: t('errors.roleLast') } };
  return { ok: true, value: { day: last ? daysAfter(last, 1) : today } };
}

/** Reads to whom a role passes, and on which day; left out, it is today. */
export function readHandover(
  body: unknown,
  { today, t }: Pick<Judge, 'today' | 't'>,
): ReadEnd<{ readonly email: string }> {
  const form = parseForm(successorForm, body, t);
  const from = dayFrom(typedDay(body, 'from'));
  const isWrong = from === null || (from !== '' && from < today);
  const errors = { ...(form.ok ? {} : form.errors), ...(isWrong ? { from: t('errors.roleFrom') } : {}) };
  if (!form.ok || Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, value: { ...form.value, day: from || today } };
}
