import { row, rows } from '../../../platform/db/rows.js';
import { as, columns, renamed, sql } from '../../../platform/db/sql.js';
import { bigint, integer, nullable, text, type Row } from '../../../platform/db/table.js';
import { inBatches } from '../ledger/check/certificate-batches.js';
import { Erasure } from '../erasure/tables.js';
import { ENTRY_COLUMNS, type LedgerRow } from '../ledger/hash.js';
import { IssuanceEntry } from '../ledger/tables.js';
import type { CertificateFacts } from '../queries.js';
import { StatusListVersion } from '../status-lists/tables.js';
import { Certificate } from '../tables.js';

/** A certificate that is signed and has its entry in the ledger. */
export type IssuedCertificate = CertificateFacts & {
  credential: string;
  issuedAt: number;
  ledgerSeq: number;
};

/** A version of a status list, as a file. */
export type ArchivedList = Readonly<Pick<Row<typeof StatusListVersion>, 'listId' | 'number' | 'content'>>;

/** The entries of the ledger from one number to another, in order, some at a time. */
export const ledgerRows = (from: number, to: number): AsyncGenerator<LedgerRow> =>
  inBatches(
    sql`select ${ENTRY_COLUMNS} from ${IssuanceEntry} e
        where seq > $1 and seq >= ${from} and seq <= ${to} order by seq limit $2`,
  );

const NEIGHBOURS = sql`select
  (select max(seq) from ${IssuanceEntry} where seq < $1) ${as('before', nullable(bigint()))},
  (select min(seq) from ${IssuanceEntry} where seq > $1) ${as('after', nullable(bigint()))}`;

/** The numbers of the entries before and after an entry; its own where there is none. */
export async function neighbouringEntries(seq: number): Promise<{ before: number; after: number }> {
  const found = await row(NEIGHBOURS, [seq]);
  return { before: found?.before ?? seq, after: found?.after ?? seq };
}

const NUMBER = as('number', nullable(integer()));

const VERSION_AT = sql`select coalesce(
    (select max(number) from ${StatusListVersion} where list_id = $1 and created_at <= $2),
    (select min(number) from ${StatusListVersion} where list_id = $1)
  ) ${NUMBER}`;

/** The number of the newest version of a list at a moment (epoch ms), or of the first after it; null when there is none. */
export const versionAt = async (listId: number, at: number): Promise<number | null> =>
  (await row(VERSION_AT, [listId, at]))?.number ?? null;

const VERSION_SINCE = sql`select min(number) ${NUMBER} from ${StatusListVersion}
  where list_id = $1 and created_at >= $2`;

/** The number of the first version of a list since a moment (epoch ms); null when there is none. */
export const versionSince = async (listId: number, at: number): Promise<number | null> =>
  (await row(VERSION_SINCE, [listId, at]))?.number ?? null;

const LISTS = sql`select distinct ${renamed(Certificate, 'c', { id: 'statusListId' })}
  from ${Certificate} c join ${IssuanceEntry} e on e.certificate_id = c.id
  where e.organisation_id = $1 and e.seq <= $2 order by 1`;

/** The lists that certificates of an organisation name, up to an entry of the ledger. */
export const listsOf = (organisationId: string, upTo: number): Promise<{ id: number }[]> =>
  rows(LISTS, [organisationId, upTo]);

/** Every version of a list, oldest first, some at a time. */
export async function* everyVersion(listId: number): AsyncGenerator<ArchivedList> {
  const found = inBatches(
    sql`select ${renamed(StatusListVersion, 'v', { seq: 'number', content: 'content' })}
        from ${StatusListVersion} v where list_id = ${listId} and number > $1 order by number limit $2`,
  );
  for await (const { seq, content } of found) yield { listId, number: seq, content };
}

const CREDENTIALS = sql`select ${columns(IssuanceEntry, 'e', 'seq')}, ${columns(Certificate, 'c', 'id')},
    c.credential ${as('credential', text())}
  from ${IssuanceEntry} e join ${Certificate} c on c.id = e.certificate_id
  where e.organisation_id = $3 and e.seq > $1 and e.seq <= $4 and c.credential is not null
  order by e.seq limit $2`;

/**
 * Signed certificates of an organisation by their entries in the ledger, up to an entry, some at a time. One whose bytes
 * are gone is left out: the pack still has its entry, and so shows that the certificate is missing.
 */
export const credentialsOf = (
  organisationId: string,
  upTo: number,
): AsyncGenerator<{ id: string; credential: string }> => inBatches(CREDENTIALS, [organisationId, upTo]);

const ERASED = sql`select ${columns(Erasure, 'x', 'certificateId', 'sha256', 'awardSha256')} from ${Erasure} x
  join ${IssuanceEntry} e on e.certificate_id = x.certificate_id
  where e.organisation_id = $1 and e.seq <= $2 order by e.seq`;

/** The certificates of an organisation whose details were erased: their hashes, which the ledger has, too. */
export const erasedIn = (organisationId: string, upTo: number) => rows(ERASED, [organisationId, upTo]);

const COUNT = sql`select count(*) ${as('n', integer())} from ${IssuanceEntry} where organisation_id = $1`;

/** How many certificates of an organisation are in the ledger. */
export const countOf = async (organisationId: string): Promise<number> =>
  Number((await row(COUNT, [organisationId]))?.n);
