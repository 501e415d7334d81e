import { canonicalJson } from '../../../platform/lib/canonical-json.js';
import type { Issuer } from '../issuer/issuer.js';
import { ledgerHead } from '../ledger/ledger.js';
import { latestHead } from '../ledger/signed-heads.js';
import { changeLog } from './change-log.js';
import { commonFiles, inParts, ledgerLines, listFile } from './shared-files.js';
import { credentialsOf, erasedIn, everyVersion, ledgerRows, listsOf } from './pack-queries.js';
import type { PackFile } from '../../../platform/lib/zip.js';

/**
 * Every certificate that was issued for an organisation, also those that were revoked, with the whole ledger, which shows
 * that none is left out, and with the organisation's own log of changes. What is issued while the pack is made is not in it.
 * `seen` hears how many certificates are done.
 */
export async function* organisationPack(
  { id, name }: { id: string; name: string },
  issuer: Issuer,
  seen: (certificates: number) => Promise<void> = () => Promise.resolve(),
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
  yield* inParts('certificates', credentialLines(id, end.seq, seen));
  const erased = await erasedIn(id, end.seq);
  if (erased.length > 0)
    yield { path: 'erasures.jsonl', content: erased.map(each => `${canonicalJson({ ...each })}\n`).join('') };
  for (const { id: listId } of await listsOf(id, end.seq))
    for await (const { number, content } of everyVersion(listId))
      yield { path: listFile(listId, number), content };
}

/** The very bytes that were signed, a line each: they hold no line break. */
async function* credentialLines(
  organisationId: string,
  upTo: number,
  seen: (certificates: number) => Promise<void>,
): AsyncGenerator<string> {
  let done = 0;
  for await (const { credential } of credentialsOf(organisationId, upTo)) {
    yield `${credential}\n`;
    await seen((done += 1));
  }
}
