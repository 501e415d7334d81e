import { expect } from 'chai';
import util from 'jsonld/lib/util.js';
import { buildCredential } from '../../../server/proof/open-badges/credential.js';
import { documentLoader } from '../../../server/proof/open-badges/document-loader.js';
import { linkedSuite } from '../../../server/proof/open-badges/linked-suite.js';
import { facts, keyFrom, list } from './sample.js';

/** Contexts that the library may not keep, so that it processes them anew for each document. */
const options = {
  async documentLoader(url: string) {
    const { document } = await documentLoader()(url);
    return { documentUrl: url, document: structuredClone(document) };
  },
  base: null,
  safe: true,
} as const;

const canonized = (documents: readonly object[]) =>
  Promise.all(documents.map(document => linkedSuite.canonize(document, options)));

describe('the linked-data suite', () => {
  const shared = util.clone;
  let documents: object[];

  before(async () => {
    const { proof: _proof, ...statuses } = JSON.parse(await list(await keyFrom('issuer'))) as {
      proof: unknown;
    };
    const withoutSupports = { ...facts.course, supports: [] };
    documents = [
      buildCredential(facts),
      buildCredential({ ...facts, validUntil: null, assurance: 'employer', path: 'renewal' }),
      buildCredential({ ...facts, course: withoutSupports, modules: facts.modules.slice(0, 1) }),
      statuses,
    ];
  });

  afterEach(() => {
    util.clone = shared;
  });

  it('reads documents as with terms that are copied for each context', async () => {
    const found = await canonized(documents);
    const text = JSON.stringify(found);
    util.clone = value => structuredClone(value);
    expect(JSON.stringify(await canonized(documents))).to.equal(text);
    expect(found.every(quads => quads.split('\n').length > 5)).to.equal(true);
  });

  it('never changes a term that several contexts share', async () => {
    const found = await canonized(documents);
    let terms = 0;
    util.clone = value => {
      if (value instanceof Map)
        for (const term of value.values()) {
          deepFreeze(term);
          terms += 1;
        }
      return shared(value);
    };
    expect(await canonized(documents)).to.deep.equal(found);
    expect(terms).to.be.greaterThan(1000);
  });

  it('shares the terms of a context with its copies, and nothing else', () => {
    const term = { '@id': 'https://terms.example/one' };
    const copy = util.clone(new Map([['one', term]])) as Map<string, unknown>;
    expect(copy.get('one')).to.equal(term);
    const other = (util.clone({ term }) as { term: unknown }).term;
    expect(other).to.deep.equal(term);
    expect(other).not.to.equal(term);
  });
});

function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
}
