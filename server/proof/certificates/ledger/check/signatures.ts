import { rows } from '../../../../platform/db/rows.js';
import { columns, sql, type Sql } from '../../../../platform/db/sql.js';
import { sha256 as sumOf } from '../../../../platform/lib/tokens.js';
import { didDocument, type Addresses, type DidDocument } from '../../../open-badges/did.js';
import { readSignedJson } from '../../../open-badges/signed-json.js';
import { formerDids } from '../../issuer/key-log.js';
import { IssuerKey } from '../../issuer/tables.js';
import { inBatches } from './certificate-batches.js';
import type { Link } from './chain.js';
import type { Discrepancy } from './discrepancy.js';
import { parsed } from './recorded-events.js';

/** A row that holds a signed document. */
interface SignedRow {
  readonly seq: number;
  readonly content: string;
  readonly sha256: string;
  readonly previousHash: string;
}

/** Signed documents in a chain: each has its hash as a row, and names in its own text the document that it follows. */
export async function* signedLinks(query: Sql<SignedRow>, after = 0): AsyncGenerator<Link> {
  for await (const { seq, content, sha256: hash, previousHash } of inBatches(query, [], after)) {
    const signed = parsed<{ previous?: string; seq?: number; number?: number }>(content);
    const agrees = signed?.previous === previousHash;
    yield {
      seq,
      hash,
      previousHash,
      hashAt: at => (agrees && (signed.seq ?? signed.number) === at ? sumOf(content) : null),
    };
  }
}

const KEYS = sql`select ${columns(IssuerKey, 'k', 'id')} from ${IssuerKey} k`;

/** A DID document that vouches for every key there has ever been. */
export async function everyKey(addresses: Addresses): Promise<DidDocument> {
  const keys = (await rows(KEYS)).map(({ id }) => ({ publicKeyMultibase: id, compromisedAt: null }));
  return didDocument({ baseUrl: addresses.baseUrl, formerDids: await formerDids(addresses), keys });
}

/** Signatures are checked against every key there has ever been: one that is no longer trusted did sign at the time. */
export async function* checkSignatures(
  table: string,
  query: Sql<SignedRow>,
  addresses: Addresses,
  after = 0,
): AsyncGenerator<Discrepancy> {
  const document = await everyKey(addresses);
  for await (const { seq, content } of inBatches(query, [], after)) {
    const read = await readSignedJson(content, document);
    if (typeof read === 'string')
      yield { table, row: String(seq), problem: `its signature is not valid: ${read}` };
  }
}
