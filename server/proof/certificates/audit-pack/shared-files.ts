import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../config.js';
import { canonicalJson, type Json } from '../../../platform/lib/canonical-json.js';
import { keyLog } from '../issuer/key-log.js';
import { CERTIFICATE_CONTEXTS, pinnedContexts } from '../../open-badges/document-loader.js';
import type { LedgerRow } from '../ledger/hash.js';
import { isInOnePiece, type PackFile } from '../../../platform/lib/zip.js';

/** In the order of `CERTIFICATE_CONTEXTS`. Files are in canonical form, so that their sums are those that we pin. */
const CONTEXT_FILES = ['credentials-v2', 'open-badges-3.0.3', 'open-badges-extensions'];

/** What every pack has: the instructions, the program that checks it, the contexts and the log of keys. */
export async function* commonFiles(kind: 'certificate' | 'organisation'): AsyncGenerator<PackFile> {
  yield { path: 'VERIFY.md', content: ownFile(`VERIFY-${kind}.md`) };
  yield { path: 'verify.py', content: ownFile('verify.py') };
  for (const [at, url] of CERTIFICATE_CONTEXTS.entries())
    yield {
      path: `contexts/${CONTEXT_FILES[at]}.json`,
      content: canonicalJson(pinnedContexts.get(url) as Json),
    };
  yield { path: 'key-log.jsonl', content: (await keyLog()).map(entry => `${entry}\n`).join('') };
}

/** These files are not compiled: they are beside the sources, also when the program runs from dist/. */
const ownFile = (name: string): string =>
  readFileSync(join(projectRoot, 'server', 'proof', 'certificates', 'audit-pack', name), 'utf8');

export const listFile = (listId: number, number: number): string =>
  `status/list-${listId}-version-${number}.json`;

/** Lines of each file of lines: programs that read whole files meet none that is too large for them. */
const LINES = 10_000;

/** Lines in files of at most `most` each: `folder/part-0001.jsonl` and so on. */
export async function* inParts(
  folder: string,
  lines: AsyncIterable<string>,
  most = LINES,
): AsyncGenerator<PackFile> {
  const left = lines[Symbol.asyncIterator]();
  for (let number = 1, next = await left.next(); !next.done; number += 1) {
    const part = async function* () {
      for (let count = 0; !next.done && count < most; count += 1) {
        yield next.value;
        next = await left.next();
      }
    };
    yield { path: `${folder}/part-${String(number).padStart(4, '0')}.jsonl`, content: part() };
  }
}

/** A line for each entry, in the form in which it is hashed. */
export async function* ledgerLines(found: AsyncIterable<LedgerRow>): AsyncGenerator<string> {
  for await (const { previousHash, hash, ...entry } of found)
    yield `${canonicalJson({ row: { ...entry }, previousHash, hash })}\n`;
}

/** The files, and at the end one with the SHA-256 of each. */
export async function* withSums(files: AsyncIterable<PackFile>): AsyncGenerator<PackFile> {
  const sums: string[] = [];
  for await (const { path, content } of files) {
    const hash = createHash('sha256');
    if (isInOnePiece(content)) hash.update(content);
    yield { path, content: isInOnePiece(content) ? content : hashed(content, hash) };
    sums.push(`${hash.digest('hex')}  ${path}\n`);
  }
  yield { path: 'SHA256SUMS', content: sums.join('') };
}

async function* hashed(content: AsyncIterable<string | Uint8Array>, hash: ReturnType<typeof createHash>) {
  for await (const piece of content) {
    hash.update(piece);
    yield piece;
  }
}
