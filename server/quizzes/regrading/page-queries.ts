import { rows } from '../../db/rows.js';
import type { CertificateEffect, Change } from './impact.js';
import type { RulingKind } from './rulings.js';

/** What a regrade does to one attempt, and whose it is. Times are epoch milliseconds, points integers. */
export interface LineRow {
  readonly attemptId: string;
  readonly organisationId: string;
  readonly userId: string;
  readonly name: string;
  readonly submittedAt: number;
  readonly change: Exclude<Change, 'same'>;
  readonly certificate: CertificateEffect;
  readonly pointsBefore: number;
  readonly rightBefore: number;
  readonly pointsAfter: number;
  readonly rightAfter: number;
  readonly maxPoints: number;
}

/** Lines of a regrade in the order of their attempts' ids, after `after`; at most `limit`. */
export const linesOf = (regradeId: string, after: string, limit: number): Promise<LineRow[]> =>
  rows<LineRow>(
    `select l.attempt_id as "attemptId", l.organisation_id as "organisationId", a.user_id as "userId", u.name,
       a.submitted_at as "submittedAt", l.change, l.certificate, l.points_before as "pointsBefore",
       l.right_before as "rightBefore", l.points_after as "pointsAfter", l.right_after as "rightAfter",
       a.max_points as "maxPoints"
     from regrade_lines l join attempts a on a.id = l.attempt_id join users u on u.id = a.user_id
     where l.regrade_id = $1 and l.attempt_id > $2 order by l.attempt_id limit $3`,
    [regradeId, after, limit],
  );

/** A ruling in the log. */
export interface RulingRow {
  readonly number: number;
  readonly regradeId: string;
  readonly courseSlug: string;
  readonly quiz: string;
  readonly itemId: string;
  readonly kind: RulingKind;
  readonly fromVersion: number;
  readonly toVersion: number;
  readonly keyVersion: number | null;
  readonly reason: string;
  readonly who: string;
  readonly at: number;
  readonly attempts: number;
}

/** The rulings that were made, newest first, before the number `before`; at most `limit`. */
export const rulingsBefore = (before: number, limit: number): Promise<RulingRow[]> =>
  rows<RulingRow>(
    `select r.number, r.regrade_id as "regradeId", r.course_slug as "courseSlug", r.quiz, r.item_id as "itemId", r.kind,
       r.from_version as "fromVersion", r.to_version as "toVersion", r.key_version as "keyVersion", r.reason,
       u.name as who, r.created_at as at,
       (select count(*) from attempt_regrades where regrade_id = r.regrade_id and change <> 'kept') as attempts
     from item_rulings r join users u on u.id = r.actor_id where r.number < $1 order by r.number desc limit $2`,
    [before, limit],
  );
