import { z } from 'zod';
import { parseForm } from '../../../platform/http/forms.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { dayOf } from '../../../platform/lib/days.js';
import { chosenId, lineOf, optionalLine, readDay } from '../change-fields.js';
import type { TreeChange, UnitOutcome, UnitRefusal } from './change-tree.js';
import { mergeUnits } from './merge-units.js';
import { closeUnit, moveUnit, openUnit, renameUnit } from './units.js';

/** What can be done with units, each on a page of its own. */
export type UnitStep = 'new' | 'name' | 'place' | 'merger' | 'closing';

/** `wrong`: the form has to be corrected; messages by field. */
type StepOutcome = UnitOutcome | { readonly kind: 'wrong'; readonly errors: Record<string, string> };

/** Takes a step with the form that was sent. */
type TakeStep = (change: TreeChange, unitId: string, body: unknown) => Promise<StepOutcome>;

const name = lineOf(200, 'errors.unit-name', 'errors.unit-name-long').min(1, 'errors.unit-name');
const code = optionalLine(60, 'errors.unit-code', 'errors.unit-code-long');
const above = z.union([z.literal('').transform(() => null), chosenId('errors.unit')], 'errors.unit');

export const UNIT_STEPS: Readonly<Record<UnitStep, TakeStep>> = {
  new: step(z.object({ name, code, unit: above }), (change, _, { unit, ...form }) =>
    openUnit(change, { ...form, parentId: unit }),
  ),
  name: step(z.object({ name, code }), (change, unitId, form) => renameUnit(change, { unitId, ...form })),
  place: step(z.object({ unit: above }), (change, unitId, { unit, fromDay }) =>
    moveUnit(change, { unitId, parentId: unit, fromDay }),
  ),
  merger: step(z.object({ unit: chosenId('errors.unit') }), (change, unitId, { unit, fromDay }) =>
    mergeUnits(change, { unitId, intoId: unit, fromDay }),
  ),
  closing: step(z.object({}), (change, unitId, { fromDay }) => closeUnit(change, { unitId, fromDay })),
};

function step<T extends object>(
  schema: z.ZodType<T>,
  take: (change: TreeChange, unitId: string, form: T & { fromDay: string }) => Promise<UnitOutcome>,
): TakeStep {
  return async (change, unitId, body) => {
    const form = parseForm(schema, body, spoken);
    const fromDay = readDay(body, 'day', dayOf(change.now, change.organisation.timeZone));
    const errors = {
      ...(form.ok ? {} : form.errors),
      ...(fromDay ? {} : { day: spoken('errors.change-day') }),
    };
    return form.ok && fromDay ? take(change, unitId, { ...form.value, fromDay }) : { kind: 'wrong', errors };
  };
}

/** The field that has to be corrected where a step was refused: every form asks for the day. */
export function fieldOf(taken: UnitStep, reason: UnitRefusal): string {
  const field = FIELDS[reason];
  return field !== undefined && ASKED[taken].includes(field) ? field : 'day';
}

const FIELDS: Readonly<Partial<Record<UnitRefusal, string>>> = {
  circle: 'unit',
  'too-deep': 'unit',
  'parent-closed': 'unit',
  'into-closed': 'unit',
  'name-taken': 'name',
  'code-taken': 'code',
};

/** The fields of each step, besides the token. */
export const ASKED: Readonly<Record<UnitStep, readonly string[]>> = {
  new: ['name', 'code', 'unit', 'day'],
  name: ['name', 'code', 'day'],
  place: ['unit', 'day'],
  merger: ['unit', 'day'],
  closing: ['day'],
};
