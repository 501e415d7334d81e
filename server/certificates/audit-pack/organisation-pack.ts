import { Conflict } from '../../errors.js';
import { canonicalJson } from '../../lib/canonical-json.js';
import type { Issuer } from '../issuer/issuer.js';
import { ledgerHead } from '../ledger/ledger.js';
import { latestHead } from '../ledger/signed-heads.js';
import { changeLog } from './change-log.js';
import { commonFiles, ledgerLines, listFile } from './shared-files.js';
import { countOf, credentialsOf, erasedIn, everyVersion, ledgerRows, listsOf } from './pack-queries.js';
import type { PackFile } from '../../lib/zip.js';

/** A zip holds at most 65 535 files. */
const MOST_CERTIFICATES = 60_000;

/** How many certificates its pack holds. Throws Conflict when an organisation has more than fit. */
export async function checkPackable(organisationId: string): Promise<number> {
  const count = await countOf(organisationId);
  if (count > MOST_CERTIFICATES) throw new Conflict(`A pack holds at most ${MOST_CERTIFICATES} certificates`);
  return count;
}

/**
 * Every certificate that was issued for an organisation, also those that were revoked, with the whole ledger, which shows
 * that none is left out, and with the organisation's own log of changes. What is issued while the pack is made is not in it.
 */
export async function* organisationPack(
  { id, name }: { id: string; name: string },
  issuer: Issuer,
): AsyncGenerator<PackFile> {
  await issuer.refresh();
  const end = await ledgerHead();
  const head = await latestHead();
  yield* commonFiles('organisation');
  yield { path: 'organisation.json', content: canonicalJson({ id, name }) };
  yield { path: 'did.json', content: JSON.stringify(issuer.document) };
  if (head) yield { path: `ledger/head-${head.number}.json`, content: head.content };
  if (head) yield* changeLog(id, head.number);
  yield { path: 'ledger/rows.jsonl', content: ledgerLines(ledgerRows(1, end.seq)) };
  for await (const { id: certificateId, credential } of credentialsOf(id, end.seq))
    yield { path: `certificates/${certificateId}.json`, content: credential };
  const erased = await erasedIn(id, end.seq);
  if (erased.length > 0)
    yield { path: 'erasures.jsonl', content: erased.map(each => `${canonicalJson({ ...each })}\n`).join('') };
  for (const { id: listId } of await listsOf(id, end.seq))
    for await (const { number, content } of everyVersion(listId))
      yield { path: listFile(listId, number), content };
}
