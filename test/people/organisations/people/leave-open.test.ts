import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import * as migration from '../../../../migrations/202612010210-leave-open-organisation.js';
import { ERASED_NAME } from '../../../../server/people/accounts/account-data.js';
import { projectRoot } from '../../../../server/config.js';
import { database } from '../../../../server/platform/db/connect.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { dayOf, daysAfter } from '../../../../server/platform/lib/days.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { openOrganisation } from '../../../../server/people/organisations/memberships.js';
import { changeMember } from '../../../../server/people/organisations/people/members.js';
import { placeHold } from '../../../../server/office/privacy/erasure/legal-holds.js';
import { recountRequirements } from '../../../../server/proof/requirements/reckoning/recount-requirements.js';
import { reckonChanged } from '../../../../server/proof/requirements/reckoning/reckon-pending.js';
import { allTables } from '../../../support/tables.js';
import { reckoned, required } from '../../../proof/reports/reckoned.js';
import { audited } from '../../../proof/reports/rooms/of-rooms.js';
import { employer, memberOf } from '../../../support/organisations.js';
import { person, signedIn, type Person } from '../../../support/people.js';
import { appoint, dismiss } from '../../../support/roles.js';
import { count, row, write } from '../../../support/rows.js';
import { enrolled } from '../../../support/walk.js';
import { ownWorld } from '../../../support/world.js';
import { cardOf } from '../entry/of-cards.js';

/** As the upgrade of an installation does. */
const upgrade = (): Promise<void> =>
  inTransaction(async () => {
    const { dialect, sequelize } = database();
    const extra = dialect === 'postgres' ? migration.onPostgres : migration.onSqlite;
    for (const statement of [...migration.up, ...extra]) await sequelize.query(statement);
  });

interface Entry {
  readonly id: string;
  readonly user_id: string | null;
  readonly employment: string;
}

/** The entry of somebody in the open organisation; `id` may be known from before. */
async function entryOf({ id }: Pick<Person, 'id'>, entry = ''): Promise<Entry | null> {
  const { id: open } = await openOrganisation();
  return row<Entry>(
    `select id, user_id, employment from memberships where organisation_id = $1 and (user_id = $2 or id = $3)`,
    [open, id, entry],
  );
}

/** Somebody who belongs to an employer and, as everybody once did, to the open organisation. */
async function employed(name = 'Zoë Lindqvist'): Promise<Person & { readonly entry: string }> {
  const somebody = await person({ name });
  await memberOf(somebody, (await employer()).id);
  return { ...somebody, entry: (await entryOf(somebody))?.id ?? '' };
}

const words = (entry: string) => count('member_words where membership_id = $1', [entry]);

describe('people who came otherwise than alone, and were made members of the open organisation', () => {
  ownWorld();

  it('belong to it no more where they have nothing of their own there, and are not found in it', async () => {
    const [alone, both] = [await person(), await employed()];
    const { email } = await audited();
    const auditor = await row<{ id: string }>('select id from users where email = $1', [email]);
    const audits = { id: auditor?.id ?? '' };
    const room = await memberOf(audits, (await openOrganisation()).id);
    expect(await words(both.entry)).to.be.greaterThan(0);
    await upgrade();
    expect(await entryOf(both, both.entry)).to.equal(null);
    expect(await entryOf(audits, room)).to.equal(null);
    expect(await words(both.entry)).to.equal(0);
    expect(await count('memberships where user_id = $1', [both.id]), 'the employer').to.equal(1);
    expect((await entryOf(alone))?.employment).to.equal('active');
  });

  it('stay as they are where they have anything of their own there', async () => {
    const open = await openOrganisation();
    const by = { organisation: open, fromDay: '2026-01-01', actorId: null, now: Date.now() };
    const made = {
      course: async (at: Person) => void (await enrolled(at)),
      role: async (at: Person) => {
        await appoint(at, 'manager');
        await write('update role_grants set ended_at = 1 where user_id = $1', [at.id]);
      },
      details: async (at: Person & { entry: string }) =>
        void (await changeMember(
          { ...by, membershipId: at.entry },
          { person: { name: at.name, email: null, staffNumber: null } },
        )),
      hired: async ({ entry }: { entry: string }) =>
        void (await changeMember({ ...by, membershipId: entry }, { hiredOn: '2025-01-01' })),
      card: async ({ entry }: { entry: string }) =>
        void (await cardOf(open, { membership: entry, staffNumber: 'K1' })),
      choice: ({ id }: { id: string }) =>
        write(
          `insert into mail_choices (mail, organisation_id, user_id, turned_off_at, changed_at) values ('reminders', $1, $2, 1, 1)`,
          [open.id, id],
        ),
      hold: ({ id }: { id: string }) =>
        placeHold({ userId: id, membershipId: null }, 'court', { actorId: null, now: Date.now() }),
    };
    const all = await Promise.all(
      Object.entries(made).map(async ([what, make]) => {
        const somebody = await employed();
        await make(somebody);
        return { what, somebody, before: await entryOf(somebody) };
      }),
    );
    await upgrade();
    for (const { what, somebody, before } of all) {
      expect(before?.user_id, what).to.equal(somebody.id);
      expect(await entryOf(somebody), what).to.deep.equal(before);
    }
  });

  it('stay without a name, as those who left, where they have standings alone: what was counted still holds', async () => {
    const open = await openOrganisation();
    const [name, manager] = ['Yrsa Quandt', await signedIn({ name: 'Max Manager' })];
    await appoint(manager, 'manager');
    const somebody = await employed(name);
    const ago = (days: number) => daysAfter(dayOf(Date.now(), open.timeZone), -days);
    await write('update memberships set created_at = $1 where id = $2', [
      Date.parse(`${ago(90)}T12:00:00Z`),
      somebody.entry,
    ]);
    await required(open, { fromDay: ago(80), rule: { firstDue: { after: 'joined', days: 30 } } });
    await reckoned(open);
    const on = (day: string) =>
      row<{ standing: string }>(
        `select standing from standing_intervals where membership_id = $1 and retired_at is null
         and from_day <= $2 and (to_day is null or to_day > $2)`,
        [somebody.entry, day],
      );
    const before = await on(ago(10));
    expect([before?.standing, (await on(ago(0)))?.standing]).to.deep.equal(['overdue', 'overdue']);
    await upgrade();
    expect(await entryOf(somebody, somebody.entry)).to.deep.equal({
      id: somebody.entry,
      user_id: null,
      employment: 'left',
    });
    await reckonChanged(open.id, Date.now);
    expect(await on(ago(10))).to.deep.equal(before);
    expect((await on(ago(0)))?.standing ?? 'not-required').to.equal('not-required');
    const said: string[] = [];
    expect(await recountRequirements(false, line => void said.push(line)), said.join('\n')).to.equal(0);
    for (const path of ['people', 'people?query=yrsa', 'standings.csv', 'standings']) {
      const { text } = await manager.browser.get(`/organisations/${open.id}/${path}`);
      expect(text, path).to.not.include(name).and.not.include(somebody.email);
    }
    expect(await words(somebody.entry)).to.equal(0);
    const listed = await row<{ name: string }>(
      'select name from membership_people where membership_id = $1',
      [somebody.entry],
    );
    expect(listed?.name).to.equal(ERASED_NAME);
  });

  it('fall back to it when they begin a course after they left their employer', async () => {
    const somebody = await employed();
    await dismiss(somebody);
    await write(`update memberships set employment = 'active' where id = $1`, [somebody.entry]);
    await upgrade();
    expect(await entryOf(somebody, somebody.entry)).to.equal(null);
    await enrolled(somebody);
    expect((await entryOf(somebody))?.employment).to.equal('active');
  });

  it('lose nothing: each table that names a membership is looked at, or made from another one', () => {
    const text = readFileSync(
      join(projectRoot, 'migrations/202612010210-leave-open-organisation.ts'),
      'utf8',
    );
    const madeFrom = [
      ...['standing_intervals', 'duty_reminders', 'duty_escalations', 'unit_members'],
      'certificate_names',
    ];
    const naming = allTables
      .filter(({ columns }) => 'membershipId' in columns || 'mergedInto' in columns || 'keptId' in columns)
      .map(({ table }) => table)
      .filter(table => !['users', 'units', ...madeFrom].includes(table));
    expect(naming.length).to.be.greaterThan(20);
    expect(naming.filter(table => !new RegExp(`\\b${table}\\b`).test(text))).to.deep.equal([]);
  });

  it('are settled once: a second run changes nothing', async () => {
    const somebody = await employed();
    await upgrade();
    const all = await count('memberships');
    await upgrade();
    expect(await count('memberships')).to.equal(all);
    expect(await entryOf(somebody, newId())).to.equal(null);
  });
});
