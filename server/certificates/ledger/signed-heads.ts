import { row, rows } from '../../db/rows.js';
import { afterCommit, inTransaction } from '../../db/transaction.js';
import { endOfChain, record } from '../../events/record.js';
import { refuseInDoubt, type Issuer } from '../issuer/issuer.js';
import { ledgerHead, lostInRestores } from './ledger.js';
import { GENESIS } from './hash.js';
import { timestamp } from '../../open-badges/credential.js';
import { signJson } from '../../open-badges/signed-json.js';

/** A signed head of the ledger, as published. */
export interface SignedHead {
  readonly number: number;
  readonly content: string;
  readonly sha256: string;
}

const HEAD = 'select number, content, sha256 from ledger_heads';

/** The newest signed head, or null. */
export const latestHead = (): Promise<SignedHead | null> =>
  row<SignedHead>(`${HEAD} order by number desc limit 1`);

/** One signed head by its number, or null. */
export const signedHead = (number: number): Promise<SignedHead | null> =>
  row<SignedHead>(`${HEAD} where number = $1`, [number]);

/**
 * Sign where everything stands now: the ledger, the audit log, every status list and the log of keys. Whoever
 * keeps a copy can show later that a row was changed, dropped or put in before that day.
 */
export function signHead(issuer: Issuer, now: number): Promise<void> {
  return inTransaction(async () => {
    refuseInDoubt(issuer);
    await issuer.refresh();
    const audit = await endOfChain();
    const before = await latestHead();
    const number = Math.max(before?.number ?? 0, (await lostInRestores()).headNumber) + 1;
    const document = {
      type: 'LedgerHead',
      id: `${issuer.baseUrl}/ledger/heads/${number}`,
      issuer: issuer.did,
      number,
      at: timestamp(now),
      previous: before?.sha256 ?? GENESIS,
      ledger: { ...(await ledgerHead()) },
      audit,
      statusLists: await newestLists(),
      keyLog: await newestKeyEntry(),
    };
    const { text, sha256 } = await signJson(document, issuer.signer, now);
    await rows(
      `insert into ledger_heads (number, content, sha256, previous_sha256, created_at) values ($1, $2, $3, $4, $5)`,
      [number, text, sha256, document.previous, now],
    );
    await record('ledger.head-signed', { number, sha256 }, { actorId: null, organisationId: null, now });
    afterCommit(() => issuer.marks.head(number));
  });
}

/** What a head says of a signed document that has versions. */
interface Newest {
  readonly [key: string]: string | number;
}

const newestLists = (): Promise<Newest[]> =>
  rows<Newest>(
    `select list_id as list, number, sha256 from status_list_versions v
     where number = (select max(number) from status_list_versions where list_id = v.list_id) order by list_id`,
  );

const newestKeyEntry = async (): Promise<Newest | null> =>
  row<Newest>('select seq, sha256 from issuer_key_log order by seq desc limit 1');
