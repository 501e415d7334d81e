import { expect } from 'chai';
import type { Table } from '../../../server/platform/db/table.js';
import { personalTables } from '../../../server/platform/db/personal-data.js';
import { allTables } from '../../support/tables.js';
import { said } from '../../support/said.js';

/** Columns by which a row is about somebody, or in which somebody is named or described. */
const PERSONAL =
  /^(userId|membershipId|cycleId|attemptId|enrolmentId|assignmentId|certificateId|measurementId|creditId|exemptionId|email|name|holderName|staffNumber|note|oldEmail|newEmail|data|tableRows)$/;

/** Tables with such a column that hold nothing of somebody's, and why. */
const NOT_SOMEBODYS: Readonly<Record<string, string>> = {
  organisations: 'the name of an organisation',
  units: 'the name of a unit',
  unit_facts: 'the name of a unit',
  own_hotlines: 'the name of a reporting line',
  rate_limits: 'keyed hashes, for two hours at the most',
  rule_choices: 'what an organisation notes about a rule, and no person',
  rosters: 'what became of a file: counts and hashes',
  roster_parts: 'lists that hold many people: removed after 30 days, and with the erasure of one of them',
  kept_sums: 'the name of what is counted: numbers, and when the newest answers came',
  api_tokens: 'the name of a token, which is the organisation’s; who made it is the number of an account',
  job_lanes: 'the name of a lane',
  routines: 'the name of a routine',
  events: 'the name of what happened',
  issuance_ledger: 'hashes: what proves that nothing was changed',
};

const isPersonal = ({ columns }: Table) => Object.keys(columns).some(name => PERSONAL.test(name));

describe('the tables that hold something of somebody', () => {
  const declared = new Set(personalTables().map(({ table }) => table.table));

  it('are all declared: whether they are exported, and what an erasure does to them', () => {
    const forgotten = allTables.filter(
      table => isPersonal(table) && !declared.has(table.table) && !NOT_SOMEBODYS[table.table],
    );
    expect(forgotten.map(({ table }) => table)).to.deep.equal([]);
  });

  it('are declared once, and exist', () => {
    expect([...declared].sort()).to.deep.equal(
      personalTables()
        .map(({ table }) => table.table)
        .sort(),
    );
    const known = allTables.map(({ table }) => table);
    expect([...declared, ...Object.keys(NOT_SOMEBODYS)].filter(name => !known.includes(name))).to.deep.equal(
      [],
    );
  });

  it('are found by their columns', () => {
    const forgotten = allTables.find(({ table }) => table === 'first_calls');
    expect(forgotten && isPersonal(forgotten)).to.equal(true);
    expect(allTables.filter(isPersonal).length).to.be.greaterThan(40);
  });

  it('say why where no export holds them, and have a title of their own where one does', () => {
    for (const { exported } of personalTables())
      if ('as' in exported) expect(said(`dataExport.kind.${exported.as}`)).not.to.equal('');
      else expect(exported.not).to.match(/\w+ \w+.*[.:]/);
  });

  it('export no key of a question, no secret and no hash of one', () => {
    const shown = personalTables().flatMap(({ table, exported }) =>
      'as' in exported
        ? Object.keys(table.columns)
            .filter(name => !exported.without?.includes(name))
            .map(name => `${table.table}.${name}`)
        : [],
    );
    expect(
      shown.filter(name => /\.(form|result|passwordHash|tokenHash|idHash|data|before|after)$/.test(name)),
    ).to.deep.equal([]);
  });
});
