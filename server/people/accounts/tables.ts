import { defineTable, filled, flag, id, key, moment, nullable, text } from '../../platform/db/table.js';

/** A person who can sign in. `email` is trimmed, NFC and lower case: the same address is the same text. */
export const User = defineTable('users', {
  id: key(id()),
  email: text(254),
  name: text(400),
  passwordHash: nullable(text(200)),
  emailConfirmedAt: nullable(moment()),
  isAdministrator: filled(flag()),
  isDiscreet: filled(flag()),
  wordsDue: filled(flag()),
  disabledAt: nullable(moment()),
  createdAt: moment(),
  /** Its details are gone, for good. */
  erasedAt: nullable(moment()),
  /** It was a second account of this person, and is closed. */
  mergedInto: nullable(id()),
  /** A password alone lets nobody in since then. */
  factorSince: nullable(moment()),
  /** A role of theirs asks for a second factor from then on, if it is older: the upgrade that brought this, or when they became an administrator. */
  factorAskedFrom: nullable(moment()),
  /** By whose card it began, if it has no address: that organisation alone may give it a new PIN. */
  cardOrganisationId: nullable(id()),
});

/**
 * A link that was mailed or printed: it works once, for a limited time. Only the hash of its secret text is kept.
 * `courseSlug`, `invitationId` and `joinCodeId`: the course that its person came for, and the invitation or the code of an
 * organisation that they came with.
 */
export const Token = defineTable('tokens', {
  id: key(id()),
  userId: nullable(id()),
  purpose: text<'confirm-address' | 'reset-password' | 'sign-in' | 'one-course' | 'first-administrator'>(30),
  tokenHash: text(64),
  courseSlug: nullable(text(80)),
  invitationId: nullable(id()),
  joinCodeId: nullable(id()),
  expiresAt: moment(),
  usedAt: nullable(moment()),
  createdAt: moment(),
});

/**
 * Somebody asked for another address. Until `confirmedAt` nothing has changed; after it the old address can undo it for some
 * days. `endedAt`: replaced, stopped or undone.
 */
export const AddressChange = defineTable('address_changes', {
  id: key(id()),
  userId: id(),
  oldEmail: text(254),
  newEmail: text(254),
  askedAt: moment(),
  confirmedAt: nullable(moment()),
  endedAt: nullable(moment()),
});

/** A person was blocked, until the block was lifted. Nobody in `blockedBy`: it was done at the command line. */
export const AccountBlock = defineTable('blocks', {
  id: key(id()),
  userId: id(),
  reason: text(500),
  blockedBy: nullable(id()),
  blockedAt: moment(),
  liftedBy: nullable(id()),
  liftedAt: nullable(moment()),
});

/** Somebody signed in. `browser`, `system`: codes; `network`: a keyed hash. `isNew`: the account had not been used in this browser. */
export const SignInRecord = defineTable('sign_ins', {
  id: key(id()),
  userId: id(),
  at: moment(),
  browser: text(20),
  system: text(20),
  network: text(43),
  isNew: flag(),
});

/** A case-folded word by which a person is found. */
export const PersonWord = defineTable('person_words', {
  word: key(text(254)),
  userId: key(id()),
});
