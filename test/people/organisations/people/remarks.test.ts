import { expect } from 'chai';
import { rename } from '../../../../server/people/accounts/people.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { enrol } from '../../../../server/teaching/learning/enrolments.js';
import { confirmName } from '../../../../server/teaching/learning/naming.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import { indexMembers } from '../../../../server/people/organisations/people/member-words.js';
import {
  changeMember,
  endEmployment,
  moveHome,
} from '../../../../server/people/organisations/people/members.js';
import { bySystem, employer, linked, member, TODAY, unit } from '../../../support/organisations.js';
import { plain, send } from '../../../support/pages.js';
import { person, signedIn, type Person } from '../../../support/people.js';
import { appoint } from '../../../support/roles.js';
import { course } from '../../../support/walk.js';
import { ownWorld, world } from '../../../support/world.js';
import { codeOf, joined, memberWith } from '../joining/of-codes.js';

let organisation: OrganisationFacts;
let oslo: string;
let administrator: Person;
let ofOslo: Person;

const home = () => `/organisations/${organisation.id}/people`;

/** Somebody on the list by a name, whose account has another one, or the same. */
async function listedAs(given: string, typed: string, unitId = oslo, job: string | null = 'cabin') {
  const account = await person({ name: typed, cameAlone: false });
  const id = await member(organisation, { name: given, home: { unitId, job } });
  await linked(id, account.id);
  await inTransaction(() => indexMembers([id]));
  return { id, account };
}

/** The names in a list of people with a remark. */
async function shown(path: 'names' | 'without-job', by = administrator): Promise<string[]> {
  const { status, text } = await by.browser.get(`${home()}/${path}`);
  expect(status).to.equal(200);
  return [...text.matchAll(/<a class="tall-link strong" href="[^"]*"><bdi>([^<]*)/g)].map(
    ([, name = '']) => name,
  );
}

/** The links to such lists on a page, with the count that each shows. */
async function counted(path: string, by = administrator): Promise<Record<string, string>> {
  const { text } = await by.browser.get(path);
  const links = [...text.matchAll(/data-remark="(\w+)">(.*?)<\/li>/g)];
  return Object.fromEntries(
    links.map(([, remark = '', words = '']) => [remark, /\d+/.exec(plain(words))?.[0] ?? '']),
  );
}

describe('names that differ from the list of an organisation', () => {
  ownWorld();
  beforeEach(async () => {
    organisation = await employer();
    oslo = await unit(organisation, 'Oslo');
    [administrator, ofOslo] = [await signedIn({ cameAlone: false }), await signedIn({ cameAlone: false })];
    await appoint(administrator, 'administrator', organisation.id);
    await appoint(ofOslo, 'manager', organisation.id, oslo);
  });

  it('are listed with how many: of accounts, unless case, accents and order alone differ', async () => {
    await listedAs('Anna Müller', 'Björn Berger');
    await listedAs('Lind, Zoë', 'Zoe Lind');
    await member(organisation, { name: 'Nobody Yet' });
    expect(await shown('names')).to.deep.equal(['Anna Müller']);
    expect((await counted(home()))['names']).to.equal('1');
    expect((await counted('/team'))['names']).to.equal('1');
  });

  it('hold a name that was confirmed for a certificate, until list and person agree', async () => {
    const { id, account } = await listedAs('Anna Müller', 'Anna Müller');
    const cycle = await enrol({
      ...{ userId: account.id, organisationId: organisation.id },
      ...{ course: await course(), now: Date.now() },
    });
    expect(await shown('names')).to.deep.equal([]);
    await confirmName(cycle, 'Anna Berger', Date.now());
    expect(await shown('names')).to.deep.equal(['Anna Müller']);
    const page = await administrator.browser.get(`${home()}/${id}`);
    expect(plain(page.text)).to.include('Anna Berger');
    expect(page.text).to.include('data-names-differ');
    await confirmName(cycle, 'Anna Müller', Date.now());
    expect(await shown('names')).to.deep.equal([]);
    expect((await administrator.browser.get(`${home()}/${id}`)).text).not.to.include('data-names-differ');
  });

  it('follow the account and the list', async () => {
    const { id, account } = await listedAs('Anna Müller', 'Anna Müller');
    await rename(account.id, 'Björn Berger', Date.now());
    await world().worker.drain();
    expect(await shown('names')).to.deep.equal(['Anna Müller']);
    await changeMember(
      { organisation, membershipId: id, fromDay: TODAY, ...bySystem() },
      { person: { name: 'Berger, Björn', email: null, staffNumber: null } },
    );
    expect(await shown('names')).to.deep.equal([]);
  });

  it('hold nobody who joined with a code: the organisation gave no name', async () => {
    await joined(await codeOf(organisation.id));
    expect(await shown('names')).to.deep.equal([]);
  });

  it('can be taken over into the list, as the person has them and in no other words', async () => {
    const { id } = await listedAs('Anna Müller', 'Björn Berger');
    const name = `${home()}/${id}/name`;
    expect((await send(administrator.browser, name, { name: 'Somebody Else' })).status).to.equal(409);
    expect((await send(ofOslo.browser, name, { name: 'Björn Berger' })).status).to.equal(403);
    const after = await send(administrator.browser, name, { name: 'Björn Berger' });
    expect(after.path).to.equal(`${home()}/names?done=name-taken-over`);
    expect(await shown('names')).to.deep.equal([]);
    expect(plain((await administrator.browser.get(home())).text)).to.include('Björn Berger');
  });

  it('are those of their own people for the manager of a unit', async () => {
    await listedAs('Anna Müller', 'Björn Berger');
    await listedAs('Carla Rossi', 'Carla Bianchi', await unit(organisation, 'Rome'));
    expect(await shown('names', ofOslo)).to.deep.equal(['Anna Müller']);
    expect((await counted(home(), ofOslo))['names']).to.equal('1');
  });

  it('are shown page by page, each once', async () => {
    for (let at = 0; at < 53; at += 1) await listedAs(`Same Name ${at % 5}`, 'Other');
    const first = await administrator.browser.get(`${home()}/names`);
    const next = /href="([^"]+)" rel="next"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await administrator.browser.get(next);
    const ids = [first, second].flatMap(({ text }) => [...text.matchAll(/people\/([\w-]{36})\/name/g)]);
    expect(new Set(ids.map(([, id]) => id)).size).to.equal(53);
    expect(ids).to.have.length(53);
  });
});

describe('people without a job', () => {
  ownWorld();
  beforeEach(async () => {
    organisation = await employer();
    oslo = await unit(organisation, 'Oslo');
    administrator = await signedIn({ cameAlone: false });
    await appoint(administrator, 'administrator', organisation.id);
  });

  it('are somebody who joined with a code, until a job is entered', async () => {
    await member(organisation, { name: 'Mara Lind', home: { unitId: oslo, job: 'cabin' } });
    const { email, name } = await joined(await codeOf(organisation.id, { unitId: oslo }));
    expect(await shown('without-job')).to.deep.equal([name]);
    expect((await counted(home()))['jobs']).to.equal('1');
    expect((await counted('/team'))['jobs']).to.equal('1');
    const { text } = await administrator.browser.get(`${home()}/without-job`);
    const id = (await memberWith(organisation.id, email))?.id ?? '';
    expect(text).to.include(`${home()}/${id}/places/move`);
    const today = new Date().toISOString().slice(0, 10);
    await moveHome(
      { organisation, membershipId: id, fromDay: today, actorId: null, now: Date.now() },
      { unitId: oslo, job: 'cabin' },
    );
    expect(await shown('without-job')).to.deep.equal([]);
    expect(await counted(home())).to.deep.equal({});
  });

  it('are people in no unit, and nobody who has left', async () => {
    const membershipId = await member(organisation, { name: 'Mara Lind' });
    expect(await shown('without-job')).to.deep.equal(['Mara Lind']);
    await endEmployment({ organisation, membershipId, fromDay: TODAY, ...bySystem() });
    expect(await shown('without-job')).to.deep.equal([]);
  });
});
