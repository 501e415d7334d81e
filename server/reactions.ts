import { installEvents } from './events/declared-events.js';
import { platformEvents } from './events/events.js';
import { accountEvents } from './accounts/events.js';
import { organisationEvents } from './organisations/events.js';
import { identityEvents } from './identity/events.js';
import { apiTokenEvents } from './api-tokens/events.js';
import { provisioningEvents } from './provisioning/events.js';
import { helpEvents } from './help/events.js';
import { courseEvents } from './courses/events.js';
import { learningEvents } from './learning/events.js';
import { quizEvents } from './quizzes/events.js';
import { followUpEvents } from './follow-up/events.js';
import { certificateEvents } from './certificates/events.js';
import { requirementEvents } from './requirements/events.js';
import { reminderEvents } from './notifications/events.js';
import { reportEvents } from './reports/events.js';
import { privacyEvents } from './privacy/events.js';
import { mergingEvents } from './merging/events.js';
import { backupEvents } from './backup/events.js';
import { doCheck, endGivenUpCheck } from './certificates/ledger/asked-checks.js';
import { issueIfEarned, signAward } from './certificates/lifecycle/issue.js';
import { reinstateWhenComplete, suspendWhileOpen } from './certificates/lifecycle/course-reopened.js';
import { reissueAfterCompromise } from './certificates/lifecycle/reissue-after-compromise.js';
import { publishStateChange } from './certificates/lifecycle/revoke.js';
import { reissueWithNewResults } from './certificates/lifecycle/supersede.js';
import { signAllLists } from './certificates/status-lists/status-lists.js';
import type { Reactions } from './events/choreography.js';
import { planRefreshers } from './follow-up/refreshers.js';
import { recordPass, recordPractice } from './learning/progress.js';
import { joinOpenIfAlone } from './organisations/people/join-open.js';
import { indexMembershipsOf } from './organisations/people/member-words.js';
import { endGivenUp, importRoster } from './organisations/roster/import-roster.js';
import { carryOutErasure } from './privacy/erasure/carry-out.js';
import { stoppedBy } from './privacy/erasure/legal-holds.js';
import { makeExport } from './privacy/export/data-exports.js';
import { applyRegrade } from './quizzes/regrading/applying/apply.js';
import { accountMails } from './reactions/account-mails.js';
import { certificateMails } from './reactions/certificate-mails.js';
import { classroomMails } from './reactions/classroom-mails.js';
import { dutyMails } from './reactions/duty-mails.js';
import { erasureMails, tellErased } from './reactions/erasure-mails.js';
import { learningMails } from './reactions/learning-mails.js';
import { inTheirLanguage } from './reactions/mail-language.js';
import { courseMails } from './reactions/course-mails.js';
import { mergeMails } from './reactions/merge-mails.js';
import { organisationMails } from './reactions/organisation-mails.js';
import { roomMails } from './reactions/room-mails.js';
import type { ReactionDeps } from './reactions/reaction-deps.js';
import { failGivenUp, makeSealed } from './reports/sealed/make-sealed.js';
import { hasRooms } from './reports/rooms/stored-rooms.js';
import { SEALED_KINDS } from './reports/sealed/sealed-kinds.js';
import {
  reckonChanged,
  reckonChangedMember,
  reckonPrinted,
  reckonRequirement,
  reckonTree,
} from './requirements/reckoning/reckon-pending.js';
import { rehearseInBackground } from './requirements/rehearsal/rehearse-drafts.js';

installEvents([
  platformEvents,
  accountEvents,
  organisationEvents,
  identityEvents,
  apiTokenEvents,
  provisioningEvents,
  helpEvents,
  courseEvents,
  learningEvents,
  quizEvents,
  followUpEvents,
  certificateEvents,
  requirementEvents,
  reminderEvents,
  reportEvents,
  privacyEvents,
  mergingEvents,
  backupEvents,
]);

/**
 * What each reaction does, by its name in the choreography (`events/choreography.ts`): mails stand together by what they are
 * about, in `reactions/`.
 */
export function createReactions(deps: ReactionDeps): Reactions {
  const { clock, issuer, papers } = deps;
  const publish = async ({ certificateId }: { certificateId: string }) => {
    await papers.kept.drop(certificateId);
    await publishStateChange(certificateId, issuer, clock());
  };

  const joinUnlessAuditor = async ({ payload: { userId } }: { payload: { userId: string } }) => {
    if (!(await hasRooms(userId))) await joinOpenIfAlone(userId, clock());
  };

  const erasing = { dataDir: deps.config.dataDir, papers, checkpoints: issuer.checkpoints, clock };

  const mails = inTheirLanguage(
    {
      ...accountMails(deps),
      ...organisationMails(deps),
      ...courseMails(deps),
      ...roomMails(deps),
      ...learningMails(deps),
      ...dutyMails(deps),
      ...classroomMails(deps),
      ...certificateMails(deps),
      ...mergeMails(deps),
      ...erasureMails(deps),
    },
    deps,
  );

  return {
    ...mails,
    'organisations.join': () => Promise.resolve(),
    'organisations.join-alone': joinUnlessAuditor,
    'organisations.join-administrator': joinUnlessAuditor,
    'organisations.index-renamed': ({ payload }) => indexMembershipsOf(payload.userId),
    'organisations.index-new-address': ({ payload }) => indexMembershipsOf(payload.userId),
    'organisations.index-old-address': ({ payload }) => indexMembershipsOf(payload.userId),
    'privacy.carry-out-erasure': async event => {
      await tellErased(deps, event);
      await carryOutErasure(event.payload.erasureId, erasing);
    },
    'privacy.resume-erasure': async ({ payload }) => {
      const stopped = await stoppedBy(payload.holdId);
      if (stopped !== null) await carryOutErasure(stopped, erasing);
    },
    'privacy.make-export': ({ payload }) =>
      makeExport(payload.exportId, { dataDir: deps.config.dataDir, views: deps.views, clock }),
    'ledger.check': ({ payload }) =>
      doCheck(payload.checkId, { addresses: issuer, checkpoints: issuer.checkpoints, clock }),
    'ledger.end-given-up': ({ payload }) => endGivenUpCheck(payload, clock()),
    'sealed-files.make': ({ payload }) => makeSealed(payload.fileId, { ...deps, kinds: SEALED_KINDS }),
    'sealed-files.end-given-up': ({ payload }) => failGivenUp(payload),
    'learning.record-pass': ({ payload }) => recordPass(payload, clock()),
    'learning.record-practice': ({ payload }) => recordPractice(payload),
    'certificates.issue': async ({ payload }) => {
      const isNew = await issueIfEarned(payload.cycleId, issuer, clock());
      if (!isNew) await reinstateWhenComplete(payload.cycleId, { actorId: null, now: clock() });
    },
    'certificates.issue-missing': ({ payload }) => issueIfEarned(payload.cycleId, issuer, clock()),
    'follow-up.plan-refreshers': ({ payload }) => planRefreshers(payload.cycleId),
    'requirements.rehearse': ({ payload, actorId }) =>
      rehearseInBackground(payload.draftId, actorId, clock()),
    'rosters.import': ({ payload }) => importRoster(payload.rosterId, clock),
    'rosters.end-given-up': ({ payload }) => endGivenUp(payload, clock()),
    'quizzes.regrade': ({ payload, id }) => applyRegrade(payload.regradeId, id, clock()),
    'certificates.reissue-regraded': ({ payload, id }) =>
      reissueWithNewResults(payload.cycleId, 'result-regraded', `regraded:${id}`, clock()),
    'certificates.suspend-reopened': ({ payload, actorId }) =>
      suspendWhileOpen(payload.cycleId, { actorId: actorId ?? payload.userId, now: clock() }),
    'certificates.reinstate': ({ payload }) =>
      reinstateWhenComplete(payload.cycleId, { actorId: null, now: clock() }),
    'certificates.publish-revocation': ({ payload }) => publish(payload),
    'certificates.publish-suspension': ({ payload }) => publish(payload),
    'certificates.sign-replacement': ({ payload }) => signAward(payload.replacementId, issuer, clock()),
    'certificates.publish-supersession': ({ payload }) => publish(payload),
    'status-lists.sign-with-new-key': () => signAllLists(issuer, clock()),
    'certificates.replace-compromised': ({ payload }) => reissueAfterCompromise(payload.keyId, clock()),
    'certificates.replace-next': ({ payload }) => reissueAfterCompromise(payload.keyId, clock()),
    'requirements.member-changed': ({ organisationId }) => reckonChanged(organisationId, clock),
    'requirements.members-imported': ({ organisationId }) => reckonChanged(organisationId, clock),
    'requirements.credit-recorded': ({ organisationId, payload }) =>
      reckonChangedMember(organisationId, payload.membershipId, clock),
    'requirements.credit-voided': ({ organisationId, payload }) =>
      reckonChangedMember(organisationId, payload.membershipId, clock),
    'requirements.credit-lifted': ({ organisationId, payload }) =>
      reckonChangedMember(organisationId, payload.membershipId, clock),
    'requirements.certificate-issued': ({ payload }) => reckonPrinted(payload.certificateId, clock),
    'requirements.unit-moved': ({ organisationId }) => reckonTree(organisationId, clock),
    'requirements.unit-merged': ({ organisationId }) => reckonTree(organisationId, clock),
    'requirements.versioned': ({ organisationId, payload }) =>
      reckonRequirement(organisationId, payload.requirementId, clock),
    'requirements.undone': ({ organisationId, payload }) =>
      reckonRequirement(organisationId, payload.requirementId, clock),
    'requirements.marked': ({ organisationId, payload }) =>
      reckonChangedMember(organisationId, payload.membershipId, clock),
    'requirements.exempted': ({ organisationId, payload }) =>
      reckonChangedMember(organisationId, payload.membershipId, clock),
    'requirements.exemption-ended': ({ organisationId, payload }) =>
      reckonChangedMember(organisationId, payload.membershipId, clock),
  };
}
