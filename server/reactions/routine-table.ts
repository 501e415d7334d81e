import { pruneSignIns } from '../accounts/activity/sign-ins.js';
import { pruneChallenges } from '../accounts/factors/passkeys/challenges.js';
import { pruneAddressChanges } from '../accounts/new-address/address-changes.js';
import { remindOfTokens } from '../api-tokens/remind-of-tokens.js';
import { requestMissingCertificates } from '../certificates/lifecycle/catch-up.js';
import { signHead } from '../certificates/ledger/signed-heads.js';
import { announceRenewals } from '../certificates/renewal/reminders.js';
import { signStaleLists } from '../certificates/status-lists/status-lists.js';
import { pruneJobs } from '../events/jobs/job-decisions.js';
import { enqueueMissed } from '../events/missed-jobs.js';
import { announceDue } from '../follow-up/refreshers.js';
import { askDomainsAgain } from '../identity/domains/ask-again.js';
import { remindOfCertificates } from '../identity/saml/remind-of-certificates.js';
import { pruneRateLimits } from '../http/security/rate-limits.js';
import { pruneRefusals } from '../http/security/refusals.js';
import { creditUncredited } from '../learning/credits/credits.js';
import { remindOfDuties } from '../notifications/duties/remind.js';
import { remindOfHotlines } from '../notifications/hotlines-due.js';
import { turnDays } from '../organisations/day-turn.js';
import { inLanguageOf } from '../organisations/languages.js';
import { enforcedFor } from '../identity/enforcement.js';
import { remindOfFactors } from '../organisations/grants/remind-of-factors.js';
import { indexDueMembers } from '../organisations/people/member-words.js';
import { pruneRosters } from '../organisations/roster/keep-roster.js';
import { endRetention } from '../privacy/erasure/end-retention.js';
import { pruneExports } from '../privacy/export/data-exports.js';
import { settleGroups } from '../provisioning/groups/settle-groups.js';
import { closeOverdue } from '../quizzes/attempts/time/close-overdue.js';
import { pruneDrafts } from '../quizzes/regrading/preview/drafts.js';
import { pruneSealed } from '../reports/sealed/make-sealed.js';
import { reckonLeft } from '../requirements/reckoning/reckon-pending.js';
import { turnStandings } from '../requirements/reckoning/turn-standings.js';
import { COUNTED_FIGURES } from './counted-figures.js';
import { countFacts } from '../sums/count.js';
import { pruneRequirementDrafts } from '../requirements/rehearsal/requirement-drafts.js';
import type { Routine } from '../worker.js';
import type { ReactionDeps } from './reaction-deps.js';

/** No organisation and no person: in the language of the installation. */
const NOBODY = { organisationId: null, userId: null };

/** What the clock asks for, in UTC. */
export function createRoutines(deps: ReactionDeps): Routine[] {
  const { config, issuer, sessions, clock } = deps;
  return [
    { name: 'status-lists.sign-stale', cron: '*/10 * * * *', run: () => signStaleLists(issuer, clock()) },
    { name: 'ledger.sign-head', cron: '15 3 * * *', run: () => signHead(issuer, clock()) },
    {
      name: 'jobs.catch-up',
      cron: '35 4 * * *',
      atStart: true,
      run: () => catchUp(clock()),
    },
    { name: 'refreshers.announce', cron: '5 * * * *', run: () => announceDue(clock()) },
    { name: 'renewals.announce', cron: '25 * * * *', run: () => announceRenewals(clock()) },
    {
      name: 'reporting-lines.remind',
      cron: '35 * * * *',
      lane: 'mail',
      run: () => inLanguageOf(NOBODY, config, () => remindOfHotlines(deps, clock())),
    },
    {
      name: 'organisations.turn-day',
      cron: '*/15 * * * *',
      atStart: true,
      run: () => turnDays(clock()),
    },
    {
      name: 'learning.credit-uncredited',
      cron: '45 * * * *',
      atStart: true,
      run: () => creditUncredited(clock()),
    },
    {
      name: 'mail.remind-of-duties',
      cron: '*/15 * * * *',
      atStart: true,
      run: () => remindOfDuties(clock()),
    },
    {
      name: 'requirements.turn-day',
      cron: '*/15 * * * *',
      atStart: true,
      run: () => turnStandings(clock()),
    },
    {
      name: 'requirements.reckon-left',
      cron: '7-59/15 * * * *',
      atStart: true,
      run: () => reckonLeft(clock),
    },
    {
      name: 'statistics.count',
      cron: '* * * * *',
      atStart: true,
      run: () => countFigures(clock()),
    },
    { name: 'attempts.close-overdue', cron: '* * * * *', run: () => closeOverdue(clock()) },
    { name: 'organisations.index-people', cron: '*/10 * * * *', atStart: true, run: () => indexDueMembers() },
    {
      name: 'provisioning.settle-groups',
      cron: '3-59/5 * * * *',
      run: () => settleGroups(clock()),
    },
    { name: 'api-tokens.remind', cron: '10 * * * *', run: () => remindOfTokens(clock()) },
    {
      name: 'accounts.remind-of-factors',
      cron: '25 * * * *',
      run: () => remindOfFactors(clock(), enforcedFor),
    },
    { name: 'identity.remind', cron: '40 * * * *', run: () => remindOfCertificates(clock()) },
    { name: 'identity.ask-domains', cron: '20 5 * * *', run: () => askDomainsAgain(clock()) },
    { name: 'sessions.prune', cron: '20 * * * *', run: () => sessions.prune() },
    { name: 'accounts.prune-challenges', cron: '35 * * * *', run: () => pruneChallenges(clock()) },
    { name: 'accounts.prune-address-changes', cron: '30 * * * *', run: () => pruneAddressChanges(clock()) },
    { name: 'privacy.end-retention', cron: '25 2 * * *', run: () => endRetention(clock()) },
    {
      name: 'privacy.prune-exports',
      cron: '5 * * * *',
      atStart: true,
      run: () => pruneExports(deps.config.dataDir, clock()),
    },
    {
      name: 'sealed-files.prune',
      cron: '15 * * * *',
      atStart: true,
      run: () => pruneSealed(deps.config.dataDir, clock()),
    },
    { name: 'jobs.prune', cron: '50 3 * * *', run: () => pruneJobs(clock()) },
    { name: 'regrades.prune-drafts', cron: '55 3 * * *', run: () => pruneDrafts(clock()) },
    { name: 'requirements.prune-drafts', cron: '50 3 * * *', run: () => pruneRequirementDrafts(clock()) },
    { name: 'rosters.prune', cron: '45 3 * * *', run: () => pruneRosters(clock()) },
    { name: 'accounts.prune-sign-ins', cron: '35 3 * * *', run: () => pruneSignIns(clock()) },
    { name: 'refusals.prune', cron: '45 * * * *', run: () => pruneRefusals(clock()) },
    { name: 'rate-limits.prune', cron: '40 * * * *', run: () => pruneRateLimits(clock()) },
  ];
}

/** Count what was handed in since the last minute. */
async function countFigures(now: number): Promise<void> {
  for (const figure of COUNTED_FIGURES) await countFacts(figure, now);
}

/** Find work that should have a job and has none, whatever happened to the job. */
async function catchUp(now: number): Promise<void> {
  await enqueueMissed(now);
  await requestMissingCertificates(now);
}
