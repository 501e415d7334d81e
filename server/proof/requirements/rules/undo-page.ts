import { row } from '../../../platform/db/rows.js';
import { as, parameters, sql } from '../../../platform/db/sql.js';
import { integer } from '../../../platform/db/table.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { Credit } from '../../../teaching/learning/credits/tables.js';
import { Cycle } from '../../../teaching/learning/tables.js';
import { dayWords } from '../../../people/organisations/day-words.js';
import { organisationHead } from '../../../people/organisations/organisation-tabs.js';
import { requirementsHome, type OpenRequirements } from './open-requirement.js';
import { newestVersion, undoableUntil, type StoredVersion } from './requirement-versions.js';
import { ruleSentence } from './rule-sentence.js';
import { ruleWordsOf } from './rule-words.js';

/** What is taken back with the newest version, and what cannot be. Null: nothing can be undone any more. */
export async function undoPage(
  open: OpenRequirements,
  { requirementId, versions }: { requirementId: string; versions: readonly StoredVersion[] },
) {
  const { organisation, actor, today, now } = open;
  const newest = newestVersion(versions);
  if (!newest || undoableUntil(versions, now) === null) return null;
  const words = await ruleWordsOf(organisation.id, today);
  const since = await sinceThen(organisation.id, newest);
  const here = `${requirementsHome(organisation.id)}/${requirementId}`;
  return {
    organisation: organisationHead(organisation, actor),
    back: here,
    action: `${here}/undo`,
    title: newest.title,
    sentence: newest.rule.inForce ? ruleSentence(newest.rule, words) : spoken('requirements.version.ended'),
    from: spoken('requirements.version.from', { day: dayWords(newest.fromDay) }),
    isFirst: versions.length === 1,
    stays: [
      spoken('requirements.undo.mails'),
      spoken('requirements.undo.cycles', { count: since.cycles }),
      spoken('requirements.undo.credits', { count: since.credits }),
    ],
  };
}

/** Rounds that were begun because something is required, and courses that were completed, since a version was kept. */
async function sinceThen(organisationId: string, { recordedAt, rule: { courses } }: StoredVersion) {
  const cycles = await row(CYCLES, [organisationId, recordedAt]);
  const credits = await row(
    sql`select count(*) ${as('total', integer())} from ${Credit} c
        where c.organisation_id = $1 and c.recorded_at >= $2 and c.course_slug in (${parameters(courses.length, 3)})`,
    [organisationId, recordedAt, ...courses],
  );
  return { cycles: Number(cycles?.total ?? 0), credits: Number(credits?.total ?? 0) };
}

const CYCLES = sql`select count(*) ${as('total', integer())} from ${Cycle} c
  where c.organisation_id = $1 and c.opened_at >= $2 and c.because = 'required'`;
