import { expect } from 'chai';
import { database } from '../../../server/platform/db/connect.js';
import { insert, insertAll, rows } from '../../../server/platform/db/rows.js';
import { as, columns, notNull, orNull, parameters, renamed, sql } from '../../../server/platform/db/sql.js';
import {
  columnName,
  defineTable,
  integer,
  text,
  type Column,
  type Table,
} from '../../../server/platform/db/table.js';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import { RateLimit } from '../../../server/platform/http/tables.js';
import { allTables } from '../../support/tables.js';
import { ownWorld } from '../../support/world.js';

/** A column, in words that are the same for a definition and for the schema of either database. */
interface Described {
  readonly type: string;
  readonly isNullable: boolean;
  readonly isKey: boolean;
  readonly hasDefault: boolean;
}

describe('the definitions of tables', () => {
  ownWorld();
  const all = allTables;

  it('are exactly one for each table of the schema', async () => {
    const names = await database().sequelize.getQueryInterface().showAllTables();
    const own = names.filter(name => name !== 'migrations');
    expect(all.map(({ table }) => table).sort()).to.deep.equal(own.sort());
  });

  for (const each of all) {
    it(`equal the migrated schema: ${each.table}`, async () => {
      expect(asDefined(each)).to.deep.equal(await asMigrated(each.table));
    });
  }
});

const asDefined = ({ columns: own }: Table): Record<string, Described> =>
  Object.fromEntries(
    Object.entries(own).map(([name, { type, isNullable, isKey, hasDefault }]: [string, Column]) => [
      columnName(name),
      { type: commonType(type.toSql()), isNullable, isKey, hasDefault },
    ]),
  );

async function asMigrated(table: string): Promise<Record<string, Described>> {
  const found = await database().sequelize.getQueryInterface().describeTable(table);
  return Object.fromEntries(
    Object.entries(found).map(([name, { type, allowNull, primaryKey, defaultValue }]) => [
      name,
      {
        type: commonType(type),
        // SQLite lets a key be null unless told otherwise; no insert of ours does.
        isNullable: allowNull && !primaryKey,
        isKey: primaryKey,
        hasDefault: (defaultValue ?? null) !== null,
      },
    ]),
  );
}

/** The two databases, and Sequelize, have several names for one type. */
const NAMES: Readonly<Record<string, string>> = {
  'character varying': 'varchar',
  'double precision': 'double',
  'tinyint(1)': 'boolean',
};

function commonType(name: string): string {
  const lower = name.toLowerCase();
  const [, word = lower, length = ''] = /^([a-z ]+)(\(\d+\))$/.exec(lower) ?? [];
  return NAMES[lower] ?? (NAMES[word] ?? word) + length;
}

describe('a statement made from definitions', () => {
  const Ship = defineTable('ships', { id: text(36), homePort: text(80), masts: integer() });

  it('names tables and columns as the database does, and reads columns under their own names', () => {
    const { text: made } = sql`select ${columns(Ship, 's', 'id', 'homePort')} from ${Ship} s where id = $1`;
    expect(made).to.equal('select s.id as "id", s.home_port as "homePort" from ships s where id = $1');
  });

  it('reads columns and computed values under other names', () => {
    const count = as('total', integer());
    const { text: made } =
      sql`select ${renamed(Ship, 's', { port: 'homePort' })}, count(*) ${count} from ${Ship} s`;
    expect(made).to.equal('select s.home_port as "port", count(*) as "total" from ships s');
  });

  it('can be composed of parts', () => {
    const masts = orNull(notNull(columns(Ship, 's', 'masts')));
    const part = sql`select ${masts} from ${Ship} s`;
    const { text: made } = sql`${part} where id in (${parameters(3, 2)}) limit ${10}`;
    expect(made).to.equal('select s.masts as "masts" from ships s where id in ($2, $3, $4) limit 10');
  });

  it('refuses a column that its table does not have', async () => {
    expect(() => columns(Ship, 's', 'sails' as 'id')).to.throw(TypeError, 'sails');
    // Of an object, more may be there than its type tells.
    const more = { id: 'a', homePort: 'b', masts: 3, 'masts) values (1); --': 1 };
    const refused = await insert(Ship, more).then(
      () => null,
      (fault: unknown) => fault,
    );
    expect(refused).to.be.instanceOf(TypeError);
  });
});

describe('inserting several rows', () => {
  ownWorld();
  const stored = sql`select ${columns(RateLimit, 'r', 'key', 'points')} from ${RateLimit} r order by r.key`;

  it('stores each with its own values', async () => {
    await inTransaction(() =>
      insertAll(RateLimit, [
        { key: 'one', points: 1, expire: 0 },
        { key: 'two', points: 2, expire: 0 },
      ]),
    );
    expect(await rows(stored)).to.deep.equal([
      { key: 'one', points: 1 },
      { key: 'two', points: 2 },
    ]);
  });

  it('does nothing without any', async () => {
    await inTransaction(() => insertAll(RateLimit, []));
    expect(await rows(stored)).to.deep.equal([]);
  });
});
