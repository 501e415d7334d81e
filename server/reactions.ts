import { installReactions } from './events/choreography.js';
import { installEvents } from './events/declared-events.js';
import type { RecordedEvent } from './events/event-payloads.js';
import type { Reactions, ReadyReactions } from './events/reaction.js';
import type { ReactionDeps } from './reactions/reaction-deps.js';
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
import { accountReactions } from './accounts/reactions.js';
import { signUpReactions } from './accounts/sign-up/reactions.js';
import { factorReactions } from './accounts/factors/reactions.js';
import { newAddressReactions } from './accounts/new-address/reactions.js';
import { organisationReactions } from './organisations/reactions.js';
import { roleReactions } from './organisations/grants/reactions.js';
import { invitationReactions } from './organisations/invitations/reactions.js';
import { courseLinkReactions } from './organisations/course-links/reactions.js';
import { rosterReactions } from './organisations/roster/reactions.js';
import { identityReactions } from './identity/reactions.js';
import { apiTokenReactions } from './api-tokens/reactions.js';
import { courseAccessReactions } from './courses/access/reactions.js';
import { learningReactions } from './learning/reactions.js';
import { regradingReactions } from './quizzes/regrading/reactions.js';
import { followUpReactions } from './follow-up/reactions.js';
import { certificateReactions } from './certificates/reactions.js';
import { lifecycleReactions } from './certificates/lifecycle/reactions.js';
import { renewalReactions } from './certificates/renewal/reactions.js';
import { ledgerReactions } from './certificates/ledger/reactions.js';
import { requirementReactions } from './requirements/reactions.js';
import { classroomReactions } from './requirements/classroom/reactions.js';
import { reminderReactions } from './notifications/reactions.js';
import { roomReactions } from './reports/rooms/reactions.js';
import { sealedReactions } from './reports/sealed/reactions.js';
import { exportReactions } from './privacy/export/reactions.js';
import { erasureReactions } from './privacy/erasure/reactions.js';
import { mergingReactions } from './merging/reactions.js';

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

const REACTIONS: readonly Reactions<ReactionDeps>[] = [
  accountReactions,
  signUpReactions,
  factorReactions,
  newAddressReactions,
  organisationReactions,
  roleReactions,
  invitationReactions,
  courseLinkReactions,
  rosterReactions,
  identityReactions,
  apiTokenReactions,
  courseAccessReactions,
  learningReactions,
  regradingReactions,
  followUpReactions,
  certificateReactions,
  lifecycleReactions,
  renewalReactions,
  ledgerReactions,
  requirementReactions,
  classroomReactions,
  reminderReactions,
  roomReactions,
  sealedReactions,
  exportReactions,
  erasureReactions,
  mergingReactions,
];

installReactions(REACTIONS);

/** What each reaction does about an event, by its name. */
export const createReactions = (deps: ReactionDeps): ReadyReactions =>
  Object.fromEntries(
    REACTIONS.flatMap(reactions => Object.entries(reactions)).map(([name, { does }]) => [
      name,
      (event: RecordedEvent) => does(event, deps),
    ]),
  );
