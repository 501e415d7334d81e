import { rows } from '../../../db/rows.js';
import { checkChain } from './chain.js';
import type { Finding } from './discrepancy.js';
import { each, parsed, seqByHash } from './rows.js';
import { checkSignatures, signedLinks, type Document } from './signatures.js';

const KEY_LOG = 'issuer_key_log';
const LOG_ROWS = `select seq, content, sha256, previous_sha256 as "previousHash" from ${KEY_LOG}
  where seq > $1 order by seq limit $2`;

/** The log of keys: its chain, its signatures, and that the keys stand as it tells. */
export async function* checkKeys(baseUrl: string): AsyncGenerator<Finding> {
  yield* checkChain(signedLinks(LOG_ROWS), { table: KEY_LOG, seqOf: seqByHash(KEY_LOG, 'seq', 'sha256') });
  yield* checkSignatures(KEY_LOG, LOG_ROWS, baseUrl);
  const tellings = new Map<string, Set<string>>();
  for await (const { content } of each<Document>(LOG_ROWS)) {
    const said = parsed<{ key: string; action: string }>(content);
    if (said) tellings.set(said.key, (tellings.get(said.key) ?? new Set()).add(said.action));
  }
  const keys = await rows<{ id: string; retired: number; compromised: number }>(
    `select id, case when retired_at is null then 0 else 1 end as retired,
       case when compromised_at is null then 0 else 1 end as compromised from issuer_keys order by id`,
  );
  for (const { id, retired, compromised } of keys) {
    const told = tellings.get(id) ?? new Set();
    const holds =
      (told.has('created') || told.has('rotated')) &&
      told.has('retired') === (retired === 1) &&
      told.has('compromised') === (compromised === 1);
    if (!holds) yield { table: 'issuer_keys', row: id, problem: 'not as the log of keys tells it' };
  }
}
