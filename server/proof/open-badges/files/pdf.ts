import { inflateSync } from 'node:zlib';
import { MAX_BYTES } from '../strict-form.js';

/** A file with more attachments is not read: ours has one. */
const MOST = 20;

/** How far a stream's dictionary may extend from its type, in bytes. */
const NEAR = 1024;

export const isPdf = (bytes: Buffer): boolean => /^%PDF-[12]\.\d/.test(bytes.toString('latin1', 0, 8));

/**
 * The attachments of a PDF, unpacked, each at most 64 KB. The file is searched for attachment streams instead of being
 * parsed: streams are never inside other streams (ISO 32000-1, 7.5.7), so no reference has to be followed that might lead
 * in circles or unpack to gigabytes, and the pages are never read. Files that other programs saved again are read too;
 * encrypted ones are not. Empty when the file is truncated.
 */
export function attachmentsOf(bytes: Buffer): Buffer[] {
  if (bytes.indexOf('%%EOF', Math.max(0, bytes.length - NEAR)) === -1) return [];
  const found: Buffer[] = [];
  let at = bytes.indexOf('/EmbeddedFile');
  for (let seen = 0; at !== -1; at = bytes.indexOf('/EmbeddedFile', at + 1)) {
    if (/[\w#]/.test(String.fromCharCode(bytes[at + 13] ?? 32))) continue;
    if ((seen += 1) > MOST) return [];
    const attached = unpackedAt(bytes, at);
    if (attached) found.push(attached);
  }
  return found;
}

/** The stream whose dictionary contains the type at `at`; null when there is none, or its filter is unknown. */
function unpackedAt(bytes: Buffer, at: number): Buffer | null {
  const before = bytes.toString('latin1', Math.max(0, at - NEAR), at);
  const after = bytes.toString('latin1', at, at + NEAR);
  const begin = /\d obj\s*(<<(?:(?!endobj|stream)[^])*)$/.exec(before.slice(before.lastIndexOf(' obj') - 1));
  const end = /^((?:(?!endobj|stream)[^])*>>)\s*stream\r?\n/.exec(after);
  if (!begin || !end) return null;
  const dictionary = `${begin[1]}${end[1]}`;
  const data = bytes.subarray(at + end[0].length);
  return unpack(data.subarray(0, lengthOf(data, dictionary)), dictionary);
}

/** The length may be in another object: then the stream ends at `endstream`, without the line end before it. */
function lengthOf(data: Buffer, dictionary: string): number {
  const written = /\/Length\s+(\d+)(?!\d*\s+\d+\s+R)/.exec(dictionary);
  if (written) return Number(written[1]);
  const end = Math.max(0, data.indexOf('endstream'));
  return end - (/\r?\n?$/.exec(data.toString('latin1', Math.max(0, end - 2), end))?.[0].length ?? 0);
}

function unpack(data: Buffer, dictionary: string): Buffer | null {
  const filter = /\/Filter\s*\[?\s*\/(\w+)\s*(\]|\/|>>)?/.exec(dictionary);
  if (!filter) return data.length > MAX_BYTES ? null : data;
  if (filter[1] !== 'FlateDecode' || /\/DecodeParms\b/.test(dictionary)) return null;
  try {
    return inflateSync(data, { maxOutputLength: MAX_BYTES });
  } catch {
    return null;
  }
}
