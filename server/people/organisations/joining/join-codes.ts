import { randomInt } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { insertOnce, row, rows } from '../../../platform/db/rows.js';
import { as, columns, orNull, renamed, sql } from '../../../platform/db/sql.js';
import { integer, type Row } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { newOnce } from '../../../platform/http/once.js';
import { idFrom, newId } from '../../../platform/lib/ids.js';
import { holdOrganisation } from '../hold-organisation.js';
import { Organisation, Unit } from '../tables.js';
import { CODE_LENGTH, CODE_LETTERS } from './code-text.js';
import { JoinCode, JoinCodeUse } from './tables.js';

/** What somebody asks of a new code. */
export type AskedCode = Pick<
  Row<typeof JoinCode>,
  'unitId' | 'courseSlug' | 'fromDay' | 'untilDay' | 'mostPeople'
>;

/** In which organisation something is done, by whom (null: at the command line), and when (epoch ms). */
export interface DoneIn {
  readonly organisationId: string;
  readonly actorId: string | null;
  readonly now: number;
}

const MADE = sql`select ${columns(JoinCode, 'j', 'code', 'organisationId', 'unitId', 'courseSlug', 'fromDay', 'untilDay', 'mostPeople', 'endedAt')}
  from ${JoinCode} j where j.id = $1`;

/**
 * Make a code by which people join. Returns the code. `once`: as it was drawn with the form; one that is sent twice makes one code.
 * Throws `TrainingPaused` where the organisation's training is paused.
 */
export const makeJoinCode = (
  asked: AskedCode,
  { organisationId, actorId, now }: DoneIn,
  once = newOnce(),
): Promise<string> =>
  inTransaction(async () => {
    await holdOrganisation(organisationId);
    const drawn = idFrom(once);
    const known = await row(MADE, [drawn]);
    if (
      known &&
      isDeepStrictEqual({ ...known }, { ...asked, organisationId, code: known.code, endedAt: null })
    )
      return known.code;
    const id = known ? newId() : drawn;
    const made = { id, organisationId, ...asked, madeBy: actorId, madeAt: now };
    let code = anyCode();
    while (!(await insertOnce(JoinCode, { ...made, code }))) code = anyCode();
    const { unitId, courseSlug, fromDay, untilDay } = asked;
    const news = { joinCodeId: made.id, unitId, courseSlug, fromDay, untilDay };
    await record('join-code.made', news, { actorId, organisationId, now });
    return code;
  });

const anyCode = (): string =>
  Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('');

const END = sql`update ${JoinCode} set ended_at = $1, ended_by = $2
  where id = $3 and organisation_id = $4 and ended_at is null returning id`;

/** End a code: nobody joins by it any more, and whoever did stays. Returns whether it had not ended before. */
export const endJoinCode = (id: string, { organisationId, actorId, now }: DoneIn): Promise<boolean> =>
  inTransaction(async () => {
    if (!(await row(END, [now, actorId, id, organisationId]))) return false;
    await record('join-code.ended', { joinCodeId: id }, { actorId, organisationId, now });
    return true;
  });

const CODES = sql`select ${columns(
  JoinCode,
  'j',
  'id',
  'organisationId',
  'unitId',
  'courseSlug',
  'code',
  'fromDay',
  'untilDay',
  'mostPeople',
  'madeAt',
  'endedAt',
)}, ${renamed(Organisation, 'o', { organisation: 'name' })}, ${columns(Organisation, 'o', 'timeZone', 'contact', 'suspendedAt')},
  ${orNull(renamed(Unit, 'n', { unit: 'name', closedOn: 'closedOn' }))},
  (select count(*) from ${JoinCodeUse} s where s.join_code_id = j.id) ${as('joined', integer())}
  from ${JoinCode} j join ${Organisation} o on o.id = j.organisation_id left join ${Unit} n on n.id = j.unit_id`;

const read = async (which: ReturnType<typeof sql>, params: readonly (string | number)[]) =>
  (await rows(sql`${CODES} ${which}`, params)).map(code => ({ ...code, joined: Number(code.joined) }));

/** A code with where it leads and how many joined by it. */
export type JoinCodeFacts = Awaited<ReturnType<typeof read>>[number];

/** The code as it is stored, in capitals; null: there is none. */
export const codeCalled = async (code: string): Promise<JoinCodeFacts | null> =>
  (await read(sql`where j.code = $1`, [code]))[0] ?? null;

/** The code with this id, or null. */
export const codeWithId = async (id: string): Promise<JoinCodeFacts | null> =>
  (await read(sql`where j.id = $1`, [id]))[0] ?? null;

/** All codes of an organisation, the newest first. */
export const codesOf = (organisationId: string): Promise<JoinCodeFacts[]> =>
  read(sql`where j.organisation_id = $1 order by j.made_at desc, j.id`, [organisationId]);
