import { expect } from 'chai';
import { runTokens } from '../../../server/people/api-tokens/command-tokens.js';
import { cleo, dina, signedIn, type Person } from '../../support/people.js';
import { plain, send } from '../../support/pages.js';
import { appoint, otherOrganisation } from '../../support/roles.js';
import { row, rows, write } from '../../support/rows.js';
import { errorsOn, said } from '../../support/said.js';
import { submitAtOnce } from '../accounts/browser.js';
import { sha256 } from '../../../server/platform/lib/tokens.js';
import { ownWorld } from '../../support/world.js';

const homeOf = (organisationId: string): string => `/organisations/${organisationId}/tokens`;
const ASKED = { name: 'Staff directory', scopes: ['people.read', 'people.write'], days: '90' };

async function make(
  { browser }: Person,
  organisationId: string,
  fields: Record<string, string | string[]> = ASKED,
) {
  await browser.get(`${homeOf(organisationId)}/new`);
  return browser.submit(`${homeOf(organisationId)}/new`, fields);
}

const tokenOn = (html: string): string => /value="(spt_[\w-]+)"/.exec(html)?.[1] ?? '';
const idOf = async (organisationId: string): Promise<string> =>
  (await row<{ id: string }>('select id from api_tokens where organisation_id = $1', [organisationId]))?.id ??
  '';

describe('the tokens of an organisation', () => {
  ownWorld();

  it('are made once by a form that is sent several times, and every answer shows the one that works', async () => {
    const [by, organisation] = [await dina(), await otherOrganisation()];
    const path = `${homeOf(organisation)}/new`;
    await by.browser.get(path);
    const page = by.browser.last;
    const answers = await submitAtOnce(by.browser, path, ASKED as never, 5);
    const tokens = new Set(answers.map(({ text }) => tokenOn(text)));
    expect([...tokens].join()).to.match(/^spt_[\w-]{43}$/);
    const hashes = () =>
      rows<{ token_hash: string }>('select token_hash from api_tokens where organisation_id = $1', [
        organisation,
      ]);
    expect((await hashes()).map(each => each.token_hash)).to.deep.equal([sha256([...tokens].join())]);
    by.browser.last = page;
    await by.browser.submit(path, { ...ASKED, name: 'Another program' });
    expect(await hashes(), 'the same form, filled in otherwise').to.have.length(2);
    await write('update api_tokens set ended_at = 1 where organisation_id = $1', [organisation]);
    by.browser.last = page;
    const again = await by.browser.submit(path, ASKED);
    expect(tokens.has(tokenOn(again.text)), 'one that was withdrawn is not given again').to.equal(false);
    expect(await hashes()).to.have.length(3);
  });

  it('are made by its administrators, shown once, listed and withdrawn', async () => {
    const [by, organisation] = [await signedIn({ name: 'Ines Falk' }), await otherOrganisation()];
    await appoint(by, 'administrator', organisation);
    const made = await make(by, organisation);
    const token = tokenOn(made.text);
    expect(token).to.match(/^spt_[\w-]{43}$/);
    expect(made.headers.get('cache-control')).to.equal('no-store');
    const list = await by.browser.get(homeOf(organisation));
    expect(list.text).to.include(token.slice(0, 9)).and.not.include(token.slice(9));
    expect(list.text).to.include('data-state="works"');
    const end = `${homeOf(organisation)}/${await idOf(organisation)}/end`;
    await by.browser.submit(end);
    expect((await by.browser.get(homeOf(organisation))).text).to.include('data-state="withdrawn"');
    const told = await rows<{ name: string; payload: string }>(
      `select name, payload from events where organisation_id = $1 and name like 'api-token.%' order by seq`,
      [organisation],
    );
    expect(told.map(({ name }) => name)).to.deep.equal(['api-token.made', 'api-token.ended']);
    expect(JSON.stringify(told)).not.to.include(token.slice(4));
    const office = await (await dina()).browser.get('/admin/tokens');
    expect(office.text).not.to.include(token.slice(0, 9));
  });

  it('of all organisations are listed for administrators of the installation', async () => {
    const organisation = await otherOrganisation();
    const administrator = await dina();
    const token = tokenOn((await make(administrator, organisation)).text);
    expect((await administrator.browser.get('/admin/tokens')).text).to.include(token.slice(0, 9));
  });

  it('are refused where something is wrong, and what was typed is kept', async () => {
    const [by, organisation] = [await dina(), await otherOrganisation()];
    const page = await make(by, organisation, { name: ' ', scopes: 'people.everything', days: '4000' });
    expect(page.status).to.equal(422);
    expect(errorsOn(page)).to.deep.equal({
      name: said('errors.token-name'),
      scopes: said('errors.token-scopes'),
      days: said('errors.token-days'),
    });
    expect((await make(by, organisation, { name: 'HR', days: '30' })).text).to.include('value="HR"');
    expect(await idOf(organisation)).to.equal('');
    await write('update organisations set suspended_at = 1 where id = $1', [organisation]);
    expect((await make(by, organisation)).status).to.equal(409);
  });

  it('are no matter of outsiders, of those who only manage, or of another organisation', async () => {
    const [organisation, other] = [await otherOrganisation(), await otherOrganisation()];
    await make(await dina(), organisation);
    const [manager, neighbour] = [await signedIn(), await signedIn()];
    await appoint(manager, 'manager', organisation);
    await appoint(neighbour, 'administrator', other);
    for (const { browser } of [await cleo(), manager, neighbour])
      for (const path of ['', '/new'])
        expect((await browser.get(`${homeOf(organisation)}${path}`)).status).to.equal(404);
    const foreign = `${homeOf(other)}/${await idOf(organisation)}/end`;
    expect((await send(neighbour.browser, foreign)).status).to.equal(404);
    expect(plain((await manager.browser.get('/admin/tokens')).text)).not.to.include('spt_');
  });

  it('are made, listed and withdrawn at the command line', async () => {
    const organisation = await otherOrganisation();
    const told: string[] = [];
    const run = (...args: string[]) => runTokens(args, line => void told.push(line));
    await run('make', organisation, '--name', 'HR', '--scopes', 'people.read', '--days', '7');
    const beginning = told[0]?.slice(0, 9) ?? '';
    expect(beginning).to.match(/^spt_/);
    await run('list', organisation);
    expect(told[1]).to.include(beginning).and.include('people.read').and.include('expiring');
    await run('end', organisation, beginning);
    await run('list', organisation);
    expect(told[3]).to.include('withdrawn');
    for (const wrong of [
      [],
      ['make', organisation, '--scopes', 'people.read'],
      ['make', organisation, '--name', 'HR'],
      ['make', organisation, '--name', 'HR', '--scopes', 'all'],
      ['make', organisation, '--name', 'HR', '--scopes', 'people.read', '--days', '366'],
      ['end', organisation, 'spt_nobod'],
    ]) {
      const outcome = await run(...wrong).catch((fault: Error) => fault.message);
      expect(outcome, wrong.join(' ')).to.be.a('string');
    }
  });
});
