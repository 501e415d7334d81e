import { newId } from '../../../server/lib/ids.js';
import type { Standing } from '../../../server/requirements/standings.js';
import { write } from '../../support/rows.js';

/** How somebody stands with a requirement. */
export interface Stands {
  readonly organisationId: string;
  readonly requirementId: string;
  readonly membershipId: string;
  readonly dueDay: string;
  readonly standing?: Standing;
}

/** Somebody has stood so since long ago, as the worker would have written it. Returns the id of the assignment. */
export async function stands({
  organisationId,
  requirementId,
  membershipId,
  dueDay,
  standing = 'due-soon',
}: Stands): Promise<string> {
  const assignmentId = newId();
  await write(
    'insert into assignments (id, requirement_id, membership_id, organisation_id, created_at) values ($1, $2, $3, $4, 1)',
    [assignmentId, requirementId, membershipId, organisationId],
  );
  await write(
    `insert into standing_intervals (id, organisation_id, requirement_id, assignment_id, membership_id, standing, due_day,
      from_day, because, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, '2026-01-01', '{}', 1)`,
    [newId(), organisationId, requirementId, assignmentId, membershipId, standing, dueDay],
  );
  return assignmentId;
}
