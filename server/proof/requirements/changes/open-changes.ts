import { materialChanges, type CourseChangeFacts } from '../../../teaching/courses/changes/course-changes.js';
import { insertOnce, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import type { Rule } from '../requirement-rule.js';
import { newestVersion, type StoredVersion } from '../rules/requirement-versions.js';
import { requirementsOf } from '../rules/stored-requirements.js';
import { ChangeTakenAsMinor } from '../tables.js';

/** A requirement that counts a course, with all its versions. */
export interface CountingRequirement {
  readonly requirementId: string;
  readonly versions: readonly StoredVersion[];
  readonly newest: StoredVersion;
}

/** A material change that an organisation has not decided on, and its requirements that are still to be decided on. */
export interface OpenChange {
  readonly change: CourseChangeFacts;
  readonly requirements: readonly CountingRequirement[];
}

const MINOR = sql`select ${columns(ChangeTakenAsMinor, 'm', 'courseVersionId')} from ${ChangeTakenAsMinor} m
  where m.organisation_id = $1`;

/** The changes that an organisation has still to decide on: only those of courses that it requires. */
export async function openChanges(organisationId: string): Promise<OpenChange[]> {
  const changes = await materialChanges();
  if (changes.length === 0) return [];
  const minor = new Set((await rows(MINOR, [organisationId])).map(({ courseVersionId }) => courseVersionId));
  const required = await countingRequirements(organisationId);
  return changes
    .filter(({ courseVersionId }) => !minor.has(courseVersionId))
    .map(change => ({ change, requirements: required.filter(requirement => isOpen(requirement, change)) }))
    .filter(({ requirements }) => requirements.length > 0);
}

async function countingRequirements(organisationId: string): Promise<CountingRequirement[]> {
  return [...(await requirementsOf(organisationId))].flatMap(([requirementId, versions]) => {
    const newest = newestVersion(versions);
    return newest?.rule.inForce ? [{ requirementId, versions, newest }] : [];
  });
}

/** It counted the course when the change was proposed, and asks for no version as new as this one. */
const isOpen = (
  { versions, newest }: CountingRequirement,
  { courseSlug, number, proposedAt }: CourseChangeFacts,
): boolean =>
  newest.rule.courses.includes(courseSlug) &&
  versions.some(({ recordedAt }) => recordedAt <= proposedAt) &&
  !newest.rule.material.some(({ course, version }) => course === courseSlug && version >= number);

/** The rule that asks for the changed version from a day on; an earlier change of the same course gives way. */
export const changedRule = (rule: Rule, { courseSlug, number }: CourseChangeFacts, by: string): Rule => ({
  ...rule,
  material: [
    { course: courseSlug, version: number, by },
    ...rule.material.filter(({ course }) => course !== courseSlug),
  ],
});

/** Ask nothing anew of anybody because of a change. Twice is once. */
export function takeAsMinor(
  organisationId: string,
  { courseVersionId, courseSlug, number }: CourseChangeFacts,
  { actorId, now }: { actorId: string; now: number },
): Promise<void> {
  return inTransaction(async () => {
    const decision = { organisationId, courseVersionId, actorId, decidedAt: now };
    if (!(await insertOnce(ChangeTakenAsMinor, decision))) return;
    const payload = { courseVersionId, courseSlug, number };
    await record('course.change-taken-as-minor', payload, { actorId, organisationId, now });
  });
}
