import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { allRoutes, routeOf } from '../http/routes-of.js';
import { contentWords } from '../support/content/content-words.js';
import { inhabitants } from './looks/inhabitants.js';
import { accessibilityFaults, htmlFaults, wayOutFaults } from './looks/inspect.js';
import { longer, mirrored } from './looks/look-language.js';
import { fits, fitsLarge, fitsSpaced } from './looks/look-layout.js';
import { leavesRoomAtLeast } from './looks/look-zoom.js';
import { inForcedColours, inTheDark, onPaper } from './looks/look-media.js';
import { helps } from './looks/look-refusal.js';
import type { Novelty } from './looks/novelty.js';
import { scenes } from './scenes/scenes.js';
import { SEEN, tour, type Look, type Report, type Sight } from './looks/tour.js';
import { ownWorld } from '../support/world.js';

const KB = 1024;
/** One page, compressed: about what the first answer of a network connection carries. */
const HTML = 14 * KB;
/** Everything that a first view loads, compressed. */
const FIRST_VIEW = 60 * KB;
/** The page that a gate officer opens on a bad network. */
const VERIFY = 30 * KB;
/** The page and its files; what is loaded after it is counted on the connection, in slow-connection.test.ts. */
const FILES = 6;

/**
 * What is looked at, and how much must be new on a page for it: "nothing", every scene; "page", each page once and every
 * scene with a part that is new, since it depends on what stands beside what; "part", where a part is new, which has the same
 * colours on all pages, and turns with the line on all of them. In this order the window changes its size seldom, and a
 * page is loaded again, without what was put into it to look at it, last.
 */
const LOOKS = (isContent: (text: string) => boolean): Readonly<Record<string, [Novelty, Look]>> => ({
  'is right HTML': ['nothing', (_, { html }) => htmlFaults(html)],
  'is light': ['nothing', (_, sight) => weight(sight)],
  'has its way out in its place': ['nothing', wayOutFaults],
  'helps when it refuses a form': ['nothing', helps],
  'can be used by all': ['page', accessibilityFaults],
  'keeps its edges in forced colours': ['part', inForcedColours],
  'fits, wide and narrow': ['page', fits],
  'fits when letters, words and lines stand further apart': ['page', fitsSpaced],
  'can be used in the dark, on a narrow screen': ['part', inTheDark],
  'is whole on paper': ['page', onPaper],
  'fits when the text is twice as large': ['page', fitsLarge],
  'leaves room to read when it is enlarged': ['page', leavesRoomAtLeast],
  'fits in a longer language, and has no English that should not be there': ['page', longer(isContent)],
  'reads from right to left': ['part', mirrored],
});

const RANKS: Readonly<Record<Novelty, number>> = { nothing: 0, page: 1, part: 2 };

/** `npm run tour` asks everything of every scene; that takes minutes longer. */
const isWhole = process.env.TOUR === 'whole';

const looks =
  (isContent: (text: string) => boolean) =>
  (novelty: Novelty): Readonly<Record<string, Look>> =>
    Object.fromEntries(
      Object.entries(LOOKS(isContent))
        .filter(([, [asked]]) => isWhole || RANKS[novelty] >= RANKS[asked])
        .map(([name, [, look]]) => [name, look]),
    );

/** Answered with a file, or for programs. */
const NO_PAGE =
  /\.(csv|json|zip|pdf|png|svg|css|js|html|webmanifest)$|^\/(healthz|readyz|workz|assets|offline\/assets|issuer\/keys|status|ledger)(\/|$)|\/copies$|\/export$/;

/** Where a page stood before: answered with its new address. */
const MOVED = ['/organisations/:id/shown-name', '/organisations/:id/paper', '/admin/reporting-line'];

/** Seen once in the life of an installation, before it has an administrator; its form is among the scenes. */
const ONCE = ['/first-administrator'];

/** Buttons alone: what they send is the page's own, and there is nothing in it to mend. */
const BUTTONS = [
  '/learning',
  '/learning/:cycle/newer-version',
  '/learning/:cycle/whole-course',
  '/sign-out',
  '/exit',
  '/arrival',
  '/course-link',
  '/account/address/withdrawal',
  '/old-address',
  '/account/data/exports',
  '/account/data/erasure/withdrawal',
  '/admin/erasures/:id/hold/lifting',
  '/account/discreet',
  '/account/sessions',
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
  '/reminders',
  '/reminders/mailed-choice',
  '/reminders/choice',
  '/weekly-summary',
  '/weekly-summary/mailed-choice',
  '/organisations/:id/reminders/weekly-summary',
  '/follow-up/mail',
  '/follow-up/opt-out',
  '/follow-up/opt-in',
  '/first-call/removal',
  '/admin/people/:id/attempt-grants',
  '/admin/people/:id/unblocking',
  '/admin/jobs/:id/attempt',
  '/admin/questions/files',
  '/admin/reporting-lines/:line/reversal',
  '/admin/regrades/:id/preview',
  '/admin/regrades/:id/application',
  '/admin/regrades/:id/continuation',
  '/admin/regrades/:id/end',
  '/organisations/:id/standings/nudge',
  '/organisations/:id/requirements/:requirementId/steps',
  '/organisations/:id/requirements/:requirementId/undo',
  '/organisations/:id/requirements/changes/:versionId/minor',
  '/organisations/:id/requirements/drafts/:draftId/confirmation',
  '/organisations/:id/requirements/drafts/:draftId/removal',
  '/organisations/:id/people/:membershipId/requirements/:requirementId/exemptions/:exemptionId/end',
  '/organisations/:id/roster/:roster/answers',
  '/organisations/:id/roster/:roster/confirmation',
  '/organisations/:id/roster/:roster/removal',
  '/organisations/:id/joining/:code/end',
  '/join/:code/membership',
  '/organisations/:id/entry',
  '/organisations/:id/invitations',
  '/organisations/:id/invitations/all',
  '/organisations/:id/invitations/:invitation/withdrawal',
  '/organisations/:id/settings/branding/logo/removal',
];

/** What a page for a problem may say. */
const PROBLEMS = [400, 403, 404, 409, 413, 429, 500, 503];

/** Every page of every role in every state: each is opened once, and looked at from all sides where it shows what is new. */
describe('every page', function () {
  ownWorld();
  this.timeout(180_000);
  let report: Report;
  const seenBy = (method: string, isMeant: (sight: Sight) => boolean): Set<string> =>
    new Set(report.sights.filter(sight => sight.method === method && isMeant(sight)).map(routeOf));

  before(async function () {
    this.timeout(2_400_000);
    const all = await scenes();
    report = await tour(all, looks(await contentWords()));
  });

  for (const look of [SEEN, ...Object.keys(looks(() => true)('part'))]) {
    it(look, () => {
      const faults = report.faults.get(look);
      expect(faults, faults?.join('\n')).to.deep.equal([]);
    });
  }

  it('has a scene for each page that a route answers with', () => {
    const seen = seenBy('GET', ({ status }) => status === 200);
    const others = [...ONCE, ...MOVED];
    expect(missing('GET', seen).filter(path => !NO_PAGE.test(path) && !others.includes(path))).to.deep.equal(
      [],
    );
  });

  it('has a scene for each form when it is refused', () => {
    const refused = seenBy('POST', ({ status }) => status === 422);
    expect(missing('POST', refused).filter(path => !BUTTONS.includes(path))).to.deep.equal([]);
  });

  it('has a scene for each error page', () => {
    const told = new Set(report.sights.map(({ status }) => status));
    expect(PROBLEMS.filter(status => !told.has(status))).to.deep.equal([]);
  });

  it('has the same parts for all roles, or a scene of its own', async function () {
    this.timeout(300_000);
    const faults = await inhabitants(report.sights);
    expect(faults, faults.join('\n')).to.deep.equal([]);
  });
});

function weight({ scene: { name }, html, loaded: { files, bytes } }: Sight): string[] {
  const allowed = name.startsWith('design') ? FILES + 1 : FILES;
  const most = name.startsWith('verify') ? VERIFY : FIRST_VIEW;
  return [
    ...(gzipSync(html).length > HTML ? [`${gzipSync(html).length} bytes of HTML`] : []),
    ...(files < 2 || files > allowed ? [`${files} files`] : []),
    ...(bytes > most ? [`${bytes} bytes`] : []),
  ];
}

const missing = (method: string, seen: ReadonlySet<string>): string[] =>
  allRoutes()
    .filter(route => route.method === method && !seen.has(route.path))
    .map(({ path }) => path);
