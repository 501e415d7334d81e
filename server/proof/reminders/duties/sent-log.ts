import { spoken } from '../../../platform/i18n/spoken.js';
import { dayWords } from '../../../people/organisations/day-words.js';
import { sentDigests } from '../managers/sent-to-managers.js';
import { ESCALATED, mailedSince } from './mail-counts.js';
import { stageWords } from './stage-words.js';

/** What was sent to people of an organisation and to those who manage them, from a day on, as rows of a table; newest day first. */
export async function sentLog(
  organisation: { readonly id: string; readonly timeZone: string },
  fromDay: string,
) {
  const mailed = (await mailedSince(organisation.id, fromDay)).map(({ stage, duties, ...sent }) => ({
    ...{ ...sent, count: duties },
    what: stage === ESCALATED ? spoken('reminderLog.escalated') : stageWords(stage),
  }));
  const digests = (await sentDigests(organisation, fromDay)).map(sent => ({
    ...{ ...sent, what: spoken('reminderLog.digest'), outcome: 'due' as const },
  }));
  return [...mailed, ...digests]
    .sort((one, other) => other.day.localeCompare(one.day))
    .map(({ day, what, outcome, count }) => [
      { text: dayWords(day) },
      { text: what },
      { text: spoken(`reminderLog.outcome.${outcome}`) },
      { text: String(count) },
    ]);
}
