import { requirementsOf } from '../../../requirements/rules/stored-requirements.js';
import type { StoredRoom } from '../stored-rooms.js';

/** The slugs of all courses that any version of a room's requirements asks for. */
export async function coursesIn({ organisationId, requirementIds }: StoredRoom): Promise<string[]> {
  const all = await requirementsOf(organisationId);
  const courses = requirementIds.flatMap(id => (all.get(id) ?? []).flatMap(({ rule }) => rule.courses));
  return [...new Set(courses)];
}
