import { expect } from 'chai';
import { allRoutes, routeOf } from '../http/routes-of.js';
import { said } from '../support/said.js';
import { ownWorld } from '../support/world.js';
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

/** Answered with a file, or for programs. */
const NO_PAGE =
  /\.(csv|json|zip|pdf|png|svg|css|js|html|txt|xml|webmanifest)$|^\/(healthz|readyz|workz|assets|offline\/assets|issuer\/keys|status|ledger)(\/|$)|\/(copies|export|download)$/;

/** Where a page stood before: answered with its new address. */
const MOVED = ['/organisations/:id/shown-name', '/organisations/:id/paper', '/admin/reporting-line'];

/** Leads to an organisation's own provider, elsewhere. */
const LEAVES = [
  '/sign-in/organisation/:id/to/:provider',
  '/organisations/:id/sign-in/providers/:provider/test',
  '/account/proof/provider',
];

/** Seen once in the life of an installation, before it has an administrator; its form is among the scenes. */
const ONCE = ['/first-administrator'];

/** Buttons alone: what they send is the page's own, and there is nothing in it to mend. */
const BUTTONS = [
  '/learning',
  '/admin/log/checks',
  '/learning/:cycle/newer-version',
  '/learning/:cycle/whole-course',
  '/sign-out',
  '/exit',
  '/arrival',
  '/account/factors/app/removal',
  '/account/factors/codes',
  '/account/factors/passkeys/challenge',
  '/account/factors/passkeys/:passkey/removal',
  '/sign-in/passkey',
  '/sign-in/passkey/challenge',
  '/admin/people/:id/factors/decision',
  '/course-link',
  '/sent-course/again',
  '/invitation/renewal',
  '/invitation/not-for-me',
  '/organisations/:id/course-links/:link/withdrawal',
  '/organisations/:id/tokens/:token/end',
  '/account/address/withdrawal',
  '/old-address',
  '/merged',
  '/account/data/exports',
  '/account/data/erasure/withdrawal',
  '/admin/erasures/:id/hold/lifting',
  '/account/discreet',
  '/account/sessions',
  '/account/sessions/end',
  '/learning/:cycle/modules/:module/lessons/:lesson/completion',
  '/learning/:cycle/before',
  '/learning/:cycle/before/refusal',
  '/learning/:cycle/after',
  '/learning/:cycle/after/refusal',
  '/attempts/:attempt/submission',
  '/attempts/:attempt/pause',
  '/attempts/:attempt/resumption',
  '/certificates/:id/share-links/:link/closure',
  '/certificates/:id/renewal',
  '/certificates/:id/reinstatement',
  '/name-requests/:id/approval',
  '/organisations/:id/course-requests/:request/withdrawal',
  '/reminders',
  '/reminders/mailed-choice',
  '/reminders/choice',
  '/weekly-summary',
  '/weekly-summary/mailed-choice',
  '/organisations/:id/reminders/weekly-summary',
  '/organisations/:id/evidence/rooms/:room/opening',
  '/organisations/:id/evidence/rooms/:room/invitation',
  '/organisations/:id/evidence/rooms/:room/requests/:request/closing',
  '/rooms/:room/requests/:request/closing',
  '/room-link',
  '/follow-up/mail',
  '/follow-up/opt-out',
  '/follow-up/opt-in',
  '/first-call/removal',
  '/admin/people/:id/attempt-grants',
  '/admin/people/:id/unblocking',
  '/admin/jobs/:id/attempt',
  '/admin/questions/files',
  '/admin/reporting-lines/:line/reversal',
  '/admin/reporting-lines/:line/off',
  '/admin/regrades/:id/preview',
  '/admin/regrades/:id/application',
  '/admin/regrades/:id/continuation',
  '/admin/regrades/:id/end',
  '/organisations/:id/standings/nudge',
  '/organisations/:id/evidence/audit-pack',
  '/organisations/:id/evidence/files/:file/removal',
  '/organisations/:id/evidence/files/:file/hold/lifting',
  '/organisations/:id/evidence/rules/:rule/approval/:approval/removal',
  '/organisations/:id/evidence/rules/:rule/report',
  '/organisations/:id/evidence/notifications/:count/removal',
  '/organisations/:id/evidence/acknowledgements/:course/end',
  '/organisations/:id/requirements/:requirementId/steps',
  '/organisations/:id/requirements/:requirementId/undo',
  '/organisations/:id/requirements/changes/:versionId/minor',
  '/organisations/:id/requirements/drafts/:draftId/confirmation',
  '/organisations/:id/requirements/drafts/:draftId/removal',
  '/organisations/:id/people/:membershipId/name',
  '/organisations/:id/people/:membershipId/requirements/:requirementId/exemptions/:exemptionId/end',
  '/organisations/:id/roster/:roster/answers',
  '/organisations/:id/roster/:roster/confirmation',
  '/organisations/:id/roster/:roster/removal',
  '/classroom/:code',
  '/organisations/:id/sessions/:session/cancellation',
  '/organisations/:id/sessions/:session/people/:membershipId/removal',
  '/organisations/:id/joining/:code/end',
  '/join/:code/membership',
  '/organisations/:id/entry',
  '/organisations/:id/invitations',
  '/organisations/:id/invitations/all',
  '/organisations/:id/invitations/:invitation/withdrawal',
  '/organisations/:id/settings/branding/logo/removal',
  '/organisations/:id/sign-in/domains/:domain/proof',
  '/organisations/:id/sign-in/domains/:domain/word',
  '/organisations/:id/sign-in/domains/:domain/removal',
  '/organisations/:id/sign-in/providers/:provider/removal',
  '/organisations/:id/sign-in/providers/:provider/rules/:rule/removal',
  '/account/identities/:identity/removal',
  '/account/identities/:provider/to',
  // What providers send.
  '/sign-in/saml',
  '/sign-in/provider-sign-out',
  '/sign-in/organisation/:id/saml/:provider/sign-out',
];

/** Addresses of one page: for other readers, on other devices, or in a preview. */
const ALIKE = [
  ['/concern', '/offline/concern'],
  ['/sign-in', '/arrival', '/course-link'],
  [
    '/sign-up/sent',
    '/forgotten/sent',
    '/sign-in/link/sent',
    '/join/:code/sent',
    '/courses/:slug/link/sent',
    '/sent-course/sent',
  ],
  ['/card', '/card/:country/:role'],
  ['/follow-up/opt-out', '/follow-up/mail'],
  ['/achievements/:slug/:version', '/achievements/:slug/:version/renewal'],
  [
    '/learning/:cycle/modules/:module/case',
    '/admin/preview/:course/cases/:case',
    '/admin/preview/:course/exam-case/:case',
  ],
  ['/learning/:cycle/modules/:module/case/outcome', '/admin/preview/:course/cases/:case/outcome'],
  [
    '/organisations/:id/evidence/files/:file/since',
    '/organisations/:id/evidence/rules/:rule/report/since/:file',
  ],
];

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
