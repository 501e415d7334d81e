import { personal, type PersonalTable } from '../../platform/db/personal-data.js';
import { ClassroomPerson, ClassroomSession, ClassroomSignature } from './classroom/tables.js';
import { ERASED_NAME } from '../../people/accounts/account-data.js';
import {
  Assignment,
  AssignmentMark,
  Exemption,
  ExemptionNote,
  ReckoningMember,
  StandingInterval,
} from './tables.js';

const BY_MEMBERSHIP = { membership: 'membershipId' } as const;
const KEPT = { do: 'keep', stays: 'duties' } as const;

/** What this slice holds of a person. */
export const dutyData: readonly PersonalTable[] = [
  personal(
    ExemptionNote,
    { through: 'exemptionId', of: { table: Exemption, owner: BY_MEMBERSHIP } },
    {
      exported: {
        not: 'Internal notes by administrators of the organisation. They may name other people.',
      },
      erased: { do: 'remove' },
    },
  ),
  personal(Exemption, BY_MEMBERSHIP, {
    exported: { as: 'exemptions', without: ['actorId', 'retiredBy'] },
    erased: KEPT,
  }),
  personal(AssignmentMark, BY_MEMBERSHIP, {
    exported: { as: 'added-by-hand', without: ['actorId'] },
    erased: KEPT,
  }),
  personal(ClassroomPerson, BY_MEMBERSHIP, {
    exported: { as: 'classroom-sessions', without: ['addedBy'] },
    erased: KEPT,
  }),
  personal(
    ClassroomSignature,
    { account: 'signedBy' },
    {
      exported: { as: 'classroom-signatures', without: ['signedBy', 'record'] },
      erased: { do: 'blank', columns: { signedName: ERASED_NAME }, stays: 'decisions' },
    },
  ),
  personal(
    ClassroomSession,
    { account: 'instructorId' },
    {
      exported: {
        as: 'sessions-taught',
        without: ['instructorId', 'code', 'plannedBy', 'visitorName', 'visitorLicence'],
      },
      erased: { do: 'keep', stays: 'decisions' },
    },
  ),
  personal(StandingInterval, BY_MEMBERSHIP, { exported: { as: 'standings' }, erased: KEPT }),
  personal(Assignment, BY_MEMBERSHIP, { exported: { as: 'requirements' }, erased: KEPT }),
  personal(ReckoningMember, BY_MEMBERSHIP, {
    exported: { not: 'A short-lived note that a training status must be worked out again.' },
    erased: KEPT,
  }),
];
