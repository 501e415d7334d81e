import { certificateOf, type CertificateFacts } from '../../server/proof/certificates/queries.js';
import {
  awardHash,
  ENTRY_COLUMNS,
  entryHash,
  STORED_COLUMNS,
  type LedgerRow,
  type StoredCertificate,
} from '../../server/proof/certificates/ledger/hash.js';
import { signSeal } from '../../server/proof/certificates/ledger/seal.js';
import { buildCredential } from '../../server/proof/open-badges/credential.js';
import { signCredential } from '../../server/proof/open-badges/sign.js';
import { person, signedIn } from './people.js';
import { row, write } from './rows.js';
import { almostThrough, COURSE, enrolled } from './walk.js';
import { world } from './world.js';

/** A cycle with everything done, and its certificate. */
export async function completed(holder: { id: string }, slug = COURSE) {
  const cycle = await enrolled(holder, slug);
  await almostThrough(cycle, []);
  const certificate = await certificateOf(cycle.id);
  if (!certificate?.credential) throw new Error('No certificate was issued');
  return { cycle, certificate: certificate as CertificateFacts & { credential: string; sha256: string } };
}

/** Somebody with a certificate who is not signed in. */
export async function holder(name = 'Ada Marlow') {
  const somebody = await person({ name });
  return { holder: somebody, ...(await completed(somebody)) };
}

/** Somebody with a certificate, and the browser they are signed in with. */
export async function signedInHolder(name = 'Ada Marlow') {
  const somebody = await signedIn({ name });
  return { holder: somebody, ...(await completed(somebody)) };
}

/** Makes a certificate one that was awarded so many days ago and has ended: signed as it would have been then. */
export async function expire(certificate: CertificateFacts, days = 400): Promise<void> {
  const { issuer } = world();
  const awardedAt = Date.now() - days * 86_400_000;
  // The end is explained from the rule: here it is a plain year.
  const rule = { ...certificate.facts.validity?.rule, months: 12, snap: 'none' as const };
  const facts = {
    ...certificate.facts,
    awardedAt,
    validUntil: awardedAt + 365 * 86_400_000,
    validity: { rule, previousEnd: null },
  };
  const { text, sha256 } = await signCredential({
    ...issuer,
    credential: buildCredential(facts),
    now: awardedAt,
  });
  await write(
    'update certificates set facts = $1, awarded_at = $2, valid_until = $3, credential = $4, sha256 = $5 where id = $6',
    [JSON.stringify(facts), awardedAt, facts.validUntil, text, sha256, certificate.id],
  );
  await enterAnew(certificate.id);
  await sealAnew(certificate.id);
}

/** Seals a certificate as its row is now. */
export async function sealAnew(id: string): Promise<void> {
  const stored = await row<StoredCertificate>(
    `select ${STORED_COLUMNS.text} from certificates c where c.id = $1`,
    [id],
  );
  if (!stored) throw new Error('The certificate is gone');
  const seal = await signSeal(awardHash(stored), world().issuer, Date.now());
  await write('update certificates set seal = $1 where id = $2', [seal, id]);
}

/** Makes the ledger tell of a certificate as its row is now, as somebody can who has no key. */
export async function enterAnew(id: string): Promise<void> {
  const stored = await row<StoredCertificate>(
    `select ${STORED_COLUMNS.text} from certificates c where c.id = $1`,
    [id],
  );
  const found = await row<LedgerRow>(
    `select ${ENTRY_COLUMNS.text} from issuance_ledger e where certificate_id = $1`,
    [id],
  );
  if (!stored || !found) throw new Error('The certificate is not in the ledger');
  const { previousHash, hash: _was, ...entry } = found;
  const [text, award] = [stored.sha256 ?? '', awardHash(stored)];
  const hash = entryHash({ ...entry, sha256: text, awardSha256: award }, previousHash);
  await write('update issuance_ledger set sha256 = $1, award_sha256 = $2, hash = $3 where seq = $4', [
    text,
    award,
    hash,
    entry.seq,
  ]);
  await write('update certificates set ledger_head = $1 where id = $2', [hash, id]);
}
