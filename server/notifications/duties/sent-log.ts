import { spoken } from '../../i18n/spoken.js';
import { dayWords } from '../../organisations/day-words.js';
import { sentToManagers } from '../managers/sent-to-managers.js';
import { sentReminders } from './planned-reminders.js';
import { stageWords } from './stage-words.js';

/** What was sent to people of an organisation and to those who manage them, from a day on, as rows of a table; newest day first. */
export async function sentLog(
  organisation: { readonly id: string; readonly timeZone: string },
  fromDay: string,
) {
  const reminders = (await sentReminders(organisation.id, fromDay)).map(
    ({ day, stage, outcome, reminders: count }) => ({ day, what: stageWords(stage), outcome, count }),
  );
  const managers = (await sentToManagers(organisation, fromDay)).map(({ day, what, count }) => ({
    ...{ day, what: spoken(`reminderLog.${what}`), outcome: 'due' as const, count },
  }));
  return [...reminders, ...managers]
    .sort((one, other) => other.day.localeCompare(one.day))
    .map(({ day, what, outcome, count }) => [
      { text: dayWords(day) },
      { text: what },
      { text: spoken(`reminderLog.outcome.${outcome}`) },
      { text: String(count) },
    ]);
}
