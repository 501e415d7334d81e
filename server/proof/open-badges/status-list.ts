import { gunzipSync, gzipSync } from 'node:zlib';
import { statusListUrl, timestamp } from './credential.js';
import { documentNamed, isSamePlace, issuerDid, type DidDocument } from './did.js';
import { signCredential, type SignedDocument } from './sign.js';
import type { Signer } from './issuer-key.js';
import { STATUS_LIST_CONTEXTS, type DocumentLoader } from './document-loader.js';
import { proofFault, type ProofReading } from './proofs.js';
import { formFault, isObject, parseCapped, type JsonObject } from './strict-form.js';

/** Bits in a list: the fewest that the standard allows, so that an index by itself reveals nothing. */
export const STATUS_LIST_SIZE = 131_072;

/** The most bytes that a list may unpack to: eight times our own size, and far less than a gzip bomb. */
const MAX_LIST_BYTES = STATUS_LIST_SIZE;
const DAY = 86_400_000;

/** By how much two clocks may differ (ms): a list that was signed further in the future is refused. */
export const CLOCK_SKEW = 300_000;

/** What a list says of one place. Any doubt about the list is `unknown`, never `good`: it fails closed. */
export type Status = { state: 'good' | 'revoked' } | { state: 'unknown'; reason: StatusDoubt };
export type StatusDoubt = 'no-status-list' | 'bad-status-list' | 'stale-status-list' | 'outside-status-list';

/** Sign list `listId` with the bits of `revokedIndexes` set (W3C Bitstring Status List). */
export async function buildStatusList(input: {
  baseUrl: string;
  listId: number;
  revokedIndexes: Iterable<number>;
  signer: Signer;
  now: number;
  loader: DocumentLoader;
  validForDays?: number;
  size?: number;
}): Promise<SignedDocument> {
  const { baseUrl, listId, signer, now, loader, validForDays = 30, size = STATUS_LIST_SIZE } = input;
  const id = statusListUrl(baseUrl, listId);
  const credential = {
    '@context': [...STATUS_LIST_CONTEXTS],
    id,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: issuerDid(baseUrl),
    validFrom: timestamp(now),
    validUntil: timestamp(now + validForDays * DAY),
    credentialSubject: {
      id: `${id}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: encode(input.revokedIndexes, size),
    },
  };
  return signCredential({ credential, signer, now, loader });
}

/** A list that is ours, whole and fresh: its bits, and the moment (epoch ms) from which it is stale. */
export type OpenList = { url: string; bits: Uint8Array; until: number };

/**
 * Read one bit of the list at `url`, after checking that the list is ours, whole and fresh. `list` is its text, or the
 * list as it was opened before, or null when there is none.
 */
export async function readStatus(input: {
  list: string | OpenList | null;
  url: string;
  index: number;
  didDocument: DidDocument;
  now: number;
}): Promise<Status> {
  const { list, index } = input;
  const read = isOpen(list) ? ifFresh(list, input) : await openStatusList({ ...input, listText: list });
  return 'bits' in read ? bitAt(read.bits, index) : read;
}

function ifFresh(
  list: OpenList,
  { url, didDocument, now }: { url: string; didDocument: DidDocument; now: number },
) {
  if (!isSamePlace(didDocument, list.url, url)) return unknown('bad-status-list');
  return now < list.until ? list : unknown('stale-status-list');
}

const isOpen = (list: string | OpenList | null): list is OpenList =>
  typeof list === 'object' && list !== null;

/** Verify a list and unpack it, once for many bits. Otherwise returns why it is not believed. */
export async function openStatusList(input: {
  listText: string | null;
  url: string;
  didDocument: DidDocument;
  now: number;
  reading?: ProofReading;
}): Promise<OpenList | Extract<Status, { state: 'unknown' }>> {
  const { listText, url, didDocument, now, reading } = input;
  if (listText === null) return unknown('no-status-list');
  const list = parseCapped(listText);
  if (typeof list === 'string' || !(await isOurList(listText, list, { url, did: didDocument, reading })))
    return unknown('bad-status-list');
  if (!isFresh(list, now)) return unknown('stale-status-list');
  const bits = bitsOf(list);
  return bits ? { url, bits, until: Date.parse(list['validUntil'] as string) } : unknown('bad-status-list');
}

/** The bit of an open list. */
export function bitAt(bits: Uint8Array, index: number): Status {
  const byte = bits[index >> 3];
  if (byte === undefined || !Number.isInteger(index)) return unknown('outside-status-list');
  return { state: byte & (0x80 >> (index & 7)) ? 'revoked' : 'good' };
}

/** The indexes whose bit is set in a list that we signed ourselves. Throws when it cannot be unpacked. */
export function setIndexes(listText: string): number[] {
  const list = parseCapped(listText);
  const bits = typeof list === 'string' ? null : bitsOf(list);
  if (!bits) throw new Error('A status list that was signed cannot be read');
  const found: number[] = [];
  bits.forEach((byte, at) => {
    for (let bit = 0; byte !== 0 && bit < 8; bit += 1) if (byte & (0x80 >> bit)) found.push(at * 8 + bit);
  });
  return found;
}

async function isOurList(
  text: string,
  list: JsonObject,
  { url, did, reading }: { url: string; did: DidDocument; reading: ProofReading | undefined },
): Promise<boolean> {
  const { type, credentialSubject: subject } = list;
  const named = documentNamed(did, list['issuer']);
  return (
    named !== null &&
    formFault(text, list, STATUS_LIST_CONTEXTS) === null &&
    typeof list['id'] === 'string' &&
    isSamePlace(did, list['id'], url) &&
    Array.isArray(type) &&
    type.includes('BitstringStatusListCredential') &&
    isObject(subject) &&
    subject['type'] === 'BitstringStatusList' &&
    subject['statusPurpose'] === 'revocation' &&
    (await proofFault(list, named, reading)) === null
  );
}

function isFresh({ validFrom, validUntil }: JsonObject, now: number): boolean {
  if (typeof validFrom !== 'string' || typeof validUntil !== 'string') return false;
  return Date.parse(validFrom) <= now + CLOCK_SKEW && now < Date.parse(validUntil);
}

/** Null when there are fewer bits than the standard requires. */
function bitsOf({ credentialSubject }: JsonObject): Uint8Array | null {
  const bits = decode(isObject(credentialSubject) ? credentialSubject['encodedList'] : null);
  return bits && bits.length * 8 >= STATUS_LIST_SIZE ? bits : null;
}

function unknown(reason: StatusDoubt): Extract<Status, { state: 'unknown' }> {
  return { state: 'unknown', reason };
}

/** Index 0 is the leftmost bit; the text is multibase base64url of the gzipped bits. */
function encode(indexes: Iterable<number>, size: number): string {
  const bits = Buffer.alloc(size / 8);
  for (const index of indexes) {
    const byte = bits[index >> 3];
    if (byte === undefined) throw new RangeError(`The list has no index ${index}`);
    bits[index >> 3] = byte | (0x80 >> (index & 7));
  }
  return `u${gzipSync(bits).toString('base64url')}`;
}

function decode(encoded: unknown): Buffer | null {
  if (typeof encoded !== 'string' || !encoded.startsWith('u')) return null;
  try {
    // `base64` decodes base64url too, also in the browser's Buffer, which has no `base64url`.
    return gunzipSync(Buffer.from(encoded.slice(1), 'base64'), { maxOutputLength: MAX_LIST_BYTES });
  } catch {
    return null;
  }
}
