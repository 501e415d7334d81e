import { rows } from '../../../../platform/db/rows.js';
import { columns, parameters, sql } from '../../../../platform/db/sql.js';
import { signedByAll } from '../../../../teaching/learning/acknowledgements/signing.js';
import { AcknowledgementStatement } from '../../../../teaching/learning/acknowledgements/tables.js';
import { Membership } from '../../../../people/organisations/tables.js';
import type { PeopleTable, ShortTable } from './pack-tables.js';
import { inUtc } from './standing-tables.js';

/** Who signed which statement after a course. The typed name is left out where people are numbers. */
export const acknowledgementTable: PeopleTable = {
  path: 'acknowledgements.csv',
  columns: ['acknowledgement', 'person', 'course', 'statement_sha256', 'typed_name', 'signed_at'],
  async recordsOf({ organisation, period, courses, names }, ids) {
    const people = await peopleByAccount(ids);
    const signed = await signedByAll(organisation.id, [...people.keys()], period.knownAt);
    const meant = signed.filter(({ courseSlug }) => courses.includes(courseSlug));
    return meant.map(({ id, userId, courseSlug, sha256, typedName, signedAt }) => [
      ...[id, people.get(userId) ?? null, courseSlug, sha256, names ? typedName : null, inUtc(signedAt)],
    ]);
  },
};

async function peopleByAccount(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await rows(
    sql`select ${columns(Membership, 'm', 'id', 'userId')} from ${Membership} m
        where m.user_id is not null and m.id in (${parameters(ids.length)})`,
    ids,
  );
  return new Map(found.map(({ id, userId }) => [String(userId), id]));
}

/** The statements that were signed, word by word, and those that are asked for. */
export const statementTable: ShortTable = {
  path: 'statements.csv',
  columns: ['statement_sha256', 'course', 'language', 'version', 'text', 'asked_at', 'ended_at'],
  async records({ organisation, period, courses }) {
    const found = await rows(STATEMENTS, [organisation.id, period.knownAt]);
    const meant = found.filter(({ courseSlug }) => courses.includes(courseSlug));
    return meant.map(({ sha256, courseSlug, locale, number, text, recordedAt, retiredAt }) => [
      ...[sha256, courseSlug, locale, number, text, inUtc(recordedAt)],
      retiredAt !== null && Number(retiredAt) <= period.knownAt ? inUtc(retiredAt) : null,
    ]);
  },
};

const STATEMENTS = sql`select
    ${columns(AcknowledgementStatement, 's', 'sha256', 'courseSlug', 'locale', 'number', 'text', 'recordedAt', 'retiredAt')}
  from ${AcknowledgementStatement} s where s.organisation_id = $1 and s.recorded_at <= $2
  order by s.course_slug, s.locale, s.number`;
