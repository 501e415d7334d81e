import { defineTable, flag, id, key, moment, nullable, text, bigint } from '../../../platform/db/table.js';

/** Somebody's authenticator app. `lastStep`: the step of the newest code that was taken; no code counts twice. */
export const AuthenticatorApp = defineTable('authenticator_apps', {
  userId: key(id()),
  sealedSecret: text(200),
  lastStep: bigint(),
  addedAt: moment(),
});

/**
 * Somebody's passkey: what is kept of it is public. `credentialId`, `publicKey` (COSE): base64url. `counter`: how often its device says
 * that it was used, or 0 where it does not count.
 */
export const Passkey = defineTable('passkeys', {
  id: key(id()),
  userId: id(),
  credentialId: text(1400),
  publicKey: text(1000),
  counter: bigint(),
  name: text(60),
  addedAt: moment(),
  lastUsedAt: nullable(moment()),
});

/** What a browser was asked last, for its passkey to sign; `holder`: its session, or the token of its forms, as a hash. */
export const PasskeyChallenge = defineTable('passkey_challenges', {
  holder: key(text(64)),
  challenge: text(43),
  expiresAt: moment(),
});

/** Codes on paper, each of which takes the place of an app once. They are kept as keyed hashes. */
export const RecoveryCode = defineTable('recovery_codes', {
  codeHash: key(text(64)),
  userId: id(),
  madeAt: moment(),
  usedAt: nullable(moment()),
});

/**
 * Somebody lost what they prove themselves with: an administrator asked that it be taken off, and another decides. Nobody in
 * `askedBy` and `decidedBy`: it was done at the command line.
 */
export const FactorReset = defineTable('factor_resets', {
  id: key(id()),
  userId: id(),
  reason: text(500),
  askedBy: nullable(id()),
  askedAt: moment(),
  decidedBy: nullable(id()),
  decidedAt: nullable(moment()),
  isGranted: nullable(flag()),
});
