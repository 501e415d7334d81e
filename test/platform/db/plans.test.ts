import { expect } from 'chai';
import { numberBegins } from '../../../server/proof/certificates/holders-by-code.js';
import { LEFT_TO_REISSUE } from '../../../server/proof/certificates/lifecycle/reissue-after-compromise.js';
import { ofPerson } from '../../../server/proof/certificates/queries.js';
import { Certificate } from '../../../server/proof/certificates/tables.js';
import { FIGURES } from '../../../server/office/admin/figures.js';
import { database } from '../../../server/platform/db/connect.js';
import type { Param } from '../../../server/platform/db/lanes.js';
import { columns, sql, type Sql } from '../../../server/platform/db/sql.js';
import { rows } from '../../support/rows.js';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import { CHAINS_WITH } from '../../../server/proof/certificates/ledger/check/recorded-events.js';
import { LATEST_EVENT } from '../../../server/platform/events/routines/clock.js';
import { inStage } from '../../../server/proof/reminders/duties/due-reminders.js';
import { issuedTo } from '../../../server/proof/reports/packs/evidence/certificate-files.js';
import { fitting } from '../../../server/proof/reports/asked-intervals.js';
import { STANDINGS } from '../../../server/proof/requirements/standings.js';
import { StandingInterval } from '../../../server/proof/requirements/tables.js';
import { INVITABLE, IS_TO_INVITE } from '../../../server/people/organisations/invitations/invite.js';
import { ownWorld } from '../../support/world.js';

/** The plan of a query, as the database words it. PostgreSQL is kept from reading whole tables, as it does while they are small. */
const UNINVITED = sql`${INVITABLE} where ${IS_TO_INVITE}`;

const planOf = (sql: string): Promise<string> =>
  inTransaction(async () => {
    if (database().dialect === 'sqlite') return JSON.stringify(await rows(`explain query plan ${sql}`));
    for (const how of ['enable_seqscan', 'enable_sort', 'enable_bitmapscan'])
      await rows(`set local ${how} = off`);
    return JSON.stringify(await rows(`explain ${sql}`));
  });

/** A statement with values in place of its parameters. */
const filled = ({ text }: Sql, params: readonly Param[]): string =>
  text.replace(/\$(\d+)/g, (_, number: string) => `'${params[Number(number) - 1]}'`);

const dueInStage = inStage({
  requirementId: 'one',
  span: {
    stage: 'before-30',
    standings: ['current', 'due-soon'],
    dueFrom: '2026-04-01',
    dueTo: '2026-04-13',
  },
  day: '2026-03-14',
});
const reachedLast = sql`select ${columns(StandingInterval, 'i', 'id')} ${dueInStage.from} order by i.due_day desc limit 100`;
const dueSoon = sql`select ${columns(StandingInterval, 'i', 'id')} ${dueInStage.from} order by i.due_day limit 20`;

const asked = {
  ...{ organisationId: 'one', requirementIds: ['one', 'other'], day: '2026-03-14', saidAt: null },
  ...{ unitIds: null, dueBy: null },
};
const stands = fitting({ ...asked, standings: STANDINGS }, 1);
const standsSo = fitting({ ...asked, standings: ['gap'] }, 1);
const fewStandSo = fitting({ ...asked, standings: ['gap'] }, 1, { areFew: true });
const ownInterval = sql`select ${columns(StandingInterval, 's', 'id')} from ${StandingInterval} s
  where s.membership_id = 'one' and ${standsSo.condition}`;
const theFew = sql`select distinct ${columns(StandingInterval, 's', 'membershipId')} from ${StandingInterval} s
  where ${fewStandSo.condition}`;
const standingOfSome = sql`select ${columns(StandingInterval, 's', 'id')} from ${StandingInterval} s
  where s.membership_id in ('one', 'other', 'third') and ${stands.condition}`;

const issued = sql`select ${columns(Certificate, 'c', 'id')} ${issuedTo(3, 1)}`;

describe('the plan of a query', () => {
  ownWorld();
  const cases: [string, string, string][] = [
    ['the courses of a person', `select id from cycles where user_id = 'somebody'`, 'cycles_user'],
    [
      'the newest certificates of all',
      'select id from certificates c order by c.awarded_at desc, c.id limit 50',
      'certificates_newest',
    ],
    [
      'the newest certificates of an organisation',
      `select id from certificates where organisation_id = 'one' and issued_at is not null
         and superseded_at is null order by awarded_at desc, id desc limit 50`,
      'certificates_newest_in',
    ],
    [
      'who can be invited and is not',
      `select m.id from ${UNINVITED.text.replace('$1', "'one'").replace('$2', '9')} and m.id > 'somebody' order by m.id limit 50`,
      'memberships_uninvited',
    ],
    [
      'whom a stage of reminders reached last',
      filled(reachedLast, dueInStage.params),
      'standing_intervals_due',
    ],
    [
      'the chains that hold events of a kind',
      CHAINS_WITH.text.replace('$1', `'restore.noticed'`),
      'events_name',
    ],
    ['an event that lies in the future', LATEST_EVENT.text.replace('$1', '0'), 'events_time'],
  ];
  // PostgreSQL chooses the index by what a table holds, and here it holds nothing; once all are joined it would be too late.
  it('finds the certificates of a person, and of their merged accounts, before it joins anything', async () => {
    const plan = await planOf(filled(ofPerson(), ['one']));
    expect(plan).to.match(/\bcertificates_user\b|\buser_id\)::text = ANY/);
  });

  for (const [what, sql, index] of cases) {
    it(`finds ${what} by an index, and sorts nothing`, async () => {
      const plan = await planOf(sql);
      expect(plan).to.match(new RegExp(`\\b${index}\\b`));
      expect(plan).to.not.match(/temp b-tree|\bSort\b/i);
    });
  }

  const standings: [string, string, string][] = [
    [
      'how everybody stands with a requirement on a day',
      `select standing, count(*) from standing_intervals where requirement_id = 'one' and from_day <= '2026-03-14'
         and (to_day is null or to_day > '2026-03-14') and recorded_at <= 9 and (retired_at is null or retired_at > 9)
       group by standing`,
      'standing_intervals_day',
    ],
    [
      'for how many something is due',
      `select requirement_id, sum(people) from due_counts where organisation_id = 'one' and unit_id in ('')
         and due_day >= '2026-03-14' and due_day <= '2026-04-14' group by requirement_id`,
      'due_counts_organisation',
    ],
    [
      'who begins to stand otherwise on a day',
      `select unit_id, standing, count(*) from standing_intervals where requirement_id = 'one' and from_day = '2026-03-14'
         and retired_at is null group by unit_id, standing`,
      'standing_intervals_(day|begin|due|standing)',
    ],
    // PostgreSQL chooses by what a table holds, and here it holds nothing.
    [
      'for whom something is overdue since long',
      `select i.id from standing_intervals i where i.requirement_id = 'one' and i.retired_at is null
         and i.standing in ('overdue') and i.due_day >= '' and i.due_day <= '2026-03-14'
         and i.from_day <= '2026-03-28' and (i.to_day is null or i.to_day > '2026-03-28')`,
      '(standing_intervals_standing|Index Scan using standing_intervals_\\w+)',
    ],
    [
      'who is due in a stage of reminders',
      filled(dueSoon, dueInStage.params),
      'standing_intervals_(standing|due)',
    ],
    [
      'the certificates of some people',
      filled(issued, ['9', 'one', 'other', 'third', 'a']),
      'certificates_user',
    ],
    [
      'how some people stand',
      filled(standingOfSome, stands.params),
      '(standing_intervals_person|Index Scan using standing_intervals_\\w+)',
    ],
    [
      'whether somebody stands in a certain way',
      filled(ownInterval, standsSo.params),
      '(standing_intervals_person|Index Scan using standing_intervals_\\w+)',
    ],
    [
      'the few who stand in a certain way',
      filled(theFew, fewStandSo.params),
      '(standing_intervals_standing|Index Scan using standing_intervals_\\w+)',
    ],
    [
      'the sums of everybody, or of an organisation',
      `select k.sums from kept_sums k where k.figure = 'quizzes' and k.name = '' order by k.subject, k.part`,
      'kept_sums_named',
    ],
    [
      'the sums of a quiz',
      `select k.sums from kept_sums k where k.figure = 'quizzes' and k.subject = 'a b' and k.part = 'all first' order by k.name`,
      '(sqlite_autoindex_kept_sums_1|kept_sums_(pkey|named))',
    ],
    [
      'what is not counted yet',
      `select u.fact from uncounted_facts u where u.figure = 'quizzes' order by u.fact limit 500`,
      '(sqlite_autoindex_uncounted_facts_1|uncounted_facts_pkey)',
    ],
    [
      'the other tries of a person at a quiz',
      `select b.id from cycles d join attempts b on b.cycle_id = d.id and b.quiz = 'a' where d.user_id = 'somebody'`,
      'cycles_user',
    ],
  ];
  // PostgreSQL may take another index of an empty table; on SQLite the plan is the one that large tables get, too.
  for (const [what, sql, index] of standings) {
    it(`finds ${what} by an index`, async () => {
      const plan = await planOf(sql);
      expect(plan).to.match(new RegExp(`\\b${index}\\b`));
      expect(plan).to.not.match(/\bSCAN\b|Seq Scan/);
    });
  }

  it('finds who holds a certificate by how its number begins, not by its organisation', async () => {
    const plan = await planOf(filled(numberBegins(), ['k7', 'k7~', 'one', 20]));
    expect(plan).to.match(/\bcertificates_(current_)?code\w*/);
  });

  it('finds what compromised keys signed by their keys, not among all certificates', async () => {
    const plan = await planOf(filled(LEFT_TO_REISSUE, [11]));
    // PostgreSQL takes another index of an empty table.
    expect(plan).to.match(/\bcertificates_key\b|Index (Only )?Scan using certificates_\w+/);
    expect(plan).to.not.match(/SCAN c\b|Seq Scan on certificates/);
  });

  it('counts the figures of the overview in covering indexes, without reading a table', async () => {
    const plan = await planOf(FIGURES.text.replaceAll('$1', '10001'));
    for (const index of ['users_confirmed', 'cycles_open', 'cycles_completed', 'certificates_issued'])
      expect(plan).to.match(new RegExp(`\\b${index}\\b`));
    expect(plan).to.not.match(/(SCAN|SEARCH) (users|cycles|certificates)(?! USING COVERING INDEX)|Seq Scan/);
  });
});
