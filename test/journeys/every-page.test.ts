import { expect } from 'chai';
import { allRoutes, routeOf } from '../platform/http/routes-of.js';
import { said } from '../support/said.js';
import { ownWorld } from '../support/world.js';
import { ALIKE, BUTTONS, LEAVES, MOVED, NO_PAGE, ONCE } from './addresses.js';
import { contentWords } from './looks/content-words.js';
import { inhabitants } from './looks/inhabitants.js';
import { keepLookedAt, lookedAt } from './looks/looked-at.js';
import { looks } from './looks/looks.js';
import type { Answered } from './looks/novelty.js';
import { SEEN, tour, type Report } from './looks/tour.js';
import { scenes } from './scenes/scenes.js';

/**
 * `npm run tour` takes every look in each scene that is not as it was looked at last, `npm run tour:whole` in every scene, for
 * many minutes. Both keep what they looked at for all other runs.
 */
const { TOUR } = process.env;

/** As many scenes as one change touches. Of a change of all pages, as of a style sheet, the whole tour is for the rest. */
const MANY = 50;

/** What a page for a problem may say. */
const PROBLEMS = [400, 403, 404, 409, 413, 429, 500, 503];

/** Every page of every role in every state: each is asked for once, and looked at from all sides where it is not as it was looked at last. */
describe('every page', function () {
  ownWorld();
  let report: Report;
  const seenBy = (method: string, isMeant: (page: Answered) => boolean): Set<string> =>
    new Set(report.pages.filter(sight => sight.method === method && isMeant(sight)).map(routeOf));

  before(async function () {
    this.timeout(2_400_000);
    const all = await scenes();
    const looksAt = looks(contentWords());
    report = await tour(all, {
      looksAt,
      known: TOUR === 'whole' ? new Set() : lookedAt(),
      wholly: TOUR ? all.length : MANY,
    });
    if (TOUR) keepLookedAt(report.faultless);
  });

  for (const look of [SEEN, ...Object.keys(looks(contentWords())('part'))]) {
    it(look, () => {
      const faults = report.faults.get(look);
      expect(faults, faults?.join('\n')).to.deep.equal([]);
    });
  }

  it('has a scene for each page that a route answers with', () => {
    const seen = seenBy('GET', ({ status }) => status === 200);
    const others = [...ONCE, ...MOVED, ...LEAVES];
    expect(missing('GET', seen).filter(path => !NO_PAGE.test(path) && !others.includes(path))).to.deep.equal(
      [],
    );
  });

  it('has a scene for each form when it is refused', () => {
    const refused = seenBy('POST', ({ status }) => status === 422);
    expect(missing('POST', refused).filter(path => !BUTTONS.includes(path))).to.deep.equal([]);
  });

  it('has a scene for each error page', () => {
    const told = new Set(report.pages.map(({ status }) => status));
    expect(PROBLEMS.filter(status => !told.has(status))).to.deep.equal([]);
  });

  it('has a title that no other page has', () => {
    const routesOf = new Map<string, Set<string>>();
    for (const page of report.pages.filter(({ method, status }) => method === 'GET' && status === 200)) {
      const title = titleOf(page.html);
      const route = routeOf(page);
      const alike = ALIKE.findIndex(routes => routes.includes(route));
      routesOf.set(title, (routesOf.get(title) ?? new Set()).add(alike < 0 ? route : `alike ${alike}`));
    }
    const shared = [...routesOf].filter(
      ([title, routes]) => routes.size > 1 && title !== said('frame.plainName'),
    );
    expect(shared.map(([title, routes]) => `${title}: ${[...routes].join(', ')}`)).to.deep.equal([]);
    expect([...routesOf.keys()]).to.not.include(said('frame.title'));
  });

  it('has the same parts for all roles, or a scene of its own', async function () {
    const faults = await inhabitants(report.pages);
    expect(faults, faults.join('\n')).to.deep.equal([]);
  });
});

const titleOf = (html: string): string => /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '';

const missing = (method: string, seen: ReadonlySet<string>): string[] =>
  allRoutes()
    .filter(route => route.method === method && !seen.has(route.path))
    .map(({ path }) => path);
