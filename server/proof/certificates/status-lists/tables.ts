import { defineTable, integer, key, moment, nullable, text } from '../../../platform/db/table.js';

/** A status list: each certificate has a place in one. */
export const StatusList = defineTable('status_lists', {
  id: key(integer()),
  createdAt: moment(),
});

/** A signed version of a status list. Each names the hash of the one before, and `keyId` the key that signed it. */
export const StatusListVersion = defineTable('status_list_versions', {
  listId: key(integer()),
  number: key(integer()),
  content: text(),
  sha256: text(64),
  previousSha256: text(64),
  keyId: nullable(text(80)),
  createdAt: moment(),
});
