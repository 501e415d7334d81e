import { reseed } from '../../support/chance.js';
import { accessScenes } from './office/doors/access-scenes.js';
import { activityScenes } from './learner/activity-scenes.js';
import { auditScenes } from './certificates/audit-scenes.js';
import { classroomScenes } from './office/evidence/classroom-scenes.js';
import { careScenes, pauseScenes } from './learner/care-scenes.js';
import { chosenJobScenes } from './learner/chosen-job-scenes.js';
import { confidenceScenes } from './learner/confidence-scenes.js';
import { courseAccessScenes } from './office/course-access-scenes.js';
import { courseLinkScenes } from './office/doors/course-link-scenes.js';
import { courseChangeScenes } from './office/course-change-scenes.js';
import { designScenes } from './design-scenes.js';
import { evidenceScenes } from './office/evidence/evidence-scenes.js';
import { acknowledgementScenes } from './office/evidence/acknowledgement-scenes.js';
import { ruleReportScenes, ruleScenes } from './office/evidence/rule-scenes.js';
import { fileScenes } from './certificates/file-scenes.js';
import { firstCallScenes } from './learner/first-call-scenes.js';
import { followUpScenes } from './learner/follow-up-scenes.js';
import { holders } from './certificates/holder-scenes.js';
import { entryScenes } from './office/doors/entry-scenes.js';
import { identityScenes } from './office/doors/identity-scenes.js';
import { joiningScenes } from './office/doors/joining-scenes.js';
import { directoryScenes } from './office/doors/directory-scenes.js';
import { tokenScenes } from './office/doors/token-scenes.js';
import { jobScenes } from './office/job-scenes.js';
import { logScenes } from './office/doors/log-scenes.js';
import { mergeAccountScenes, mergeScenes } from './office/merge-scenes.js';
import { keyScenes } from './office/doors/key-scenes.js';
import { behind, examined, learners } from './learner/learner-scenes.js';
import { factorScenes, passkeyScenes } from './learner/factor-scenes.js';
import { proofScenes } from './learner/proof-scenes.js';
import { stayingScenes } from './learner/staying-scenes.js';
import { renewers } from './learner/renewal-scenes.js';
import { offlineScenes } from './learner/offline-scenes.js';
import { oneCourseScenes } from './learner/one-course-scenes.js';
import { onePageScenes } from './learner/one-page-scenes.js';
import { organisationScenes } from './office/organisation-scenes.js';
import { roomScenes } from './office/evidence/room-scenes.js';
import { rosterScenes } from './office/roster-scenes.js';
import { elsewhereScenes } from './certificates/elsewhere-scenes.js';
import { erasureScenes, privacyScenes } from './learner/privacy-scenes.js';
import { policyScenes } from './policy-scenes.js';
import { previewScenes } from './office/preview-scenes.js';
import { problemScenes } from './problem-scenes.js';
import { refusalScenes } from './refusal-scenes.js';
import { regradeScenes } from './office/regrade-scenes.js';
import { reminderScenes } from './office/evidence/reminder-scenes.js';
import { requirementScenes } from './office/evidence/requirement-scenes.js';
import { roleGrantScenes } from './office/role-grant-scenes.js';
import { roleScenes } from './role-scenes.js';
import { decisionScenes, reportScenes, rowScenes } from './learner/row-scenes.js';
import type { Scene } from './scene.js';
import { statisticsScenes } from './office/evidence/statistics-scenes.js';
import { standingScenes } from './office/evidence/standing-scenes.js';
import { teamScenes } from './office/team-scenes.js';
import { placeScenes } from './office/place-scenes.js';
import { unitScenes } from './office/unit-scenes.js';
import { newcomers, visitors } from './visitor-scenes.js';
import { walletScenes } from './certificates/wallet-scenes.js';

const MAKERS: readonly (() => Scene[] | Promise<Scene[]>)[] = [
  visitors,
  newcomers,
  activityScenes,
  learners,
  rowScenes,
  decisionScenes,
  reportScenes,
  policyScenes,
  pauseScenes,
  behind,
  renewers,
  examined,
  chosenJobScenes,
  firstCallScenes,
  proofScenes,
  factorScenes,
  stayingScenes,
  passkeyScenes,
  privacyScenes,
  erasureScenes,
  mergeScenes,
  mergeAccountScenes,
  holders,
  statisticsScenes,
  careScenes,
  fileScenes,
  keyScenes,
  accessScenes,
  courseAccessScenes,
  courseChangeScenes,
  organisationScenes,
  rosterScenes,
  roomScenes,
  identityScenes,
  joiningScenes,
  tokenScenes,
  directoryScenes,
  entryScenes,
  classroomScenes,
  courseLinkScenes,
  elsewhereScenes,
  unitScenes,
  roleGrantScenes,
  placeScenes,
  requirementScenes,
  reminderScenes,
  walletScenes,
  auditScenes,
  confidenceScenes,
  oneCourseScenes,
  onePageScenes,
  offlineScenes,
  previewScenes,
  followUpScenes,
  standingScenes,
  evidenceScenes,
  ruleScenes,
  ruleReportScenes,
  acknowledgementScenes,
  teamScenes,
  refusalScenes,
  roleScenes,
  problemScenes,
  regradeScenes,
  jobScenes,
  logScenes,
  designScenes,
];

/**
 * Every page of the product, with real content, seen by people in every state. Made one after the other: those who
 * publish versions of one course would take the same number, and a crowd of writers would wait for one another for as
 * long as a statement may take. Each maker has a chance of its own: what one does more or less changes no draw of the next.
 * Throws if two scenes share a name: they would share a chance, too. Playwright takes its ids from it, and waits for ever when one
 * comes twice.
 */
export async function scenes(): Promise<Scene[]> {
  const all: Scene[] = [];
  for (const make of MAKERS) {
    reseed(make.name);
    all.push(...(await make()));
  }
  const names = all.map(({ name }) => name);
  const repeated = names.filter((name, at) => names.indexOf(name) !== at);
  if (repeated.length > 0) throw new Error(`Scenes with one name: ${repeated.join(', ')}`);
  return all;
}
