import { randomUUID } from 'node:crypto';
import type { Canonize } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import rdfCanonize, { type Quad, type Term } from 'rdf-canonize';
import { linkedSuite } from './linked-suite.js';

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const NUMBER = /^\d{1,9}$/;

/** What differs between certificates of one course, or between versions of one list: by key, and only in these forms. */
const FILLED: ReadonlyMap<string, RegExp> = new Map([
  ['id', /^urn:uuid:[0-9a-f-]{36}$|^https?:\/\/[\w.:/%-]+\/status\/revocation\/\d+#\d+$/],
  ['identityHash', /^/],
  ['value', NUMBER],
  ['statusListIndex', NUMBER],
  ['encodedList', /^u[\w-]+$/],
  ['validFrom', TIME],
  ['validUntil', TIME],
  ['awardedDate', TIME],
  ['activityEndDate', TIME],
  ['created', TIME],
]);

/** A placeholder for a value. It is new in each process, so that no text can contain it. */
const SLOT = `urn:slot:${randomUUID()}:`;

/** At most so many templates are cached: courses, versions and organisations are few. */
const MOST = 200;

const templates = new Map<string, readonly Quad[]>();

/**
 * Canonical N-Quads (RDFC-1.0) as the library makes them, in a fifth of the time. The library spends most of it on what
 * is the same in every certificate of a course. Here that is done once, and ids, name, dates and results are filled in:
 * whole values, in forms that mean the same wherever they are. A template is cached only when, filled in, it gives what
 * the library makes of the document itself; until then the library's answer counts.
 */
export const canonicalQuads: Canonize = async (document, options) => {
  const { skeleton, values } = takeApart(document);
  const key = JSON.stringify(skeleton);
  const known = templates.get(key);
  if (known) return filledIn(known, values);
  const [template, text] = [
    toTemplate(await linkedSuite.canonize(skeleton, options)),
    await linkedSuite.canonize(document, options),
  ];
  if ((await filledIn(template, values)) !== text) return text;
  if (templates.size >= MOST) templates.clear();
  templates.set(key, template);
  return text;
};

/** Blank nodes get other labels: the library mistakes one that begins like its own for one that it gave. */
function toTemplate(text: string): Quad[] {
  const relabelled = <T extends Term>(term: T): T =>
    term.termType === 'BlankNode' ? { ...term, value: `b${term.value}` } : term;
  return rdfCanonize.NQuads.parse(text).map(quad => ({
    ...quad,
    subject: relabelled(quad.subject),
    object: relabelled(quad.object),
    graph: relabelled(quad.graph),
  }));
}

/** A document with a slot in place of each value, and the values by slot. */
function takeApart(document: object): { skeleton: object; values: ReadonlyMap<string, string> } {
  const values = new Map<string, string>();
  const skeleton = JSON.parse(JSON.stringify(document), (key, value: unknown) => {
    if (typeof value !== 'string' || !FILLED.get(key)?.test(value)) return value;
    const slot = `${SLOT}${values.size}`;
    values.set(slot, value);
    return slot;
  }) as object;
  return { skeleton, values };
}

function filledIn(template: readonly Quad[], values: ReadonlyMap<string, string>): Promise<string> {
  const fill = <T extends Term>(term: T): T => {
    const value = values.get(term.value);
    return value === undefined ? term : { ...term, value };
  };
  const quads = template.map(quad => ({ ...quad, subject: fill(quad.subject), object: fill(quad.object) }));
  return rdfCanonize.canonize(quads, { algorithm: 'RDFC-1.0', format: 'application/n-quads' });
}
