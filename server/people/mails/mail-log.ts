import { rows } from '../../platform/db/rows.js';
import { columns, sql, type Sql } from '../../platform/db/sql.js';
import { MailRecord } from './tables.js';
import type { NoticeKind } from './notices.js';

/** The states of a mail: being sent (or interrupted, to be tried again), sent, and refused for good. */
export const MAIL_STATES = ['sending', 'sent', 'failed'] as const;

/** Which mails to list; an empty text narrows nothing. */
export interface MailFilter {
  readonly kind: NoticeKind | '';
  readonly state: (typeof MAIL_STATES)[number] | '';
}

const MAILS = sql`select ${columns(MailRecord, 'm', 'id', 'kind', 'userId', 'organisationId', 'state', 'createdAt', 'sentAt')}
  from ${MailRecord} m`;

/**
 * Mails by when they were begun, newest first: at most `limit`, and only those after the mail `after` where one is given. An index
 * answers each filter.
 */
export function mailLog(
  { kind, state }: MailFilter,
  { limit, after }: { limit: number; after: string | null },
) {
  const params: (string | number)[] = [limit];
  const where = (value: string | null, condition: (place: number) => Sql): Sql =>
    value ? condition(params.push(value)) : sql``;
  const list = sql`${MAILS} where m.created_at > 0
    ${where(kind, place => sql`and m.kind = $${place}`)} ${where(state, place => sql`and m.state = $${place}`)}
    ${where(after, place => sql`and (m.created_at, m.id) < (select created_at, id from ${MailRecord} where id = $${place})`)}
    order by m.created_at desc, m.id desc limit $1`;
  return rows(list, params);
}
