import { insert, row, rows } from '../../../platform/db/rows.js';
import { as, columns, sql } from '../../../platform/db/sql.js';
import { integer } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { newId } from '../../../platform/lib/ids.js';
import { sha256 } from '../../../platform/lib/tokens.js';
import { holdOrganisation } from '../../../people/organisations/hold-organisation.js';
import { AcknowledgementStatement } from './tables.js';

/** A course of an organisation, and the language of a text (BCP 47). */
export interface StatementOf {
  readonly organisationId: string;
  readonly courseSlug: string;
  readonly locale: string;
}

/** Who asks, and when (epoch ms). */
interface AskedBy {
  readonly actorId: string;
  readonly now: number;
}

const ASKED = sql`select ${columns(AcknowledgementStatement, 's', 'id', 'courseSlug', 'locale', 'number', 'text', 'sha256', 'recordedAt')}
  from ${AcknowledgementStatement} s where s.organisation_id = $1 and s.retired_at is null`;

/** Every statement that an organisation asks for, by course and language. */
export const askedStatements = (organisationId: string) =>
  rows(sql`${ASKED} order by s.course_slug, s.locale`, [organisationId]);

/** Those of one course. */
export const statementsOfCourse = (organisationId: string, courseSlug: string) =>
  rows(sql`${ASKED} and s.course_slug = $2 order by s.locale`, [organisationId, courseSlug]);

export type AskedStatement = Awaited<ReturnType<typeof askedStatements>>[number];

const RETIRE = sql`update ${AcknowledgementStatement} set retired_at = $4
  where organisation_id = $1 and course_slug = $2 and locale = $3 and retired_at is null
  returning ${columns(AcknowledgementStatement, AcknowledgementStatement.table, 'id', 'number')}`;

const LAST = sql`select max(s.number) ${as('number', integer())} from ${AcknowledgementStatement} s
  where s.organisation_id = $1 and s.course_slug = $2 and s.locale = $3`;

/** Ask people who complete a course to sign a text. Another text is another version; what was signed stays as it was. */
export const askToSign = (of: StatementOf, text: string, { actorId, now }: AskedBy): Promise<void> =>
  inTransaction(async () => {
    const { organisationId, courseSlug, locale } = of;
    await holdOrganisation(organisationId);
    const known = (await statementsOfCourse(organisationId, courseSlug)).find(each => each.locale === locale);
    if (known?.text === text) return;
    const which = [organisationId, courseSlug, locale];
    await rows(RETIRE, [...which, now]);
    const number = Number((await row(LAST, which))?.number ?? 0) + 1;
    const [id, hash] = [newId(), sha256(text)];
    await insert(AcknowledgementStatement, {
      id,
      ...of,
      number,
      text,
      sha256: hash,
      recordedAt: now,
      actorId,
    });
    const news = { statementId: id, courseSlug, locale, number, sha256: hash };
    await record('acknowledgement.asked', news, { organisationId, actorId, now });
  });

/** Ask no more for a text. What was signed stays. Returns whether it was asked for. */
export const stopAsking = (of: StatementOf, { actorId, now }: AskedBy): Promise<boolean> =>
  inTransaction(async () => {
    const { organisationId, courseSlug, locale } = of;
    const [ended] = await rows(RETIRE, [organisationId, courseSlug, locale, now]);
    if (!ended) return false;
    const news = { statementId: ended.id, courseSlug, locale, number: ended.number };
    await record('acknowledgement.ended', news, { organisationId, actorId, now });
    return true;
  });
