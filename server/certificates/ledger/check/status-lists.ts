import { rows } from '../../../db/rows.js';
import type { RestoreNoticed } from '../../../events/event-payloads.js';
import { sha256 } from '../../../lib/tokens.js';
import { setIndexes } from '../../../open-badges/status-list.js';
import { checkChain, type Link } from './chain.js';
import { MISSING, UNRECORDED, type Finding } from './discrepancy.js';
import { each, restores, told } from './rows.js';

const VERSIONS = 'status_list_versions';

interface Version {
  readonly seq: number;
  readonly content: string;
  readonly sha256: string;
  readonly previousHash: string;
  readonly createdAt: number;
}

type Signed = ReadonlyMap<string, { readonly sha256: string; readonly createdAt: number }>;

/** Every version of every list: its chain, the event that tells of it, and bits that only ever go up. */
export async function* checkLists(): AsyncGenerator<Finding> {
  const [lost, signed] = [await restores(), await signings()];
  const lists = await rows<{ id: number }>('select id from status_lists order by id');
  for (const { id } of lists) yield* checkList(id, lost, signed);
}

/** What the audit log tells of signings, by list and number. The last word counts: restores give numbers again. */
async function signings(): Promise<Signed> {
  const found = new Map<string, { sha256: string; createdAt: number }>();
  for await (const { payload, createdAt } of told('status-list.signed'))
    found.set(nameOf(payload.listId)(payload.number), { sha256: payload.sha256, createdAt });
  return found;
}

const nameOf = (list: number) => (number: number) => `list ${list}, version ${number}`;

async function* checkList(
  id: number,
  lost: readonly RestoreNoticed[],
  signed: Signed,
): AsyncGenerator<Finding> {
  const name = nameOf(id);
  const back = lost.flatMap(({ lists }) => lists.filter(({ listId }) => listId === id));
  const numbers = [...signed.keys()].filter(key => key.startsWith(`list ${id}, `)).map(lastNumber);
  yield* checkChain(links(id), {
    table: VERSIONS,
    name,
    seqOf: hash => numberWith(id, hash),
    isExplained: (after, before) => back.some(({ from, to }) => from === after && to === before),
    knownUpTo: Math.max(0, ...numbers),
  });
  const brought = new Set(back.map(({ to }) => to));
  yield* checkVersions(id, brought, signed);
}

const lastNumber = (key: string): number => Number(key.split(' ').at(-1));

const numberWith = async (list: number, hash: string): Promise<number | null> =>
  (
    await rows<{ number: number }>(`select number from ${VERSIONS} where list_id = $1 and sha256 = $2`, [
      list,
      hash,
    ])
  )[0]?.number ?? null;

const versionsOf = (list: number) =>
  each<Version>(
    `select number as seq, content, sha256, previous_sha256 as "previousHash", created_at as "createdAt"
     from ${VERSIONS} where list_id = ${list} and number > $1 order by number limit $2`,
  );

async function* links(list: number): AsyncGenerator<Link> {
  for await (const { seq, content, sha256: hash, previousHash } of versionsOf(list))
    yield { seq, hash, previousHash, hashAt: at => (at === seq ? sha256(content) : null) };
}

async function* checkVersions(
  list: number,
  brought: ReadonlySet<number>,
  signed: Signed,
): AsyncGenerator<Finding> {
  let before: number[] = [];
  let newest = 0;
  for await (const { seq, content, sha256: hash, createdAt } of versionsOf(list)) {
    const row = nameOf(list)(seq);
    const told = signed.get(row);
    if (!brought.has(seq) && (told?.sha256 !== hash || told.createdAt !== createdAt))
      yield { table: VERSIONS, row, problem: UNRECORDED };
    const bits = bitsIn(content);
    const taken = before.filter(index => !bits.has(index));
    if (taken.length > 0)
      yield { table: VERSIONS, row, problem: `takes back what stood at ${taken.join(', ')}` };
    before = [...bits];
    newest = createdAt;
  }
  yield* checkRuled(list, new Set(before), newest);
}

/** A text that cannot be read says nothing; that it was edited is found by its hash. */
function bitsIn(content: string): Set<number> {
  try {
    return new Set(setIndexes(content));
  } catch {
    return new Set();
  }
}

/** The newest version and the rulings say the same: those made since it was signed are left out. */
async function* checkRuled(
  list: number,
  bits: ReadonlySet<number>,
  signedAt: number,
): AsyncGenerator<Finding> {
  const places = await rows<{ id: string; index: number; ruledAt: number | null }>(
    `select c.id, c.status_index as "index", coalesce(r.revoked_at, s.suspended_at, c.superseded_at) as "ruledAt"
     from certificates c left join revocations r on r.certificate_id = c.id
       left join suspensions s on s.certificate_id = c.id
     where c.status_list_id = ${list} order by c.id`,
  );
  for (const { id, index, ruledAt } of places) {
    if (ruledAt !== null && ruledAt < signedAt && !bits.has(index))
      yield {
        table: VERSIONS,
        row: `list ${list}`,
        problem: `does not tell of the ruling on certificate ${id}`,
      };
    if (ruledAt === null && bits.has(index))
      yield {
        table: 'certificates',
        row: id,
        problem: `${MISSING}: the ruling on it that list ${list} tells of`,
      };
  }
}
