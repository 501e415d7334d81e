import { inLane } from '../../../platform/db/lanes.js';
import { row } from '../../../platform/db/rows.js';
import { sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { batched } from '../../../platform/lib/batched.js';
import type { AwardFacts, UnsignedCredential } from '../../open-badges/credential.js';
import type { OpenList } from '../../open-badges/status-list.js';
import { refuseInDoubt, type Issuer } from '../issuer/issuer.js';
import { AWARD_COLUMNS, awardHash, type Award } from '../ledger/hash.js';
import { signSeal } from '../ledger/seal.js';
import { openedList } from '../status-lists/opened-lists.js';
import { currentList } from '../status-lists/status-lists.js';
import { Certificate } from '../tables.js';
import { noteProven } from '../verification/proven.js';
import { awardCycle } from './award-cycles.js';
import { storeSigned, type SignedAward } from './store-signed.js';

/**
 * Issue the certificate of a completed cycle. Idempotent: each cycle has one award, and each award one signature. After a
 * crash in between, the next try signs the award. Returns whether the cycle was awarded now.
 */
export async function issueIfEarned(cycleId: string, issuer: Issuer, now: number): Promise<boolean> {
  refuseInDoubt(issuer);
  const found = await awardCycle({ cycleId, issuer, now });
  if (found?.isSigned === false) await sign({ award: found.award, issuer, now });
  return found?.isNew ?? false;
}

/** Sign an award unless it is signed already. */
export async function signAward(id: string, issuer: Issuer, now: number): Promise<void> {
  const award = await unsigned(id);
  if (award) await sign({ award, issuer, now });
}

const UNSIGNED = sql`select ${AWARD_COLUMNS} from ${Certificate} c
  where c.id = $1 and c.issued_at is null and c.superseded_at is null`;

/** The award, if it still waits for its signature. */
const unsigned = (id: string): Promise<Award | null> => row(UNSIGNED, [id]);

/** An award to sign. `now`: epoch ms. */
interface Asked {
  readonly award: Award;
  readonly issuer: Issuer;
  readonly now: number;
}

/**
 * Sign an award, check the signature as a stranger would, store the exact bytes and append them to the ledger: only then is
 * the certificate issued. In a rush all who wait are stored by one transaction.
 */
const sign = batched((asked: readonly Asked[]) => inLane('awaited', () => signAll(asked)));

async function signAll(asked: readonly Asked[]): Promise<void[]> {
  const [{ issuer }] = asked as [Asked];
  refuseInDoubt(issuer);
  await issuer.refresh();
  const opened = new Map<number, Promise<OpenList | null>>();
  const signed = await Promise.all(asked.map(each => signedWith(each, opened)));
  const areStored = await inTransaction(() => storeSigned(signed));
  if (!areStored) await Promise.all(asked.map(refuseUnsigned));
  return asked.map(() => undefined);
}

/** Nothing was stored. That is fine when another worker was faster, and an error when the key went out of use. */
async function refuseUnsigned({ award }: Asked): Promise<void> {
  if (await unsigned(award.id))
    throw new Error('The signing key went out of use while a certificate was signed');
}

/** `opened`: the status lists that were opened for others who are signed together. */
async function signedWith(
  { award, issuer, now }: Asked,
  opened: Map<number, Promise<OpenList | null>>,
): Promise<SignedAward> {
  const facts = JSON.parse(award.facts) as AwardFacts;
  const { id } = facts.statusList;
  const list = opened.get(id) ?? listFor(id, issuer, now);
  opened.set(id, list);
  const openList = await list;
  // All at once: the key in use may change while others sign.
  const { key, signer, did, document: didDocument } = issuer;
  const signed = await issuer.signers.sign({ facts, key, didDocument, list: openList, now });
  const awardSha256 = awardHash(award);
  const seal = await signSeal(awardSha256, { did, signer }, now);
  // Whoever signed has verified it: the first check of a stranger need not do so again.
  const text = { sha256: signed.sha256, awardSha256, seal, didDocument };
  noteProven(text, JSON.parse(signed.text) as UnsignedCredential);
  return { ...signed, award, seal, keyId: key.keyId, now };
}

/** A status list that certificates are checked against. It is signed now when there is no reliable version yet. */
async function listFor(id: number, issuer: Issuer, now: number): Promise<OpenList | null> {
  const opened = await openedList(id, issuer, now);
  if (opened) return opened;
  await currentList(id, issuer, now);
  return openedList(id, issuer, now);
}
