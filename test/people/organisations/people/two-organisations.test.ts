import { expect } from 'chai';
import { enrol } from '../../../../server/teaching/learning/enrolments.js';
import {
  openOrganisation,
  type OrganisationFacts,
} from '../../../../server/people/organisations/memberships.js';
import { changeMember } from '../../../../server/people/organisations/people/members.js';
import { linksIn, type Client } from '../../../../server/workshop/smoke/client.js';
import { routeOf } from '../../../platform/http/routes-of.js';
import { decidedAndExported, office } from '../../../proof/reports/rooms/of-rooms.js';
import { employer, memberOf, placeIn, unit } from '../../../support/organisations.js';
import { person, signedIn } from '../../../support/people.js';
import { appoint } from '../../../support/roles.js';
import { reckoned } from '../../../proof/reports/reckoned.js';
import { almostThrough, course } from '../../../support/walk.js';
import { row, rows } from '../../../support/rows.js';
import { ownWorld } from '../../../support/world.js';
import { codeOf, joined } from '../joining/of-codes.js';
import { withCard } from '../entry/of-cards.js';

/** What only the other organisation knows. */
const THEIRS = ['Quintessa', 'quintessa@', 'Beeside', 'beeside@', 'BEE-77', 'Beehive', 'Meadow Air'];

/** Somebody completes a course in an organisation, and has its certificate. */
async function certifiedIn({ id: organisationId }: OrganisationFacts, userId: string, slug = 'volunteers') {
  const cycle = await enrol({ userId, organisationId, course: await course(slug), now: Date.now() });
  await almostThrough(cycle, []);
}

/** Another employer with its own unit, manager, list, card and invitation; and one of its people, who belongs to `here`, too. */
async function neighbour(here: OrganisationFacts) {
  const there = await employer();
  const base = await unit(there, 'Beehive');
  const byCode = { name: 'Quintessa Only', email: `quintessa@${there.id}.example` };
  await joined(await codeOf(there.id, { unitId: base }), { person: byCode });
  const only = await row<{ id: string }>('select id from users where email = $1', [byCode.email]);
  const [both, manager] = [
    await person({ name: 'Bo Bothsides', cameAlone: false }),
    await person({ name: 'Quintessa Boss', cameAlone: false }),
  ];
  await memberOf(both, here.id);
  await certifiedIn(here, both.id);
  const known = { name: 'Beeside Bo', email: 'beeside@meadow.example', staffNumber: 'BEE-77' };
  for (const somebody of [both, manager]) await placeIn(somebody, base);
  await appoint(manager, 'administrator', there.id);
  const membershipId = await memberOf(both, there.id);
  const by = { organisation: there, membershipId, fromDay: '2024-01-01', actorId: null, now: Date.now() };
  await changeMember(by, { person: known });
  await certifiedIn(there, only?.id ?? '');
  await certifiedIn(there, both.id, 'law-enforcement');
  await withCard(there, { name: 'Quintessa Card', staffNumber: 'BEE-778' });
  await reckoned(there);
  const certificates = await rows<{ id: string; code: string }>(
    'select id, code from certificates where organisation_id = $1',
    [there.id],
  );
  expect(certificates).to.have.length(2);
  return { both, theirs: [...THEIRS, there.id, ...certificates.flatMap(({ id, code }) => [id, code])] };
}

const PAGES = /^\/(?!sign-out|exit|account|design|law|card|assets|offline|leaving|sources|api)/;

/** Everything that somebody comes to by links from the pages of an organisation, by address. */
async function read(browser: Client, from: readonly string[]): Promise<Map<string, string>> {
  const [seen, waiting] = [new Map<string, string>(), [...from]];
  const asked = new Map<string, number>();
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const route = routeOf({ method: 'GET', path: path.split('?')[0] ?? '' });
    const times = asked.get(route) ?? 0;
    // Of a page that each person has, some are enough.
    if (seen.has(path) || times >= 3) continue;
    asked.set(route, times + 1);
    const page = await browser.get(path);
    seen.set(path, page.text);
    waiting.push(...linksIn(page.text, PAGES).map(href => href.replaceAll('&amp;', '&').replace(/#.*$/, '')));
  }
  return seen;
}

describe('two organisations of one person', () => {
  ownWorld();

  for (const kind of ['an employer', 'the open organisation'] as const)
    it(`know nothing of each other’s people: no page of ${kind} names them`, async function () {
      this.timeout(120_000);
      const here = kind === 'an employer' ? await employer() : await openOrganisation();
      const of = await office({ of: here });
      await decidedAndExported(of);
      const { both, theirs } = await neighbour(here);
      await reckoned(here);
      const [whole, part] = [await signedIn({ name: 'Wendy Whole' }), await signedIn({ name: 'Paul Part' })];
      await appoint(whole, 'manager', here.id);
      await appoint(part, 'manager', here.id, of.unitId);
      await placeIn(both, of.unitId);
      const home = `/organisations/${here.id}`;
      const from = [
        ...[
          '',
          '/people',
          '/standings',
          '/standings.csv',
          '/roles',
          '/units',
          '/log',
          '/log.csv',
          '/sessions',
        ],
        ...[
          '/requirements',
          '/evidence',
          '/evidence/acknowledgements',
          '/evidence/rooms',
          '/evidence/elsewhere',
        ],
        ...[
          '/invitations',
          '/course-links',
          '/joining',
          '/entry',
          '/courses',
          '/reminders',
          '/roster',
          '/tokens',
        ],
      ].map(path => home + path);
      const readers = { keeper: of.keeper, whole, part };
      for (const [role, { browser }] of Object.entries(readers)) {
        const pages = await read(browser, ['/learning', '/organisations', ...from]);
        const naming = [...pages].flatMap(([path, text]) =>
          theirs.filter(word => text.replaceAll(path, '').includes(word)).map(word => `${word} at ${path}`),
        );
        expect(
          naming.filter(each => !each.includes('query=')),
          role,
        ).to.deep.equal([]);
        const own = [...pages].filter(([, text]) => text.includes('Bo Bothsides')).map(([path]) => path);
        expect(own.length, `${role} finds who is theirs, on ${pages.size} pages`).to.be.greaterThan(3);
      }
    });
});
