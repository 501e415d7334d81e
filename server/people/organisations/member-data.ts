import { ERASED_NAME } from '../accounts/account-data.js';
import { personal, type PersonalTable } from '../../platform/db/personal-data.js';
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
      not: 'A search index of names, addresses and staff numbers, made from exported data.',
    },
    erased: { do: 'remove' },
  }),
  personal(MembershipPerson, BY_MEMBERSHIP, {
    exported: { as: 'known-to-organisations' },
    erased: { do: 'blank', columns: { name: ERASED_NAME, email: null, staffNumber: null }, stays: 'place' },
  }),
  personal(CertificateName, BY_MEMBERSHIP, {
    exported: { not: 'The latest of the confirmed names, which are exported.' },
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
    exported: {
      not: 'The units whose managers can see the person, made from their workplaces, which are exported.',
    },
    erased: { do: 'verb', stays: 'place' },
  }),
  personal(ChangedMembership, BY_MEMBERSHIP, {
    exported: { not: 'Waiting work. It says that something has changed, but not what.' },
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
