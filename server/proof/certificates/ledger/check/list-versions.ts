import { rows } from '../../../../platform/db/rows.js';
import { as, columns, renamed, sql } from '../../../../platform/db/sql.js';
import { moment, nullable } from '../../../../platform/db/table.js';
import type { RestoreNoticed } from '../../events.js';
import { sha256 as sumOf } from '../../../../platform/lib/tokens.js';
import { setIndexes } from '../../../open-badges/status-list.js';
import { StatusList, StatusListVersion } from '../../status-lists/tables.js';
import { Certificate, Revocation, Suspension } from '../../tables.js';
import { inBatches, seqWithHash } from './certificate-batches.js';
import { checkChain, type Link, type LinkPlace } from './chain.js';
import { MISSING, UNRECORDED, type Discrepancy } from './discrepancy.js';
import { recordedEvents, restores } from './recorded-events.js';
import type { Start } from './ledger-start.js';

const VERSIONS = StatusListVersion.table;
const LISTS = sql`select ${columns(StatusList, 'l', 'id')} from ${StatusList} l order by id`;

type Signings = ReadonlyMap<string, { readonly sha256: string; readonly createdAt: number }>;

/** Every version of every list: its chain, the event that records it, and bits that are never cleared. */
export async function* checkLists(start: Start | null = null): AsyncGenerator<Discrepancy> {
  const [lost, signings] = [await restores(), await recordedSignings(start)];
  for (const { id } of await rows(LISTS))
    yield* checkList(id, { lost, signings, from: start?.lists.get(id) ?? null });
}

/** What is known of a list besides its rows; `from`: the version up to which it was checked before. */
interface ListFacts {
  readonly lost: readonly RestoreNoticed[];
  readonly signings: Signings;
  readonly from: LinkPlace | null;
}

/** The signings that the audit log records, by list and number. The last counts: after a restore, numbers come again. */
async function recordedSignings(start: Start | null): Promise<Signings> {
  const found = new Map<string, { sha256: string; createdAt: number }>();
  for await (const { payload, createdAt } of recordedEvents('status-list.signed', start))
    found.set(nameOf(payload.listId)(payload.number), { sha256: payload.sha256, createdAt });
  return found;
}

const nameOf = (list: number) => (number: number) => `list ${list}, version ${number}`;

async function* checkList(id: number, { lost, signings, from }: ListFacts): AsyncGenerator<Discrepancy> {
  const restored = lost.flatMap(({ lists }) => lists.filter(({ listId }) => listId === id));
  const numbers = [...signings.keys()].filter(key => key.startsWith(`list ${id}, `)).map(lastNumber);
  yield* checkChain(links(id, from?.seq ?? 0), {
    table: VERSIONS,
    from,
    name: nameOf(id),
    seqOf: seqWithHash(versionWithHash(id)),
    isExplained: (after, before) => restored.some(({ from, to }) => from === after && to === before),
    knownUpTo: Math.max(0, ...numbers),
  });
  yield* checkVersions(id, { restored: new Set(restored.map(({ to }) => to)), signings, from });
}

const lastNumber = (key: string): number => Number(key.split(' ').at(-1));

const versionWithHash = (list: number) =>
  sql`select ${renamed(StatusListVersion, 'v', { seq: 'number' })} from ${StatusListVersion} v
      where list_id = ${list} and sha256 = $1`;

const versionsOf = (list: number, after: number) =>
  inBatches(
    sql`select ${columns(StatusListVersion, 'v', 'content', 'sha256', 'createdAt')},
          ${renamed(StatusListVersion, 'v', { seq: 'number', previousHash: 'previousSha256' })}
        from ${StatusListVersion} v where list_id = ${list} and number > $1 order by number limit $2`,
    [],
    after,
  );

async function* links(list: number, after: number): AsyncGenerator<Link> {
  for await (const { seq, content, sha256: hash, previousHash } of versionsOf(list, after))
    yield { seq, hash, previousHash, hashAt: at => (at === seq ? sumOf(content) : null) };
}

/** The version before the first that is checked shows the bits that were set. */
async function* checkVersions(
  list: number,
  { restored, signings, from }: Omit<ListFacts, 'lost'> & { readonly restored: ReadonlySet<number> },
): AsyncGenerator<Discrepancy> {
  let before: number[] = [];
  let newest = 0;
  for await (const { seq, content, sha256, createdAt } of versionsOf(list, (from?.seq ?? 1) - 1)) {
    const at = { table: VERSIONS, row: nameOf(list)(seq) };
    const signed = signings.get(at.row);
    if (
      seq !== from?.seq &&
      !restored.has(seq) &&
      (signed?.sha256 !== sha256 || signed.createdAt !== createdAt)
    )
      yield { ...at, problem: UNRECORDED };
    const bits = bitsIn(content);
    const cleared = before.filter(index => !bits.has(index));
    if (cleared.length > 0) yield { ...at, problem: `clears bits that were set: ${cleared.join(', ')}` };
    before = [...bits];
    newest = createdAt;
  }
  yield* checkBits(list, new Set(before), newest);
}

/** A text that cannot be read sets no bits; its hash shows that it was edited. */
function bitsIn(content: string): Set<number> {
  try {
    return new Set(setIndexes(content));
  } catch {
    return new Set();
  }
}

const placesOf = (list: number) =>
  sql`select ${renamed(Certificate, 'c', { id: 'id', index: 'statusIndex' })},
        coalesce(r.revoked_at, s.suspended_at, c.superseded_at) ${as('changedAt', nullable(moment()))}
      from ${Certificate} c left join ${Revocation} r on r.certificate_id = c.id
        left join ${Suspension} s on s.certificate_id = c.id
      where c.status_list_id = ${list} order by c.id`;

/** The newest version sets the bits of what was revoked, suspended or superseded before it was signed, and no others. */
async function* checkBits(
  list: number,
  bits: ReadonlySet<number>,
  signedAt: number,
): AsyncGenerator<Discrepancy> {
  for (const { id, index, changedAt } of await rows(placesOf(list))) {
    if (changedAt !== null && changedAt < signedAt && !bits.has(index))
      yield { table: VERSIONS, row: `list ${list}`, problem: `does not have the bit of certificate ${id}` };
    if (changedAt === null && bits.has(index))
      yield {
        table: Certificate.table,
        row: id,
        problem: `${MISSING}: the change of state for which list ${list} has its bit`,
      };
  }
}
