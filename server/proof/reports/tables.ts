import {
  bigint,
  defineTable,
  filled,
  id,
  integer,
  key,
  moment,
  nullable,
  text,
} from '../../platform/db/table.js';

/**
 * A file that is made in the background and then never changes (`sealed/`). `params` and what it holds follow from its kind;
 * everything in it is as we knew it at `knownAt`. `done` of `total`: how far it is. Its row stays when the file is gone, with size and hash.
 * `expiresAt`: null where it is kept. `heldAt`: since when a legal hold keeps it.
 */
export const SealedFile = defineTable('sealed_files', {
  id: key(id()),
  organisationId: id(),
  kind: text(40),
  params: text(),
  askKey: text(64),
  askedBy: nullable(id()),
  knownAt: moment(),
  state: text<'asked' | 'making' | 'ready' | 'failed' | 'gone'>(10),
  done: filled(integer()),
  total: filled(integer()),
  fileName: text(200),
  madeAt: nullable(moment()),
  size: nullable(bigint()),
  sha256: nullable(text(64)),
  rowCount: nullable(integer()),
  expiresAt: nullable(moment()),
  heldAt: nullable(moment()),
  heldBy: nullable(id()),
  heldWhy: nullable(text(500)),
});
