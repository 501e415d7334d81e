import { typed, typedDay } from '../../../platform/http/forms.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { dayFrom } from '../../../platform/lib/days.js';
import type { CountedNotification } from './counted-notifications.js';

type Entered = Omit<CountedNotification, 'id' | 'recordedAt'>;
type Errors = Record<string, string>;

const error = (name: string): string => spoken(`notificationCounts.error.${name}`);

/** What was typed, to show it again. */
export const typedNotification = (body: unknown) => ({
  ...{ day: typedDay(body, 'day'), source: typed(body, 'source') },
  ...{ hotline: typed(body, 'hotline'), hotlineOn: typedDay(body, 'hotlineOn') },
  ...{ police: typed(body, 'police'), policeOn: typedDay(body, 'policeOn') },
});

/** Reads a notification. No day is later than today; nobody is told before it came. */
export function readNotification(
  body: unknown,
  today: string,
): { readonly ok: true; readonly value: Entered } | { readonly ok: false; readonly errors: Errors } {
  const form = typedNotification(body);
  const day = dayFrom(form.day) || null;
  const isDay = day !== null && day <= today;
  const { source } = form;
  const isSource = source === 'staff' || source === 'passenger';
  const hotline = told('hotline', form.hotline, dayFrom(form.hotlineOn) || null, { day, today });
  const police = told('police', form.police, dayFrom(form.policeOn) || null, { day, today });
  const errors = {
    ...(isDay ? {} : { day: error('day') }),
    ...(isSource ? {} : { source: error('source') }),
    ...hotline.errors,
    ...police.errors,
  };
  if (!isDay || !isSource || Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, value: { day, source, hotlineOn: hotline.on, policeOn: police.on } };
}

/** Whether somebody was told, and on which day. */
function told(
  whom: 'hotline' | 'police',
  said: string,
  on: string | null,
  { day, today }: { day: string | null; today: string },
): { on: string | null; errors: Errors } {
  if (said === 'no') return { on: null, errors: {} };
  if (said !== 'yes') return { on: null, errors: { [whom]: error(whom) } };
  const isDay = on !== null && on <= today && (day === null || on >= day);
  return isDay ? { on, errors: {} } : { on: null, errors: { [`${whom}On`]: error('told') } };
}
