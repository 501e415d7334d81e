import { gunzipSync, gzipSync } from 'node:zlib';
import { statusListUrl, timestamp } from './credential.js';
import { issuerDid, type DidDocument } from './did.js';
import { signCredential, type SignedDocument } from './issue.js';
import type { Signer } from './keys.js';
import { STATUS_LIST_CONTEXTS, type DocumentLoader } from './loader.js';
import { proofFault } from './proofs.js';
import { formFault, isObject, parseCapped, type JsonObject } from './strict-form.js';

/** Bits in a list: the least that the standard allows, so that an index alone tells nothing. */
export const STATUS_LIST_SIZE = 131_072;

/** Most bytes a list may unpack to. Eight times our own size leaves room; a gzip bomb does not fit. */
const MAX_LIST_BYTES = STATUS_LIST_SIZE;
const DAY = 86_400_000;

/** A certificate's place in a list. Fail closed: any doubt about the list is `unknown`, never `good`. */
export type Status = { state: 'good' | 'revoked' } | { state: 'unknown'; reason: StatusDoubt };
export type StatusDoubt = 'no-status-list' | 'bad-status-list' | 'stale-status-list' | 'outside-status-list';

/** Signs list `listId` with the bits of `revokedIndexes` set (W3C Bitstring Status List). */
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

/**
 * Reads one bit of a list at `url`, after checking that the list is ours, whole and fresh.
 * `listText` is null when there is no list to be had.
 */
export async function readStatus(input: {
  listText: string | null;
  url: string;
  index: number;
  didDocument: DidDocument;
  now: number;
}): Promise<Status> {
  const { listText, url, index, didDocument, now } = input;
  if (listText === null) return unknown('no-status-list');
  const list = parseCapped(listText);
  if (typeof list === 'string' || !(await isOurList(listText, list, url, didDocument)))
    return unknown('bad-status-list');
  if (!isFresh(list, now)) return unknown('stale-status-list');
  return bitAt(list, index);
}

async function isOurList(text: string, list: JsonObject, url: string, did: DidDocument): Promise<boolean> {
  const { type, credentialSubject: subject } = list;
  return (
    formFault(text, list, STATUS_LIST_CONTEXTS) === null &&
    list['id'] === url &&
    list['issuer'] === did.id &&
    Array.isArray(type) &&
    type.includes('BitstringStatusListCredential') &&
    isObject(subject) &&
    subject['type'] === 'BitstringStatusList' &&
    subject['statusPurpose'] === 'revocation' &&
    (await proofFault(list, did)) === null
  );
}

function isFresh({ validFrom, validUntil }: JsonObject, now: number): boolean {
  if (typeof validFrom !== 'string' || typeof validUntil !== 'string') return false;
  return Date.parse(validFrom) <= now && now < Date.parse(validUntil);
}

function bitAt({ credentialSubject }: JsonObject, index: number): Status {
  const bits = decode(isObject(credentialSubject) ? credentialSubject['encodedList'] : null);
  if (!bits || bits.length * 8 < STATUS_LIST_SIZE) return unknown('bad-status-list');
  const byte = bits[index >> 3];
  if (byte === undefined || !Number.isInteger(index)) return unknown('outside-status-list');
  return { state: byte & (0x80 >> (index & 7)) ? 'revoked' : 'good' };
}

function unknown(reason: StatusDoubt): Status {
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
    return gunzipSync(Buffer.from(encoded.slice(1), 'base64url'), { maxOutputLength: MAX_LIST_BYTES });
  } catch {
    return null;
  }
}
