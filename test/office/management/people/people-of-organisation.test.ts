import { expect } from 'chai';
import { rename } from '../../../../server/people/accounts/people.js';
import { enrol } from '../../../../server/teaching/learning/enrolments.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import { changeMember } from '../../../../server/people/organisations/people/members.js';
import { indexDueMembers } from '../../../../server/people/organisations/people/member-words.js';
import { displayCode } from '../../../../server/platform/lib/ids.js';
import { certificateOf } from '../../../../server/proof/certificates/queries.js';
import { bySystem, employer, linked, member, TODAY, unit } from '../../../support/organisations.js';
import { person, signedIn, type Person } from '../../../support/people.js';
import { appoint } from '../../../support/roles.js';
import { write } from '../../../support/rows.js';
import { almostThrough, course } from '../../../support/walk.js';
import { ownWorld, world } from '../../../support/world.js';

let organisation: OrganisationFacts;
let oslo: string;
let rome: string;
let ben: Person;
let luc: Person;

const home = () => `/organisations/${organisation.id}/people`;

/** The names that a search shows, in their order. */
async function found(by: Person, query: string): Promise<string[]> {
  const { status, text } = await by.browser.get(`${home()}?${new URLSearchParams({ query }).toString()}`);
  expect(status).to.equal(200);
  return namesOn(text);
}

const namesOn = (text: string): string[] =>
  [...text.matchAll(/<p class="strong"><a class="tall-link" href="[^"]*"><bdi>([^<]*)<\/bdi>/g)].map(
    ([, name = '']) => name,
  );

/** Somebody who works in a unit, with an account. */
async function worker(name: string, unitId: string, staffNumber: string | null = null) {
  const account = await person({ name });
  const membershipId = await member(organisation, { name, staffNumber, home: { unitId, job: null } });
  await linked(membershipId, account.id);
  return { account, membershipId };
}

describe('the people of an organisation', () => {
  ownWorld();
  before(async () => {
    organisation = await employer();
    oslo = await unit(organisation, 'Oslo');
    rome = await unit(organisation, 'Rome');
    [ben, luc] = [await signedIn({ name: 'Ben Okafor' }), await signedIn({ name: 'Luc Moreau' })];
    await appoint(ben, 'manager', organisation.id);
    await appoint(luc, 'manager', organisation.id, oslo);
    await member(organisation, {
      name: 'Łukasz Żuraw',
      staffNumber: '000427',
      home: { unitId: oslo, job: 'cabin' },
    });
    await member(organisation, {
      name: 'Åsa O’Brien-Lund',
      staffNumber: 'FRA-9',
      home: { unitId: rome, job: null },
    });
    await member(organisation, { name: 'ليلى حداد', home: { unitId: rome, job: null } });
    await member(organisation, { name: 'X', home: { unitId: oslo, job: null } });
  });

  it('are listed by name', async () => {
    expect(await found(ben, '')).to.deep.equal(['Åsa O’Brien-Lund', 'Łukasz Żuraw', 'X', 'ليلى حداد']);
  });

  for (const [query, name] of [
    ['lukasz', 'Łukasz Żuraw'],
    ['ZURAW luk', 'Łukasz Żuraw'],
    ['obrien', 'Åsa O’Brien-Lund'],
    ['lund åsa', 'Åsa O’Brien-Lund'],
    ['000427', 'Łukasz Żuraw'],
    ['427', 'Łukasz Żuraw'],
    ['fra-9', 'Åsa O’Brien-Lund'],
    ['حداد', 'ليلى حداد'],
    ['x', 'X'],
  ] as const)
    it(`are found by “${query}”`, async () => expect(await found(ben, query)).to.deep.equal([name]));

  for (const query of ['zz', 'lukasz lund', '%', '&&&', '-- drop'])
    it(`are not found by “${query}”`, async () => expect(await found(ben, query)).to.deep.equal([]));

  it('are shown to the manager of a unit where they work there, and nobody else is', async () => {
    expect(await found(luc, '')).to.deep.equal(['Łukasz Żuraw', 'X']);
    expect(await found(luc, 'lund')).to.deep.equal([]);
  });

  it('are shown page by page, each once', async () => {
    const crowd = await employer();
    await appoint(ben, 'manager', crowd.id);
    for (let n = 0; n < 61; n += 1) await member(crowd, { name: `Same Name ${n % 7}` });
    const names: string[] = [];
    for (let path: string | undefined = `/organisations/${crowd.id}/people`; path;) {
      const { text } = await ben.browser.get(path);
      names.push(...namesOn(text));
      path = /href="([^"]+)" rel="next"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
    }
    expect(names).to.have.length(61);
    expect(names).to.deep.equal(names.toSorted());
  });

  it('are listed from the beginning after a place that no link of ours names', async () => {
    for (const after of ['%00', '%01x', 'x', '%F0%9F%92%A9', 'a'.repeat(2000)])
      expect((await ben.browser.get(`${home()}?after=${after}`)).status, after).to.equal(200);
    expect(namesOn((await ben.browser.get(`${home()}?after=%00`)).text)).to.include('X');
  });

  it('are found by a new name at once, the old one finds them no more', async () => {
    const id = await member(organisation, { name: 'Vera Holm', home: { unitId: oslo, job: null } });
    const of = { organisation, membershipId: id, fromDay: TODAY, ...bySystem() };
    await changeMember(of, { person: { name: 'Vera Strand', email: null, staffNumber: null } });
    expect(await found(ben, 'strand')).to.deep.equal(['Vera Strand']);
    expect(await found(ben, 'holm')).to.deep.equal([]);
  });

  it('are found by the name of their account too, also after it changed', async () => {
    const { account } = await worker('Tor Vik', oslo);
    await rename(account.id, 'Torgeir Nordvik', Date.now());
    await world().worker.drain();
    expect(await found(ben, 'nordvik')).to.deep.equal(['Tor Vik']);
  });

  it('who were stored without words get them', async () => {
    const id = await member(organisation, { name: 'Nils Berg', home: { unitId: oslo, job: null } });
    await write('delete from member_words where membership_id = $1', [id]);
    await write('update memberships set words_due = $1 where id = $2', [true, id]);
    expect(await found(ben, 'nils')).to.deep.equal([]);
    await indexDueMembers();
    expect(await found(ben, 'nils')).to.deep.equal(['Nils Berg']);
  });

  it('are found by the number of a certificate that they hold', async () => {
    const { account } = await worker('Ida Holt', oslo);
    const cycle = await enrol({
      userId: account.id,
      organisationId: organisation.id,
      course: await course(),
      now: Date.now(),
    });
    await almostThrough(cycle, []);
    const certificate = await certificateOf(cycle.id);
    const code = displayCode(certificate?.code ?? '');
    expect(await found(ben, code)).to.deep.equal(['Ida Holt']);
    expect(await found(luc, code)).to.deep.equal(['Ida Holt']);
    const others = await signedIn({ name: 'Cleo Brandt' });
    await appoint(others, 'manager', organisation.id, rome);
    expect(await found(others, code)).to.deep.equal([]);
  });
});
