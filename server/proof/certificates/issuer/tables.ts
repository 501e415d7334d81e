import { defineTable, integer, key, moment, nullable, smallint, text } from '../../../platform/db/table.js';

/**
 * A signing key of this installation. Its id is the public key in multibase; the private half is sealed under a secret
 * that is not in the database. `inUse` is 1 for the one key that signs, and null for all others.
 */
export const IssuerKey = defineTable('issuer_keys', {
  id: key(text(80)),
  sealedPrivateKey: text(),
  createdAt: moment(),
  activatedAt: nullable(moment()),
  retiredAt: nullable(moment()),
  compromisedAt: nullable(moment()),
  inUse: nullable(smallint()),
});

/** A signed entry in the log of keys: `content` is the signed text, and each entry names the hash of the one before. */
export const KeyLogEntry = defineTable('issuer_key_log', {
  seq: key(integer()),
  keyId: text(80),
  action: text<'created' | 'rotated' | 'retired' | 'compromised'>(20),
  content: text(),
  sha256: text(64),
  previousSha256: text(64),
  createdAt: moment(),
});
