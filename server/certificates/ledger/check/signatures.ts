import { rows } from '../../../db/rows.js';
import { sha256 } from '../../../lib/tokens.js';
import { didDocument, type DidDocument } from '../../../open-badges/did.js';
import { readSignedJson } from '../../../open-badges/signed-json.js';
import type { Link } from './chain.js';
import type { Finding } from './discrepancy.js';
import { each, parsed } from './rows.js';

/** A row that holds a signed document. */
export interface Document {
  readonly seq: number;
  readonly content: string;
  readonly sha256: string;
  readonly previousHash: string;
}

/** Signed documents in a chain: each gives its hash, and says itself which one it follows. */
export async function* signedLinks(sql: string): AsyncGenerator<Link> {
  for await (const { seq, content, sha256: hash, previousHash } of each<Document>(sql)) {
    const said = parsed<{ previous?: string; seq?: number; number?: number }>(content);
    const agrees = said?.previous === previousHash;
    yield {
      seq,
      hash,
      previousHash,
      hashAt: at => (agrees && (said.seq ?? said.number) === at ? sha256(content) : null),
    };
  }
}

/** A DID document that asserts every key there ever was. */
export async function everyKey(baseUrl: string): Promise<DidDocument> {
  const keys = await rows<{ id: string }>('select id from issuer_keys');
  return didDocument({
    baseUrl,
    keys: keys.map(({ id }) => ({ publicKeyMultibase: id, compromisedAt: null })),
  });
}

/** Signatures are checked with every key there ever was: a key that is not trusted any more did sign then. */
export async function* checkSignatures(table: string, sql: string, baseUrl: string): AsyncGenerator<Finding> {
  const document = await everyKey(baseUrl);
  for await (const { seq, content } of each<Document>(sql)) {
    const read = await readSignedJson(content, document);
    if (typeof read === 'string')
      yield { table, row: String(seq), problem: `its signature does not hold: ${read}` };
  }
}
