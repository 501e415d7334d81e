import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { createVerifyCryptosuite } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { cryptosuite as rdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { verifyCredential } from '@digitalbazaar/vc';
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list';
import { latestList } from '../../../server/certificates/status-lists.js';
import { didKeyDocument } from '../../../server/certificates/reading/did-key.js';
import type { DidDocument } from '../../../server/certificates/vc/did.js';
import { documentLoader } from '../../../server/certificates/vc/loader.js';
import { world } from '../../support/world.js';
import { keyFrom } from '../vc/sample.js';

/** Whether `@digitalbazaar/vc` verifies a text: with our keys and list, a stranger's did:key, and nothing else to load. */
export async function libraryVerifies(text: string, stranger = 'thief'): Promise<boolean> {
  const { issuer } = world();
  const theirs = didKeyDocument(`did:key:${(await keyFrom(stranger)).keyId}`) as DidDocument;
  const list = (await latestList(1))?.content ?? '{}';
  const own = new Map<string, object>([
    ...[issuer.document, theirs].flatMap(did => [[did.id, did] as const, ...methodsOf(did)]),
    [`${issuer.baseUrl}/status/revocation/1`, JSON.parse(list) as object],
  ]);
  const { verified } = await verifyCredential({
    credential: JSON.parse(text) as object,
    suite: [rdfc, createVerifyCryptosuite()].map(cryptosuite => new DataIntegrityProof({ cryptosuite })),
    documentLoader: documentLoader(own),
    checkStatus,
  });
  return verified;
}

const methodsOf = (did: DidDocument) =>
  did.verificationMethod.map(
    method => [method.id, { '@context': 'https://w3id.org/security/multikey/v1', ...method }] as const,
  );
