import { randomUUID } from 'node:crypto';
import { buildCredential, type AwardFacts } from '../../server/certificates/vc/credential.js';
import { didDocument, issuerDid } from '../../server/certificates/vc/did.js';
import { signCredential } from '../../server/certificates/vc/issue.js';
import { createSigner, generateIssuerKey } from '../../server/certificates/vc/keys.js';
import { documentLoader } from '../../server/certificates/vc/loader.js';
import { buildStatusList } from '../../server/certificates/vc/status-list.js';
import { verifyCredential } from '../../server/certificates/vc/verify.js';

/** CPU microseconds to sign a credential of eight modules with both proofs and to verify it, as issuing does. */
export async function issueCost(): Promise<number> {
  const baseUrl = 'https://training.example.org';
  const key = await generateIssuerKey();
  const signer = createSigner(issuerDid(baseUrl), key);
  const document = didDocument({ baseUrl, keys: [{ ...key, compromisedAt: null }] });
  const loader = documentLoader();
  const now = Date.now();
  const list = await buildStatusList({ baseUrl, listId: 1, revokedIndexes: [], signer, now, loader });
  const issue = async () => {
    const { text } = await signCredential({
      credential: buildCredential(sample(baseUrl, now)),
      signer,
      now,
      loader,
    });
    const { verdict } = await verifyCredential({ text, didDocument: document, now, statusList: list.text });
    if (verdict !== 'valid') throw new Error(verdict);
  };
  for (let round = 0; round < 30; round += 1) await issue();
  const before = process.cpuUsage();
  const rounds = 100;
  for (let round = 0; round < rounds; round += 1) await issue();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / rounds;
}

function sample(baseUrl: string, now: number): AwardFacts {
  return {
    credentialId: randomUUID(),
    subjectId: randomUUID(),
    name: 'Ada Marlow',
    course: {
      slug: 'volunteers',
      title: 'Volunteers',
      summary: 'What it covers.',
      version: 1,
      criteria: 'All quizzes.',
    },
    organisationName: 'Safe Passage',
    awardedAt: now,
    validUntil: now + 86_400_000,
    modules: Array.from({ length: 8 }, (_, index) => ({
      id: `module-${index}`,
      title: `Module ${index}`,
      percent: 90,
      requiredPercent: 66,
    })),
    minutes: 90,
    assurance: 'holder',
    baseUrl,
    issuerName: 'Safe Passage',
    statusList: { id: 1, index: 42 },
  };
}
