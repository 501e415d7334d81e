import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { fromJwk } from '@digitalbazaar/ed25519-multikey';
import { buildCredential, type AwardFacts } from '../../../server/proof/open-badges/credential.js';
import { didDocument, issuerDid } from '../../../server/proof/open-badges/did.js';
import { signCredential } from '../../../server/proof/open-badges/sign.js';
import { createSigner, type IssuerKeyPair } from '../../../server/proof/open-badges/issuer-key.js';
import { documentLoader } from '../../../server/proof/open-badges/document-loader.js';
import { buildStatusList } from '../../../server/proof/open-badges/status-list.js';

export const BASE_URL = 'https://training.example';
export const DID = issuerDid(BASE_URL);
export const AWARDED = Date.UTC(2026, 10, 24, 9, 30);
export const DAY = 86_400_000;
export const LATER = AWARDED + 10 * DAY;
export const loader = documentLoader();

export const facts: AwardFacts = {
  credentialId: '0f0e8f5c-6f0e-4ad1-9a55-3f4e3f0a7c11',
  subjectId: '6d1b7a52-14b6-4a83-8d0b-5f2a6b0f9c22',
  name: 'Zoë Łukasz',
  course: {
    slug: 'airline-and-transport',
    title: 'Airline and transport',
    summary: 'Recognising and reporting child trafficking.',
    version: 3,
    criteria: 'Passed every module quiz and the final assessment.',
    supports: [{ name: 'Article 3', framework: 'United Nations', url: 'https://un.example/protocol' }],
  },
  organisationName: 'Northern Air',
  awardedAt: AWARDED,
  validUntil: AWARDED + 365 * DAY,
  modules: [
    { id: 'foundations', title: 'Foundations', percent: 92, requiredPercent: 80 },
    { id: 'reporting', title: 'Reporting', percent: 100, requiredPercent: 80 },
  ],
  minutes: 180,
  assurance: 'holder',
  baseUrl: BASE_URL,
  issuerName: 'Safe Passage Example',
  statusList: { id: 1, index: 4711 },
};

/** The same key for the same word, so that a failing test fails alike every time. */
export async function keyFrom(word: string): Promise<IssuerKeyPair> {
  const seed = createHash('sha256').update(word).digest();
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const privateKey = createPrivateKey({ key: der, type: 'pkcs8', format: 'der' });
  const jwk = createPublicKey(privateKey).export({ format: 'jwk' });
  const { publicKeyMultibase } = await fromJwk({ jwk });
  return { keyId: publicKeyMultibase, publicKeyMultibase, privateKey };
}

/** A DID document that trusts these keys. */
export function trusting(...keys: IssuerKeyPair[]) {
  return didDocument({ baseUrl: BASE_URL, keys: keys.map(key => ({ ...key, compromisedAt: null })) });
}

export async function issue(key: IssuerKeyPair, changes: Partial<AwardFacts> = {}) {
  const credential = buildCredential({ ...facts, ...changes });
  return signCredential({ credential, signer: createSigner(DID, key), now: AWARDED, loader });
}

export async function list(key: IssuerKeyPair, revokedIndexes: number[] = [], now = AWARDED) {
  const signer = createSigner(DID, key);
  return (await buildStatusList({ baseUrl: BASE_URL, listId: 1, revokedIndexes, signer, now, loader })).text;
}
