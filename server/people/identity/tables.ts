import {
  defineTable,
  filled,
  flag,
  id,
  key,
  moment,
  nullable,
  smallint,
  text,
} from '../../platform/db/table.js';

/**
 * Where people of an organisation, or of one unit of it, prove who they are. `metadata` is what the provider said of itself when the
 * settings were saved; '': nothing yet, of one that speaks SAML, which has neither `clientId` nor secret. `keyholderId`: the administrator who signs in without it, whatever happens to it.
 */
export const IdentityProvider = defineTable('identity_providers', {
  id: key(id()),
  organisationId: id(),
  unitId: nullable(id()),
  protocol: filled(text<'openid' | 'saml'>(10)),
  name: text(120),
  issuer: text(500),
  clientId: text(300),
  /** Encrypted (`accounts/factors/sealed-secrets.ts`). */
  secret: text(4000),
  metadata: text(),
  readAt: moment(),
  /** `enforced`: its people sign in with it alone. */
  state: filled(text<'off' | 'offered' | 'enforced'>(10)),
  /** Whether somebody whom the organisation does not know yet joins by signing in. */
  letsJoin: filled(flag()),
  keyholderId: nullable(id()),
  /** When its settings, as they are now, let somebody sign in. */
  testedAt: nullable(moment()),
  /** The end of its last certificate of which those who administer the organisation were told. */
  toldEnd: nullable(moment()),
  createdAt: moment(),
});

/** What a claim of a provider means here: whoever has this value works there, as that, or has that role. */
export const IdentityRule = defineTable('identity_rules', {
  id: key(id()),
  providerId: id(),
  claim: text(120),
  value: text(200),
  unitId: nullable(id()),
  job: nullable(text(60)),
  role: nullable(text<'manager' | 'instructor' | 'administrator'>(20)),
  createdAt: moment(),
});

/**
 * A domain of addresses that an organisation says is its own. `proof`: what its DNS record holds; no secret. `seenAt`: when the record
 * was last seen; null in a proven one: an administrator of the installation confirmed it, and no record is asked for. `misses`: how
 * often in a row, up to three, it was asked for and missing, at last at `missedAt`. `lapsedAt`: since when its addresses let nobody
 * arrive for the first time.
 */
export const IdentityDomain = defineTable('identity_domains', {
  id: key(id()),
  organisationId: id(),
  domain: text(253),
  proof: text(64),
  addedAt: moment(),
  provenAt: nullable(moment()),
  seenAt: nullable(moment()),
  missedAt: nullable(moment()),
  misses: filled(smallint()),
  lapsedAt: nullable(moment()),
});

/**
 * An account is somebody's whom a provider knows by `subject`. `how`: the organisation vouched for its address, or its owner connected it
 * while signed in.
 */
export const Identity = defineTable('identities', {
  id: key(id()),
  userId: id(),
  providerId: id(),
  issuer: text(500),
  subject: text(255),
  how: filled(text<'address' | 'account'>(10)),
  connectedAt: moment(),
  usedAt: moment(),
});

/** A browser was sent to a provider, and is expected back. Nothing in it lets anybody in: it holds hashes alone. */
export const IdentityTrip = defineTable('identity_trips', {
  stateHash: key(text(64)),
  providerId: id(),
  browserHash: text(64),
  purpose: text<'sign-in' | 'connect' | 'prove' | 'test'>(10),
  /** Who connects, proves that it is they, or tests. */
  userId: nullable(id()),
  /** The page of ours to go on to. */
  next: text(1000),
  expiresAt: moment(),
  /** What a SAML provider sent (base64), until the browser comes for it. */
  response: nullable(text()),
});

/** A message of a provider that signed somebody out, so that it counts once. */
export const IdentitySignOut = defineTable('identity_sign_outs', {
  idHash: key(text(64)),
  expiresAt: moment(),
});

/** A role that came of a claim: it ends when the claim does. */
export const ClaimedRole = defineTable('claimed_roles', {
  grantId: key(id()),
  providerId: id(),
  userId: id(),
});
