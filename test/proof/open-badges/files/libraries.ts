import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { createVerifyCryptosuite } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { cryptosuite as rdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { verifyCredential } from '@digitalbazaar/vc';
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list';
import { latestList } from '../../../../server/proof/certificates/status-lists/status-lists.js';
import { didKeyDocument } from '../../../../server/proof/open-badges/files/did-key.js';
import { statusListUrl } from '../../../../server/proof/open-badges/credential.js';
import type { DidDocument } from '../../../../server/proof/open-badges/did.js';
import { documentLoader } from '../../../../server/proof/open-badges/document-loader.js';
import { rows } from '../../../support/rows.js';
import { world } from '../../../support/world.js';
import { keyFrom } from '../sample.js';

/** Whether `@digitalbazaar/vc` verifies a text: with our keys and lists, a stranger's did:key, and nothing else to load. */
export async function libraryVerifies(text: string, stranger = 'thief'): Promise<boolean> {
  const { issuer } = world();
  const theirs = didKeyDocument(`did:key:${(await keyFrom(stranger)).keyId}`) as DidDocument;
  const ids = await rows<{ id: number }>('select id from status_lists');
  const lists = await Promise.all(ids.map(async ({ id }) => ({ id, signed: await latestList(id) })));
  const own = new Map<string, object>([
    ...[issuer.document, theirs].flatMap(did => [[did.id, did] as const, ...methodsOf(did)]),
    ...lists.flatMap(({ id, signed }) =>
      signed ? [[statusListUrl(issuer.baseUrl, id), JSON.parse(signed.content) as object] as const] : [],
    ),
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
