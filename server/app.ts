import { join } from 'node:path';
import express, { type Express, type RequestHandler } from 'express';
import { proofFirst } from './accounts/proof/routes-proof.js';
import { factorWall } from './accounts/factors/routes-wall.js';
import { factorResetPages } from './accounts/factors/routes-factor-resets.js';
import { keepSignInOf } from './accounts/activity/routes-begun.js';
import { routes as accounts, SIGN_IN_PAGES } from './accounts/routes.js';
import { tokenPages } from './api-tokens/routes.js';
import { createSignIn } from './accounts/sign-in/sign-in.js';
import { peopleOfOrganisation } from './management/people/routes.js';
import { team } from './management/routes.js';
import { routes as admin } from './admin/routes.js';
import { LARGE_FORMS } from './quizzes/exchange/routes.js';
import type { Papers } from './certificates/documents/papers.js';
import type { Issuer } from './certificates/issuer/issuer.js';
import { elsewhereFiles } from './certificates/elsewhere/routes-elsewhere-files.js';
import { filesToVerify } from './certificates/verification/routes-files.js';
import { routes as certificates } from './certificates/routes.js';
import { projectRoot, type Config } from './config.js';
import { inLane } from './db/lanes.js';
import { design } from './design/routes.js';
import { loadActor } from './organisations/actors.js';
import { officeRoutes as coursesOffice, routes as courses } from './courses/routes.js';
import { officeRoutes as helpOffice, routes as help } from './help/routes.js';
import { assets } from './http/files/assets.js';
import { context } from './http/context.js';
import { officeRoutes as followUpOffice, routes as followUp } from './follow-up/routes.js';
import type { Secrets, WebDeps } from './http/deps.js';
import { errorPages, nothingHere } from './http/error-pages.js';
import { health } from './http/serving/health.js';
import { inOrder } from './http/in-order.js';
import { readiness } from './http/serving/readiness.js';
import { language } from './http/language.js';
import { pages } from './http/page.js';
import { RateLimits } from './http/security/rate-limits.js';
import { noteRefusals } from './http/note-refusals.js';
import { wellKnown } from './http/well-known.js';
import { Refusals } from './http/security/refusals.js';
import { cookieName, cookies } from './http/security/cookies.js';
import { crossSiteGuard, headers } from './http/security/security.js';
import { sessionCookies } from './http/security/session-cookie.js';
import type { SessionStore } from './http/security/sessions.js';
import { setupCheck } from './http/security/setup.js';
import { formsWithFiles } from './http/files/uploads.js';
import { loadViews, type Views } from './http/views.js';
import { hereIn } from './i18n/spoken.js';
import { oneCoursePages } from './learning/one-course/routes-one-course.js';
import { signingPages } from './learning/acknowledgements/routes-sign.js';
import { acknowledgementPages } from './learning/acknowledgements/routes-statements.js';
import { withinOneCourse } from './learning/one-course/routes-scope.js';
import { routes as learning } from './learning/routes.js';
import type { Logger } from './lib/log.js';
import { deriveKey } from './lib/tokens.js';
import { enforcedFor, isAnsweredFor } from './identity/enforcement.js';
import { answerPages } from './identity/routes-answer.js';
import { findPages } from './identity/routes-find.js';
import { leadElsewhere } from './identity/routes-elsewhere.js';
import { ownIdentityPages } from './identity/routes-own.js';
import { providerPages } from './identity/providers/routes-providers.js';
import { rulePagesOfProvider } from './identity/providers/routes-rules.js';
import { samlPages } from './identity/saml/routes-saml.js';
import { samlSignOut } from './identity/saml/routes-saml-sign-out.js';
import { isSamlSignOut } from './identity/saml/saml-sign-out-address.js';
import { SAML_ANSWER } from './identity/conversation.js';
import { PROVIDER_SIGN_OUT } from './identity/openid/sign-out-address.js';
import { providerSignOut } from './identity/openid/routes-sign-out.js';
import { signInSettings } from './identity/providers/routes-settings.js';
import { can } from './policy.js';
import { entryCodePages } from './organisations/entry/routes-entry-codes.js';
import { courseLinkPages } from './organisations/course-links/routes-course-links.js';
import { openLinkPages } from './organisations/course-links/routes-open-link.js';
import { entryPages } from './organisations/entry/routes-entry.js';
import { joinCodePages } from './organisations/joining/routes-codes.js';
import { joinPages } from './organisations/joining/routes-join.js';
import { accountLinkPages } from './organisations/invitations/routes-account-link.js';
import { newInvitationPages } from './organisations/invitations/routes-new-invitation.js';
import { invitationPages } from './organisations/invitations/routes.js';
import { invitationPage } from './organisations/invitations/routes-invitation.js';
import { rosterPages } from './organisations/roster/routes.js';
import { rosterFiles } from './organisations/roster/routes-upload.js';
import { roleRoutes } from './organisations/grants/routes.js';
import { brandingPages, brandOfReader, logoForms } from './organisations/branding/routes.js';
import { organisationPages } from './organisations/settings/routes.js';
import { languageOfReader } from './organisations/settings/routes-language.js';
import { suspensionPages } from './organisations/settings/routes-suspension.js';
import { organisationOffice } from './organisations/settings/routes-organisations.js';
import { remarkPages } from './organisations/people/routes-remarks.js';
import { personDetails } from './organisations/people/routes-person-details.js';
import { placePages } from './organisations/people/places/routes-places.js';
import { mergeAccountPages } from './merging/routes-merge-accounts.js';
import { mergeMemberPages } from './merging/routes-merge-members.js';
import { scim } from './provisioning/routes.js';
import { provisioningPages } from './provisioning/settings/routes-directory.js';
import { privacyRoutes } from './privacy/routes.js';
import { dutyReminderRoutes } from './notifications/duties/routes.js';
import { digestRoutes } from './notifications/managers/routes.js';
import { changeRoutes } from './requirements/changes/routes-changes.js';
import { exemptionRoutes } from './requirements/exemptions/routes-exemptions.js';
import { attendanceRoutes } from './requirements/classroom/attendance/routes-attendance.js';
import { hoursRoutes } from './requirements/classroom/hours/routes-hours.js';
import { ownSessionRoutes } from './requirements/classroom/sessions/routes-own-sessions.js';
import { sessionRoutes } from './requirements/classroom/sessions/routes-sessions.js';
import { signingRoutes } from './requirements/classroom/signing/routes-signing.js';
import { rehearsalRoutes } from './requirements/rehearsal/routes-rehearsal.js';
import { whyRoutes } from './reports/why/routes-why.js';
import { nudgeRoutes } from './reports/nudge/routes-nudge.js';
import { evidencePackRoutes } from './reports/packs/evidence/routes-packs.js';
import { leadToRooms } from './reports/rooms/arrival/routes-home.js';
import { roomArrivalPages } from './reports/rooms/arrival/routes-arrival.js';
import { roomKeepingPages } from './reports/rooms/keeping/routes-keeping.js';
import { roomRequestPages } from './reports/rooms/requests/routes-requests.js';
import { roomPages } from './reports/rooms/inside/routes-room.js';
import { paperRoutes } from './reports/packs/papers/routes-papers.js';
import { evidencePages } from './reports/sealed/routes.js';
import { notificationPages } from './reports/notification-counts/routes-counts.js';
import { ruleReportPages } from './reports/rules/report/routes-report.js';
import { rulePages } from './reports/rules/routes-rules.js';
import { standingRoutes } from './reports/routes.js';
import { requirementRoutes } from './requirements/rules/routes.js';
import { unitPages } from './organisations/units/routes-units.js';
import { officeRoutes as quizzesOffice, routes as quizzes } from './quizzes/routes.js';

/** Outside things that the web side is made from. */
export interface AppDeps {
  readonly config: Config;
  readonly log: Logger;
  readonly views: Views;
  readonly issuer: Issuer;
  readonly papers: Papers;
  readonly sessions: SessionStore;
  readonly secrets: Secrets;
  readonly clock: () => number;
  readonly settle: () => Promise<void>;
  readonly catchUp: () => Promise<void>;
}

/**
 * Forms that use nobody's authority. A mail program sends the first three for its reader (RFC 8058), from no page and with no
 * cookie: the signed text in the address is all that counts. The next asks about a file and changes nothing, so a program
 * may ask too, and a browser that keeps no cookies. The next comes from the page of a SAML
 * provider, and is only kept. The last comes from the server of an OpenID provider, which signed it; and so did
 * a SAML provider whatever counts at an address that is its own.
 */
const FROM_ANYWHERE: ReadonlySet<string> = new Set([
  '/follow-up/opt-out',
  '/reminders',
  '/weekly-summary',
  '/verify',
  SAML_ANSWER,
  PROVIDER_SIGN_OUT,
]);

const isFromAnywhere = (path: string): boolean => FROM_ANYWHERE.has(path) || isSamlSignOut(path);

/** Pages and files that read a great deal. They wait for each other, and learners never wait for them. */
const REPORTS = [
  '/admin/statistics',
  '/admin/signals',
  '/admin/follow-up',
  '/admin/follow-up.csv',
  '/admin/rulings',
  '/admin/regrades',
  '/team',
  '/certificates/:id/audit-pack.zip',
  '/organisations/:id/evidence/files/:file/since',
  '/organisations/:id/standings',
  '/organisations/:id/standings.csv',
  '/rooms/:room',
  '/rooms/:room/people',
  '/rooms/:room/changes',
  '/organisations/:id/evidence/rules/:rule/report',
];

/**
 * What does the most harm in the hands of somebody who finds a browser signed in: certificates ended and put back, keys, roles, files
 * about people, erasure. It asks first for a proof of the last ten minutes (`accounts/proof`). An address stands for all below it.
 */
export const PROOF_FIRST = [
  '/account/data',
  '/account/factors',
  '/account/identities/:id',
  '/admin/erasures/:id',
  '/admin/keys/:key',
  '/admin/log.csv',
  '/admin/people/:id/appointment',
  '/admin/people/:id/dismissal',
  '/admin/people/:id/erasure',
  '/admin/people/:id/factors',
  '/admin/questions/export',
  '/admin/refusals.csv',
  '/certificates/:id/reinstatement',
  '/certificates/:id/revocation',
  '/certificates/:id/suspension',
  '/organisations/:id/evidence/audit-pack',
  '/organisations/:id/evidence/files/:file/download',
  '/organisations/:id/evidence/packs',
  '/organisations/:id/evidence/papers',
  '/organisations/:id/log.csv',
  '/organisations/:id/people/:membershipId/erasure',
  '/organisations/:id/provisioning',
  '/organisations/:id/roles/:role',
  '/organisations/:id/sign-in/domains',
  '/organisations/:id/sign-in/providers',
  '/organisations/:id/standings.csv',
  '/organisations/:id/tokens/new',
];

let views: Views | undefined;

/** The views of this installation, compiled once in a process. */
export const installedViews = (): Views => (views ??= loadViews({ root: join(projectRoot, 'views') }));

/** The keys for each purpose, from the one secret. */
export const deriveSecrets = ({ secret }: Config): Secrets => ({
  links: deriveKey(secret, 'mailed links'),
  limits: deriveKey(secret, 'rate limits'),
  factors: deriveKey(secret, 'second factors'),
  issuerKeys: deriveKey(secret, 'issuer keys'),
  providers: deriveKey(secret, 'identity providers'),
});

/** The web side, whole. `main.ts` and the tests build the same one. */
export function createApp(deps: AppDeps): Express {
  const { config, log, views, issuer, papers, sessions, secrets, clock } = deps;
  const guard = crossSiteGuard(config, isFromAnywhere);
  const show = pages(views, guard.tokenFor, config.contactEmail);
  const signIn = createSignIn({
    clock,
    loadActor,
    enforcedFor,
    begun: (req, userId, kind) => keepSignInOf(deps, req, userId, kind),
    sessions: sessionCookies(config, sessions, secrets),
  });
  const refusals = new Refusals(secrets.limits);
  const limits = new RateLimits(secrets.limits, (limit, subject, now) =>
    refusals.note({ kind: 'limit', what: limit, subject, userId: null }, now),
  );
  const web: WebDeps = { ...deps, show, limits, refusals };

  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('trust proxy', config.trustProxy);
  app.set('env', config.environment);

  app.use(health({ failing: readiness({ dataDir: config.dataDir, log }), clock }));
  app.use(inOrder([context(log), language(config), headers(config)]));
  app.use(assets(views));
  app.use('/scim/v2', scim(web));
  app.use(wellKnown(config, clock));
  app.use(
    inOrder([
      setupCheck(config, log, SIGN_IN_PAGES),
      guard.sameSite,
      express.urlencoded({ extended: false, limit: '64kb', parameterLimit: 1000 }),
      ...cookies(config),
      knownVisitor(config, inOrder([signIn.whose, withinOneCourse, factorWall(web, isAnsweredFor)])),
      onlyPosts(
        inOrder([
          formsWithFiles(
            path => LARGE_FORMS.includes(path),
            actor => can(actor, 'installation.administer', config),
          ),
          logoForms(),
          filesToVerify(web),
          rosterFiles(),
          elsewhereFiles(web),
        ]),
      ),
      guard.token,
      languageOfReader(config),
      brandOfReader,
    ]),
  );
  // The busiest routes come first, since a request passes every route before its own.
  app.use(quizzes(web));
  app.get('/learning', leadToRooms);
  app.use(learning(web));
  app.use(oneCoursePages(web, signIn));
  app.use(followUp(web));
  // None of their addresses is among those above, which are spared a look at them.
  app.use(REPORTS, (_req, _res, next) => inLane('reports', next));
  app.use(PROOF_FIRST, proofFirst(web));
  app.use(certificates({ ...web, issuer, papers }));
  app.use(courses(web));
  app.use(help(web));
  app.use(accounts(web, signIn));
  app.use(findPages(web));
  app.use(answerPages(web, signIn));
  app.use(samlPages(web));
  app.use(samlSignOut(web));
  app.use(providerSignOut(web));
  app.use(ownIdentityPages(web));
  app.use(signInSettings(web));
  app.use(providerPages(web));
  app.use(rulePagesOfProvider(web));
  app.use(privacyRoutes(web));
  app.use(mergeAccountPages(web));
  app.use(mergeMemberPages(web));
  app.use(factorResetPages(web));
  app.use(admin(web));
  app.use(organisationOffice(web));
  app.use(organisationPages(web));
  app.use(suspensionPages(web));
  app.use(brandingPages(web));
  app.use(unitPages(web));
  app.use(requirementRoutes(web));
  app.use(standingRoutes(web));
  app.use(rulePages(web));
  app.use(ruleReportPages(web));
  app.use(notificationPages(web));
  app.use(acknowledgementPages(web));
  app.use(signingPages(web));
  app.use(evidencePages(web));
  app.use(evidencePackRoutes(web));
  app.use(roomKeepingPages(web));
  app.use(roomPages(web));
  app.use(roomRequestPages(web));
  app.use(paperRoutes(web));
  app.use(nudgeRoutes(web));
  app.use(whyRoutes(web));
  app.use(dutyReminderRoutes(web));
  app.use(digestRoutes(web));
  app.use(changeRoutes(web));
  app.use(rehearsalRoutes(web));
  app.use(hoursRoutes(web));
  app.use(sessionRoutes(web));
  app.use(attendanceRoutes(web));
  app.use(signingRoutes(web));
  app.use(ownSessionRoutes(web));
  app.use(exemptionRoutes(web));
  app.use(rosterPages(web));
  app.use(roleRoutes(web));
  app.use(accountLinkPages(web));
  app.use(newInvitationPages(web));
  app.use(invitationPages(web));
  app.use(invitationPage(web, signIn));
  app.use(roomArrivalPages(web, signIn));
  app.use(joinPages(web));
  app.use(joinCodePages(web));
  app.use(courseLinkPages(web));
  app.use(openLinkPages(web, signIn));
  app.use(entryPages(web, signIn));
  app.use(entryCodePages(web));
  app.use(tokenPages(web));
  app.use(provisioningPages(web));
  app.use(remarkPages(web));
  app.use(personDetails(web));
  app.use(placePages(web));
  app.use(coursesOffice(web));
  app.use(helpOffice(web));
  app.use(quizzesOffice(web));
  app.use(followUpOffice(web));
  app.use(team(web));
  app.use(peopleOfOrganisation(web));
  app.use(design(web));

  app.use(nothingHere);
  app.use(leadElsewhere(show));
  app.use(noteRefusals(refusals, clock));
  app.use(errorPages(log, show, hereIn(config.timeZone)));
  return app;
}

/** Nothing else brings a file: pages pass none of what reads one. */
const onlyPosts =
  (handler: RequestHandler): RequestHandler =>
  (req, res, next) =>
    req.method === 'POST' ? handler(req, res, next) : next();

/** Skips the session for a GET without a session cookie. Sets `isKnown` once it is known whether somebody is signed in. */
function knownVisitor(config: Config, whose: RequestHandler): RequestHandler {
  const known: RequestHandler = (_req, res, next) => {
    res.locals.isKnown = true;
    next();
  };
  const lookedUp = inOrder([whose, known]);
  const name = cookieName(config, 'session');
  return (req, res, next) => {
    const cookies = req.cookies as Record<string, unknown>;
    if (req.method === 'GET' && cookies[name] === undefined) return known(req, res, next);
    lookedUp(req, res, next);
  };
}
