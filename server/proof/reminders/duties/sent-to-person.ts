import { rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { dayWords } from '../../../people/organisations/day-words.js';
import { newestVersion } from '../../requirements/rules/requirement-versions.js';
import { requirementsOf } from '../../requirements/rules/stored-requirements.js';
import { toldOfPerson } from '../managers/sent-to-managers.js';
import { stageWords } from './stage-words.js';
import { DutyReminder } from './tables.js';

/** Reminders that a page of a person shows at most. */
const MOST = 20;

const OF_PERSON = sql`select ${columns(DutyReminder, 'r', 'requirementId', 'stage', 'outcome', 'day')}
  from ${DutyReminder} r where r.membership_id = $1 and r.organisation_id = $2
  order by r.day desc, r.outcome, r.stage limit ${MOST}`;

/** What somebody was reminded of and when, and what those who manage them were told; newest first, as rows of a table. */
export async function sentToPerson(membershipId: string, organisationId: string) {
  const requirements = await requirementsOf(organisationId);
  const reminders = (await rows(OF_PERSON, [membershipId, organisationId])).map(({ stage, ...sent }) => ({
    ...sent,
    what: stageWords(stage),
  }));
  const told = (await toldOfPerson(membershipId, organisationId)).map(({ name, ...sent }) => ({
    ...sent,
    outcome: 'due' as const,
    what: `${spoken('reminderLog.stage.overdue-14')}: ${spoken('reminderLog.told', { names: name })}`,
  }));
  return [...reminders, ...told]
    .sort((one, other) => other.day.localeCompare(one.day))
    .map(({ requirementId, day, what, outcome }) => [
      { text: dayWords(day) },
      { text: newestVersion(requirements.get(requirementId) ?? [])?.title ?? '' },
      { text: what },
      { text: spoken(`reminderLog.outcome.${outcome}`) },
    ]);
}
