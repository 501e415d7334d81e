import { z } from 'zod';
import { emailField, nameField } from '../../accounts/account-fields.js';
import { parseForm, typed, typedDay } from '../../../platform/http/forms.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { chosenId, optionalLine, readDay } from '../change-fields.js';
import { dayParts } from '../day-words.js';
import type { Post } from './member-facts.js';

/** What an organisation says of a person on a form: who they are, when they were hired and, of somebody new, where they work. */
export interface PersonDetails {
  readonly person: {
    readonly name: string;
    readonly email: string | null;
    readonly staffNumber: string | null;
  };
  readonly hiredOn: string | null;
  readonly home: Post | null;
}

const blank = z.literal('').transform(() => null);

const details = z.object({
  name: nameField('errors.name-of-person'),
  email: z.union([blank, emailField], 'errors.email'),
  staffNumber: optionalLine(60, 'errors.staff-number', 'errors.staff-number'),
});

const post = z.object({
  unit: z.union([blank, chosenId('errors.unit')], 'errors.unit').default(null),
  job: optionalLine(60, 'errors.post', 'errors.post-long').default(null),
});

const PARTS = ['day', 'month', 'year'] as const;

/** Reads the form; everything but the name may be left out. `today`: in the organisation's zone. */
export function readDetails(body: unknown, today: string) {
  const [form, place] = [parseForm(details, body, spoken), parseForm(post, body, spoken)];
  const isOpen = PARTS.every(part => typed(body, `hiredOn-${part}`).trim() === '');
  const hiredOn = isOpen ? null : readDay(body, 'hiredOn', today);
  const errors = {
    ...(form.ok ? {} : form.errors),
    ...(place.ok ? {} : place.errors),
    ...(isOpen || hiredOn ? {} : { hiredOn: spoken('errors.change-day') }),
  };
  if (!form.ok || !place.ok || Object.keys(errors).length > 0) return { ok: false as const, errors };
  const { unit, job } = place.value;
  const home = unit === null ? null : { unitId: unit, job };
  return { ok: true as const, value: { person: form.value, hiredOn, home } satisfies PersonDetails };
}

/** What was typed, to show it again. */
export const typedDetails = (body: unknown) => ({
  ...{ name: typed(body, 'name'), email: typed(body, 'email'), staffNumber: typed(body, 'staffNumber') },
  ...{ hiredOn: typedDay(body, 'hiredOn'), unit: typed(body, 'unit'), job: typed(body, 'job') },
});

/** What is known of somebody, as the form begins. */
export const knownDetails = ({ person, hiredOn }: Omit<PersonDetails, 'home'>) => ({
  ...{ name: person.name, email: person.email ?? '', staffNumber: person.staffNumber ?? '' },
  ...{ hiredOn: dayParts(hiredOn ?? ''), unit: '', job: '' },
});
