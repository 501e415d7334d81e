import { rows } from '../../db/rows.js';
import { columns, sql } from '../../db/sql.js';
import { spoken } from '../../i18n/spoken.js';
import { dayWords } from '../../organisations/day-words.js';
import { newestVersion } from '../../requirements/rules/requirement-versions.js';
import { requirementsOf } from '../../requirements/rules/stored-requirements.js';
import { stageWords } from './stage-words.js';
import { DutyReminder } from './tables.js';

/** Reminders that a page of a person shows at most. */
const MOST = 20;

const OF_PERSON = sql`select ${columns(DutyReminder, 'r', 'requirementId', 'stage', 'outcome', 'day')}
  from ${DutyReminder} r where r.membership_id = $1 and r.organisation_id = $2
  order by r.day desc, r.outcome, r.stage limit ${MOST}`;

/** What somebody was reminded of and when, newest first, as rows of a table. */
export async function sentToPerson(membershipId: string, organisationId: string) {
  const [found, requirements] = [
    await rows(OF_PERSON, [membershipId, organisationId]),
    await requirementsOf(organisationId),
  ];
  return found.map(({ requirementId, stage, outcome, day }) => [
    { text: dayWords(day) },
    { text: newestVersion(requirements.get(requirementId) ?? [])?.title ?? '' },
    { text: stageWords(stage) },
    { text: spoken(`reminderLog.outcome.${outcome}`) },
  ]);
}
