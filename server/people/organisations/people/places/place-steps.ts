import { z } from 'zod';
import { parseForm, typed } from '../../../../platform/http/forms.js';
import { spoken } from '../../../../platform/i18n/spoken.js';
import { dayOf, daysAfter } from '../../../../platform/lib/days.js';
import { chosenId, optionalLine, readDay } from '../../change-fields.js';
import {
  comeBack,
  endEmployment,
  endPlacement,
  goOnLeave,
  moveHome,
  placeAlso,
  returnFromLeave,
  type MemberOutcome,
  type OfMember,
} from '../members.js';

/** What can be done with somebody's place in an organisation, each on a page of its own. */
export type PlaceStep = 'move' | 'further' | 'end' | 'absence' | 'return' | 'leaving' | 'rejoining';

type Errors = Record<string, string>;

/** `wrong`: the form has to be corrected; messages by field. */
type StepOutcome = MemberOutcome | { readonly kind: 'wrong'; readonly errors: Errors };

/** Takes a step with the form that was sent. */
type TakeStep = (of: Omit<OfMember, 'fromDay'>, body: unknown) => Promise<StepOutcome>;

const unit = z.object({ unit: chosenId('errors.unit') });
const post = unit.extend({ job: optionalLine(60, 'errors.post', 'errors.post-long') });

export const PLACE_STEPS: Readonly<Record<PlaceStep, TakeStep>> = {
  move: step(post, (of, { unit: unitId, job }) => moveHome(of, { unitId, job })),
  further: step(post, (of, { unit: unitId, job }) => placeAlso(of, { unitId, job })),
  end: step(unit, (of, { unit: unitId }) => endPlacement(of, unitId)),
  absence: takeLeave,
  return: step(z.object({}), of => returnFromLeave(of)),
  leaving: takeLeaving,
  rejoining: step(post, (of, { unit: unitId, job }) => comeBack(of, { home: { unitId, job } })),
};

const todayOf = ({ organisation, now }: Pick<OfMember, 'organisation' | 'now'>): string =>
  dayOf(now, organisation.timeZone);

function step<T>(schema: z.ZodType<T>, take: (of: OfMember, form: T) => Promise<MemberOutcome>): TakeStep {
  return async (of, body) => {
    const form = parseForm(schema, body, spoken);
    const fromDay = readDay(body, 'day', todayOf(of));
    const errors: Errors = { ...(form.ok ? {} : form.errors), ...dayError('day', fromDay) };
    return form.ok && fromDay ? take({ ...of, fromDay }, form.value) : { kind: 'wrong', errors };
  };
}

const dayError = (field: string, day: string | null): Errors =>
  day ? {} : { [field]: spoken('errors.change-day') };

/** The last day of a leave may be left empty: nobody knows it yet. */
async function takeLeave(of: Omit<OfMember, 'fromDay'>, body: unknown): Promise<StepOutcome> {
  const today = todayOf(of);
  const [fromDay, last] = [readDay(body, 'day', today), readDay(body, 'until', today)];
  const isOpen = PARTS.every(part => typed(body, `until-${part}`).trim() === '');
  const isWrong = !isOpen && (!last || (fromDay !== null && last < fromDay));
  const errors = { ...dayError('day', fromDay), ...(isWrong ? { until: spoken('errors.leave-until') } : {}) };
  if (!fromDay || isWrong) return { kind: 'wrong', errors };
  return goOnLeave({ ...of, fromDay }, last && daysAfter(last, 1));
}

const PARTS = ['day', 'month', 'year'] as const;

/** At once, or after a last day. */
async function takeLeaving(of: Omit<OfMember, 'fromDay'>, body: unknown): Promise<StepOutcome> {
  const [today, when] = [todayOf(of), typed(body, 'when')];
  if (when === 'now') return endEmployment({ ...of, fromDay: today });
  if (when !== 'day') return { kind: 'wrong', errors: { when: spoken('errors.leaving-when') } };
  const last = readDay(body, 'day', today);
  if (!last) return { kind: 'wrong', errors: dayError('day', last) };
  return endEmployment({ ...of, fromDay: daysAfter(last, 1) });
}

/** The fields of each step, besides the token. */
export const PLACE_FIELDS: Readonly<Record<PlaceStep, readonly string[]>> = {
  move: ['unit', 'job', 'day'],
  further: ['unit', 'job', 'day'],
  end: ['unit', 'day'],
  absence: ['day', 'until'],
  return: ['day'],
  leaving: ['when', 'day'],
  rejoining: ['unit', 'job', 'day'],
};
