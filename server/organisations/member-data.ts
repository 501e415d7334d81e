import { ERASED_NAME } from '../accounts/account-data.js';
import { personal, type PersonalTable } from '../db/personal-data.js';
import { Invitation } from './invitations/tables.js';
import { CourseLink } from './course-links/tables.js';
import { EntryCode } from './entry/tables.js';
import { JoinCodeUse } from './joining/tables.js';
import {
  CertificateName,
  ChangedMembership,
  FactorReminder,
  MailChoice,
  Membership,
  MembershipFact,
  MembershipPerson,
  MemberWord,
  Placement,
  RoleGrant,
  UnitMember,
} from './tables.js';

const BY_MEMBERSHIP = { membership: 'membershipId' } as const;

/** What this slice holds of a person. Lists that an organisation uploads go after 30 days, or with the erasure. */
export const memberData: readonly PersonalTable[] = [
  personal(MemberWord, BY_MEMBERSHIP, {
    exported: {
      not: 'Words of name, address and staff number, by which an organisation finds its people: made from what is exported.',
    },
    erased: { do: 'remove' },
  }),
  personal(MembershipPerson, BY_MEMBERSHIP, {
    exported: { as: 'known-to-organisations' },
    erased: { do: 'blank', columns: { name: ERASED_NAME, email: null, staffNumber: null }, stays: 'place' },
  }),
  personal(CertificateName, BY_MEMBERSHIP, {
    exported: { not: 'The newest of the confirmed names, which are exported.' },
    erased: { do: 'remove' },
  }),
  personal(Invitation, BY_MEMBERSHIP, {
    exported: { as: 'invitations', without: ['tokenHash', 'invitedBy'] },
    erased: { do: 'verb', stays: 'decisions' },
  }),
  personal(CourseLink, BY_MEMBERSHIP, {
    exported: { as: 'course-links', without: ['tokenHash', 'sentBy'] },
    erased: { do: 'remove' },
  }),
  personal(JoinCodeUse, BY_MEMBERSHIP, {
    exported: { as: 'join-codes-used' },
    erased: { do: 'keep', stays: 'place' },
  }),
  personal(EntryCode, BY_MEMBERSHIP, {
    exported: { as: 'entry-codes', without: ['madeBy'] },
    erased: { do: 'remove' },
  }),
  personal(
    MailChoice,
    { account: 'userId' },
    {
      exported: { as: 'choices-of-mail', without: ['userId'] },
      erased: { do: 'remove' },
    },
  ),
  personal(
    RoleGrant,
    { account: 'userId' },
    {
      exported: { as: 'roles', without: ['userId', 'grantedBy', 'endedBy'] },
      erased: { do: 'verb', stays: 'decisions' },
    },
  ),
  personal(
    FactorReminder,
    { account: 'userId' },
    {
      exported: { as: 'reminders-of-second-step', without: ['userId'] },
      erased: { do: 'remove' },
    },
  ),
  personal(MembershipFact, BY_MEMBERSHIP, {
    exported: { as: 'employment', without: ['actorId'] },
    erased: { do: 'keep', stays: 'place' },
  }),
  personal(Placement, BY_MEMBERSHIP, {
    exported: { as: 'places', without: ['actorId', 'hasReach'] },
    erased: { do: 'keep', stays: 'place' },
  }),
  personal(UnitMember, BY_MEMBERSHIP, {
    exported: { not: 'The units from which somebody is seen: made from their places, which are exported.' },
    erased: { do: 'verb', stays: 'place' },
  }),
  personal(ChangedMembership, BY_MEMBERSHIP, {
    exported: { not: 'Work that waits for a moment: that something has changed, and nothing of what.' },
    erased: { do: 'keep', stays: 'place' },
  }),
  personal(
    Membership,
    { membership: 'id' },
    {
      exported: { as: 'memberships', without: ['userId', 'sortName', 'wordsDue', 'namesDiffer', 'lacksJob'] },
      erased: { do: 'blank', columns: { sortName: '', namesDiffer: false }, stays: 'place' },
    },
  ),
];
