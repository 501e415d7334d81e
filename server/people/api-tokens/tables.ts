import { defineTable, id, key, moment, nullable, text } from '../../platform/db/table.js';

/**
 * What a program of an organisation proves itself with. `scopes`: what it may do, separated by spaces. `beginning`: the letters that
 * people tell tokens apart by; of the whole there is only a SHA-256. Nobody in `madeBy` or `endedBy`: it was done at the command
 * line. `remindedAt`: when those who need it were told that it ends.
 */
export const ApiToken = defineTable('api_tokens', {
  id: key(id()),
  organisationId: id(),
  name: text(100),
  scopes: text(200),
  beginning: text(12),
  tokenHash: text(64),
  madeBy: nullable(id()),
  madeAt: moment(),
  expiresAt: moment(),
  usedAt: nullable(moment()),
  endedBy: nullable(id()),
  endedAt: nullable(moment()),
  remindedAt: nullable(moment()),
});
