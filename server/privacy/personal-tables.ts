import { accountData } from '../accounts/account-data.js';
import { certificateData } from '../certificates/certificate-data.js';
import { personal, type PersonalTable } from '../db/personal-data.js';
import { logData } from '../events/log-data.js';
import { mergeData } from '../merging/merge-data.js';
import { measurementData } from '../follow-up/measurement-data.js';
import { courseData } from '../courses/course-data.js';
import { firstCallData } from '../help/first-call-data.js';
import { sessionData } from '../http/session-data.js';
import { identityData } from '../identity/identity-data.js';
import { learningData } from '../learning/learning-data.js';
import { mailData } from '../notifications/mail-data.js';
import { memberData } from '../organisations/member-data.js';
import { quizData } from '../quizzes/quiz-data.js';
import { provisioningData } from '../provisioning/provisioning-data.js';
import { roomData } from '../reports/rooms/room-data.js';
import { dutyData } from '../requirements/duty-data.js';
import { DataExport, ErasureRequest, LegalHold } from './tables.js';

/** What this slice holds of a person. */
const privacyData: readonly PersonalTable[] = [
  personal(
    DataExport,
    { account: 'userId' },
    { exported: { as: 'exports', without: ['userId'] }, erased: { do: 'verb', stays: 'decisions' } },
  ),
  personal(
    ErasureRequest,
    { account: 'userId' },
    {
      exported: { as: 'requests-for-erasure', without: ['userId', 'askedBy', 'decidedBy'] },
      erased: { do: 'verb', stays: 'decisions' },
    },
  ),
  personal(
    LegalHold,
    { account: 'userId' },
    {
      exported: { not: 'Legal holds: a claim or an inquiry that is going on must not be given away.' },
      erased: { do: 'keep', stays: 'decisions' },
    },
  ),
];

/** Every table with rows that are somebody's. Each slice says of its own what is exported, and what becomes of it. */
export const PERSONAL_TABLES: readonly PersonalTable[] = [
  ...accountData,
  ...sessionData,
  ...provisioningData,
  ...memberData,
  ...identityData,
  ...firstCallData,
  ...courseData,
  ...learningData,
  ...quizData,
  ...measurementData,
  ...certificateData,
  ...dutyData,
  ...roomData,
  ...mailData,
  ...mergeData,
  ...privacyData,
  ...logData,
];
