import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runRoster } from '../../../../server/people/organisations/roster/command-roster.js';
import { cleo, dina } from '../../../support/people.js';
import { otherOrganisation } from '../../../support/roles.js';
import { count } from '../../../support/rows.js';
import { ownWorld, world } from '../../../support/world.js';
import { csvOf } from './uploading.js';

const HEADER = ['Staff no', 'Name', 'E-mail', 'Unit', 'Hire date'];
const ADA = ['0042', 'Ada Marlow', 'ada@example.org', 'Oslo', '03/04/2024'];
const WRONG = ['0043', 'Ben Okafor', 'nowhere', 'Oslo', '2024-03-01'];

describe('the commands for lists of people', () => {
  ownWorld();
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'lists-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const fileOf = (...rows: string[][]): string => {
    const file = join(folder, 'list.csv');
    writeFileSync(file, csvOf(HEADER, rows));
    return file;
  };
  const run = async (...args: string[]) => {
    const said: string[] = [];
    await runRoster(args, line => void said.push(line));
    return said.join('\n');
  };
  const refusal = (...args: string[]) =>
    run(...args).then(
      () => null,
      ({ message }: Error) => message,
    );
  const people = (organisation: string) => count('memberships where organisation_id = $1', [organisation]);

  it('preview a list, change nobody and keep no row of it', async () => {
    const [{ email }, organisation] = [await dina(), await otherOrganisation()];
    const said = await run('preview', organisation, fileOf(ADA, WRONG), '--as', email, '--make-units');
    expect(said)
      .to.include('add 0')
      .and.to.include('fault 2')
      .and.to.match(/rows 3\b/);
    const read = await run(
      'preview',
      organisation,
      fileOf(ADA),
      '--as',
      email,
      '--make-units',
      '--days',
      'day-first',
    );
    expect(read).to.include('add 1').and.to.include('fault 0');
    expect(await people(organisation)).to.equal(0);
    expect(
      await count('roster_parts p join rosters r on r.id = p.roster_id where r.organisation_id = $1', [
        organisation,
      ]),
    ).to.equal(0);
  });

  it('import one: a running server carries it out, and the bad rows stay', async () => {
    const [{ email }, organisation] = [await dina(), await otherOrganisation()];
    const choices = ['--as', email, '--make-units', '--days', 'day-first'];
    expect(await run('import', organisation, fileOf(ADA, WRONG), ...choices)).to.include('add 1');
    await world().worker.drain();
    expect(await people(organisation)).to.equal(1);
    expect(await refusal('import', organisation, fileOf(ADA), ...choices)).to.match(/nothing was changed/);
    expect(await people(organisation)).to.equal(1);
  });

  it('are for administrators, and say what is missing', async () => {
    const [{ email }, { email: stranger }, organisation] = [
      await dina(),
      await cleo(),
      await otherOrganisation(),
    ];
    for (const by of [[], ['--as', 'nobody@example.org'], ['--as', stranger]])
      expect(await refusal('import', organisation, fileOf(ADA), ...by)).to.include('--as');
    expect(await refusal('import', organisation)).to.include('use preview');
    expect(await refusal('import', organisation, fileOf(ADA), '--as', email, '--days', 'first')).to.include(
      'use preview',
    );
    writeFileSync(join(folder, 'odd.csv'), 'one,two\r\n1,2\r\n');
    expect(await refusal('preview', organisation, join(folder, 'odd.csv'), '--as', email)).to.include(
      'which columns',
    );
    expect(await people(organisation)).to.equal(0);
  });
});
