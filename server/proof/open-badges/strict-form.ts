import type { Json } from '../../platform/lib/canonical-json.js';
import { pinnedContexts } from './document-loader.js';

export type JsonObject = { readonly [key: string]: Json | undefined };

/** Why a text cannot be read at all. */
export type Unreadable = 'too-large' | 'not-json';

/** Why a document is not in the one form that we write. */
export type FormFault = 'too-deep' | 'wrong-context' | 'unknown-term' | 'repeated-key' | 'broken-text';

/** Limits of what is processed: linked-data processing of nested input costs far more than its bytes. */
export const MAX_BYTES = 64 * 1024;
const MAX_DEPTH = 20;

const terms = collectTerms([...pinnedContexts.values()]);

/** A text of at most 64 KB that is one JSON object, or the reason why it is not. */
export function parseCapped(text: string): JsonObject | Unreadable {
  if (text.length > MAX_BYTES || Buffer.byteLength(text) > MAX_BYTES) return 'too-large';
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : 'not-json';
  } catch {
    return 'not-json';
  }
}

/**
 * What is wrong with the form of a document: null when it is at most 20 levels deep, has exactly these contexts, and
 * every key is a plain term of the pinned contexts, written once. Linked data allows other spellings of the same statement
 * (a full address as key, an inline context). A reader that looks for `credentialStatus` would miss it in those, so they
 * are refused.
 */
export function formFault(text: string, document: JsonObject, contexts: readonly string[]): FormFault | null {
  if (deeperThan(document, MAX_DEPTH)) return 'too-deep';
  if (!sameList(document['@context'], contexts)) return 'wrong-context';
  const { '@context': _context, proof, ...rest } = document;
  const keys = [...keysIn(rest), ...proofKeys(proof, contexts)];
  if (!keys.every(key => terms.has(key))) return 'unknown-term';
  if (countKeys(text) !== [...keysIn(document)].length) return 'repeated-key';
  return hasBrokenText(document) ? 'broken-text' : null;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The byte-strict proof repeats the document's context: that copy is the only other key that begins with `@`. */
function proofKeys(proof: Json | undefined, contexts: readonly string[]): string[] {
  const proofs = Array.isArray(proof) ? (proof as Json[]) : [proof ?? null];
  return proofs.flatMap(each => {
    if (!isObject(each) || !sameList(each['@context'], contexts)) return [...keysIn(each)];
    const { '@context': _context, ...rest } = each;
    return [...keysIn(rest)];
  });
}

/** The issuer that a document names. Nothing is verified. */
export function issuerId({ issuer }: JsonObject): unknown {
  return isObject(issuer) ? issuer['id'] : issuer;
}

function sameList(value: Json | undefined, expected: readonly string[]): boolean {
  return JSON.stringify(value) === JSON.stringify(expected);
}

function children(value: Json | undefined): Json[] {
  return typeof value === 'object' && value !== null ? (Object.values(value) as Json[]) : [];
}

function deeperThan(value: Json, levels: number): boolean {
  return (
    children(value).length > 0 &&
    (levels === 0 || children(value).some(child => deeperThan(child, levels - 1)))
  );
}

function* keysIn(value: Json | undefined): Generator<string> {
  if (isObject(value)) yield* Object.keys(value);
  for (const child of children(value)) yield* keysIn(child);
}

/** Keys as written. JSON.parse keeps the last of two equal keys; another reader may keep the first. */
function countKeys(text: string): number {
  return [...text.matchAll(/"(?:[^"\\]|\\.)*"\s*(:?)/g)].filter(match => match[1] === ':').length;
}

/** Half a surrogate pair becomes U+FFFD when it is hashed, so that two different texts would share one signature. */
function hasBrokenText(value: Json): boolean {
  return typeof value === 'string' ? /\p{Surrogate}/u.test(value) : children(value).some(hasBrokenText);
}

function collectTerms(contexts: readonly object[]): ReadonlySet<string> {
  const found = (contexts as Json[]).flatMap(context => [...keysIn(context)]);
  return new Set(found.filter(key => !key.startsWith('@') && !key.includes(':')));
}
