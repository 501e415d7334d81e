import type { Issuer } from '../issuer/issuer.js';
import { formerDids, keyRows } from '../issuer/key-log.js';
import { headsSince, latestHead, type PublishedHead } from '../ledger/signed-heads.js';
import { latestList, listVersion } from '../status-lists/status-lists.js';
import { didDocument, type Addresses, type DidDocument } from '../../open-badges/did.js';
import { canonicalForms } from './canonical-forms.js';
import { commonFiles, ledgerLines, listFile } from './shared-files.js';
import {
  ledgerRows,
  neighbouringEntries,
  versionAt,
  versionSince,
  type IssuedCertificate,
} from './pack-queries.js';
import type { PackFile } from '../../../platform/lib/zip.js';

/** Heads are signed daily: one of the first after an issue covers the certificate's entry. */
const NEXT_HEADS = 5;

interface Head {
  readonly ledger: { readonly seq: number };
  readonly statusLists: readonly { readonly list: number; readonly number: number }[];
}

/** Everything that proves one certificate to somebody who has nothing else. The same state gives the same files. */
export async function* certificatePack(
  certificate: IssuedCertificate,
  issuer: Issuer,
): AsyncGenerator<PackFile> {
  await issuer.refresh();
  yield* commonFiles('certificate');
  yield { path: 'credential.json', content: certificate.credential };
  yield { path: 'did.json', content: JSON.stringify(await didAt(issuer, certificate.issuedAt)) };
  yield { path: 'did-newest.json', content: JSON.stringify(issuer.document) };
  for (const [name, content] of Object.entries(await canonicalForms(certificate.credential)))
    yield { path: `canonical/${name}`, content: content as string };
  const heads = await headsFor(certificate);
  for (const { number, content } of heads) yield { path: `ledger/head-${number}.json`, content };
  yield { path: 'ledger/rows.jsonl', content: ledgerLines(await rowsFor(certificate, heads)) };
  yield* listsFor(certificate, heads);
}

/** The keys at a moment (epoch ms). */
async function didAt(addresses: Addresses, at: number): Promise<DidDocument> {
  const { keys } = await keyRows();
  const known = keys
    .filter(({ createdAt }) => createdAt <= at)
    .map(({ id, compromisedAt }) => ({
      publicKeyMultibase: id,
      compromisedAt: compromisedAt !== null && compromisedAt <= at ? compromisedAt : null,
    }));
  return didDocument({ baseUrl: addresses.baseUrl, formerDids: await formerDids(addresses), keys: known });
}

/** The first signed head that covers the certificate's entry, and the newest. */
async function headsFor({ issuedAt, ledgerSeq }: IssuedCertificate): Promise<PublishedHead[]> {
  const next = await headsSince(issuedAt, NEXT_HEADS);
  const first = next.find(head => contentOf(head).ledger.seq >= ledgerSeq);
  const newest = await latestHead();
  const heads = [first, newest].flatMap(head => head ?? []);
  return heads.filter(({ number }, at) => heads.findIndex(each => each.number === number) === at);
}

/** From the entry before the certificate's to the first head that covers it, and at least to the entry after it. */
async function rowsFor({ ledgerSeq }: IssuedCertificate, heads: readonly PublishedHead[]) {
  const { before, after } = await neighbouringEntries(ledgerSeq);
  const ends = heads.map(head => contentOf(head).ledger.seq).filter(seq => seq >= ledgerSeq);
  return ledgerRows(before, Math.max(after, ends.length > 0 ? Math.min(...ends) : 0));
}

/** The versions that show its state: at the issue, right after a change of state, when a head was signed, and newest. */
async function* listsFor(
  certificate: IssuedCertificate,
  heads: readonly PublishedHead[],
): AsyncGenerator<PackFile> {
  const { facts, issuedAt, revokedAt, suspendedAt, supersededAt } = certificate;
  const listId = facts.statusList.id;
  const changedAt = suspendedAt ?? revokedAt ?? supersededAt;
  const numbers = new Set([
    await versionAt(listId, issuedAt),
    changedAt === null ? null : await versionSince(listId, changedAt),
    ...heads.map(head => contentOf(head).statusLists.find(({ list }) => list === listId)?.number),
    (await latestList(listId))?.number,
  ]);
  for (const number of [...numbers].flatMap(each => each ?? []).sort((a, b) => a - b)) {
    const version = await listVersion(listId, number);
    if (version) yield { path: listFile(listId, number), content: version.content };
  }
}

const contentOf = ({ content }: PublishedHead): Head => JSON.parse(content) as Head;
