import { rows } from '../../../platform/db/rows.js';
import { columns, notNull, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { issuerDid, type DidDocument } from '../../open-badges/did.js';
import { bitAt, openStatusList } from '../../open-badges/status-list.js';
import { CertificateElsewhere } from './tables.js';

/** What an issuer's list says of a certificate. `unread`: it could not be fetched or verified, or has no such place. */
export type SaidByList = 'good' | 'revoked' | 'unread';

/** What asking needs: whom we trust, how a text is fetched, and when it is (epoch ms). */
export interface StatusAsking {
  readonly others: readonly DidDocument[];
  readonly fetchText: (url: string) => Promise<string>;
  readonly now: number;
}

/** How many certificates were asked about, by what was said. `outside`: their list is not on their issuer's own site. */
export type StatusesAsked = Record<SaidByList | 'outside', number>;

const ASKABLE = sql`select ${columns(CertificateElsewhere, 'e', 'id', 'organisationId', 'membershipId', 'issuer', 'statusSaid')},
    ${notNull(columns(CertificateElsewhere, 'e', 'statusUrl', 'statusIndex'))}
  from ${CertificateElsewhere} e
  where e.way = 'file' and e.state in ('waiting', 'counted') and e.status_url is not null order by e.id`;

type Askable = Awaited<ReturnType<typeof askable>>[number];
const askable = () => rows(ASKABLE);

/**
 * Ask the lists of trusted issuers whether certificates from elsewhere were revoked, each list once, and write down what they said. Only
 * a list on the issuer's own site is fetched: where a file leads elsewhere, nobody is asked.
 */
export async function askStatuses(asking: StatusAsking): Promise<StatusesAsked> {
  const asked: StatusesAsked = { good: 0, revoked: 0, unread: 0, outside: 0 };
  const lists = new Map<string, Uint8Array | null>();
  for (const certificate of await askable()) {
    const { issuer, statusUrl, statusIndex } = certificate;
    const didDocument = asking.others.find(({ id }) => id === issuer);
    const isOwn = didDocument !== undefined && siteOf(statusUrl) === issuer;
    asked.outside += isOwn ? 0 : 1;
    if (!isOwn) continue;
    if (!lists.has(statusUrl)) lists.set(statusUrl, await readList(statusUrl, didDocument, asking));
    const bits = lists.get(statusUrl);
    const said = bits ? saidAt(bits, statusIndex) : 'unread';
    await write(certificate, said, asking.now);
    asked[said] += 1;
  }
  return asked;
}

/** Whose site an address is on, as a DID; null: it is none that may be fetched. */
function siteOf(url: string): string | null {
  const { protocol, origin } = URL.parse(url) ?? {};
  return protocol === 'https:' && origin ? issuerDid(origin) : null;
}

async function readList(
  url: string,
  didDocument: DidDocument,
  { fetchText, now }: StatusAsking,
): Promise<Uint8Array | null> {
  const listText = await fetchText(url).catch(() => null);
  const opened = await openStatusList({ listText, url, didDocument, now });
  return 'bits' in opened ? opened.bits : null;
}

function saidAt(bits: Uint8Array, index: number): SaidByList {
  const { state } = bitAt(bits, index);
  return state === 'unknown' ? 'unread' : state;
}

const SAY = sql`update ${CertificateElsewhere} set status_said = $2, status_asked_at = $3 where id = $1`;

/** A revocation that is new stands in the organisation's log; from which day it does not count, an administrator decides. */
const write = (
  { id, organisationId, membershipId, statusSaid }: Askable,
  said: SaidByList,
  now: number,
): Promise<void> =>
  inTransaction(async () => {
    await rows(SAY, [id, said, now]);
    if (said !== 'revoked' || statusSaid === 'revoked') return;
    const news = { elsewhereId: id, membershipId };
    await record('elsewhere.found-revoked', news, { actorId: null, organisationId, now });
  });
