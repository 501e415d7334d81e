import { z } from 'zod';
import { row } from '../../../db/rows.js';
import { GENESIS } from '../hash.js';
import { checkChain } from './chain.js';
import { UNRECORDED, type Finding } from './discrepancy.js';
import { checkKnownHead } from './issued.js';
import { each, parsed, restores, seqByHash, told } from './rows.js';
import { checkSignatures, signedLinks, type Document } from './signatures.js';

const HEADS = 'ledger_heads';
const HEAD_ROWS = `select number as seq, content, sha256, previous_sha256 as "previousHash" from ${HEADS}
  where number > $1 order by number limit $2`;

/** The signed heads: their chain and signatures, and that everything they name still stands. */
export async function* checkHeads(baseUrl: string): AsyncGenerator<Finding> {
  const lost = await restores();
  const tellings = new Map<number, string>();
  for await (const { payload } of told('ledger.head-signed')) tellings.set(payload.number, payload.sha256);
  yield* checkChain(signedLinks(HEAD_ROWS), {
    table: HEADS,
    seqOf: seqByHash(HEADS, 'number', 'sha256'),
    isExplained: (_after, before) => lost.some(({ headNumber }) => headNumber === before - 1),
    knownUpTo: Math.max(0, ...tellings.keys()),
  });
  yield* checkSignatures(HEADS, HEAD_ROWS, baseUrl);
  for await (const { seq, content, sha256: hash } of each<Document>(HEAD_ROWS)) {
    if (tellings.get(seq) !== hash) yield { table: HEADS, row: String(seq), problem: UNRECORDED };
    yield* checkNamed(seq, content);
  }
}

const Place = z.object({ seq: z.number(), hash: z.string() });
const Head = z.object({
  ledger: Place,
  audit: Place,
  statusLists: z.array(z.object({ list: z.number(), number: z.number(), sha256: z.string() })),
  keyLog: z.object({ seq: z.number(), sha256: z.string() }).nullable(),
});

/** What a head names stands as it says. One that cannot be read names nothing; that it was edited is found by its hash. */
async function* checkNamed(number: number, content: string): AsyncGenerator<Finding> {
  const head = Head.safeParse(parsed(content)).data;
  if (!head) return;
  const from = `signed head ${number}`;
  if (head.ledger.seq > 0) yield* checkKnownHead(head.ledger, from);
  const places: [string, string, readonly (string | number)[], string, string][] = [
    [
      'events',
      'select hash as sum from events where seq = $1',
      [head.audit.seq],
      head.audit.hash,
      String(head.audit.seq),
    ],
    ...head.statusLists.map(({ list, number: version, sha256: sum }): (typeof places)[number] => [
      'status_list_versions',
      'select sha256 as sum from status_list_versions where list_id = $1 and number = $2',
      [list, version],
      sum,
      `list ${list}, version ${version}`,
    ]),
  ];
  if (head.keyLog)
    places.push([
      'issuer_key_log',
      `select sha256 as sum from issuer_key_log where seq = $1`,
      [head.keyLog.seq],
      head.keyLog.sha256,
      String(head.keyLog.seq),
    ]);
  for (const [table, sql, params, sum, name] of places) {
    const here = await row<{ sum: string }>(sql, params);
    if (here?.sum !== sum && sum !== GENESIS) yield { table, row: name, problem: `not as ${from} tells it` };
  }
}
