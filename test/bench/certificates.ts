import { generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite as rdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue as plainIssue, verifyCredential as plainVerify } from '@digitalbazaar/vc';
import { drawCertificate } from '../../server/proof/certificates/documents/pdf/certificate.js';
import { buildCredential, statusListUrl } from '../../server/proof/open-badges/credential.js';
import { didDocument, issuerDid } from '../../server/proof/open-badges/did.js';
import { signCredential } from '../../server/proof/open-badges/sign.js';
import { createSigner, generateKeyPair } from '../../server/proof/open-badges/issuer-key.js';
import { documentLoader } from '../../server/proof/open-badges/document-loader.js';
import { buildStatusList, openStatusList } from '../../server/proof/open-badges/status-list.js';
import { verifyCredential } from '../../server/proof/open-badges/verify.js';
import { withTarget } from './measured/figure.js';
import { keep } from './measured/keep.js';
import { BASE_URL, sample } from './sample.js';

const STRANGERS_FILE = "Verify a stranger's file: form, both proofs, list";
const PAPER = 'PDF with the certificate inside';
const TARGETS = new Map([
  [STRANGERS_FILE, 10],
  [PAPER, 15],
]);

interface Line {
  readonly what: string;
  /** CPU microseconds for each. */
  readonly micros: number;
}

/**
 * What signing and checking cost: CPU of one core, as ratios to one raw Ed25519 signature in the same run. Each certificate is
 * another one: another name, id, place and results.
 */
export async function measureCertificates(): Promise<void> {
  const { issue, plain, check, plainCheck, list, paper } = await prepare();
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const data = randomBytes(64);
  const signature = sign(null, data, privateKey);
  const raw = await cost('Raw Ed25519 signature of 64 bytes', 20_000, () => sign(null, data, privateKey));
  const byLibrary = await cost('Plain library: issue with one proof', 150, plain);
  const ours = await cost('Issue: build, sign both proofs, check', 600, issue);
  const stranger = await cost(STRANGERS_FILE, 150, check);
  const drawn = await cost(PAPER, 60, paper);
  const lines = [
    raw,
    await cost('Raw Ed25519 verification', 8_000, () => verify(null, data, publicKey, signature)),
    byLibrary,
    ours,
    await cost('Plain library: verify one proof', 150, plainCheck),
    stranger,
    await cost('Sign a status list of 131,072 places', 300, list),
    drawn,
  ];
  keep('certificates', [
    ...lines.map(({ what, micros }) => ({ what, value: micros / raw.micros, unit: '× a raw signature' })),
    ...[ours, stranger, drawn].map(({ what, micros }) =>
      withTarget({ what: `${what}: time`, value: micros / 1000, unit: 'ms of CPU' }, TARGETS.get(what)),
    ),
  ]);
}

async function prepare() {
  const key = await generateKeyPair();
  const signer = createSigner(issuerDid(BASE_URL), key);
  const did = didDocument({ baseUrl: BASE_URL, keys: [{ ...key, compromisedAt: null }] });
  const loader = documentLoader();
  const now = Date.now();
  const listText = (
    await buildStatusList({ baseUrl: BASE_URL, listId: 1, revokedIndexes: [], signer, now, loader })
  ).text;
  const opened = await openStatusList({
    listText,
    url: statusListUrl(BASE_URL, 1),
    didDocument: did,
    now,
  });
  if (!('bits' in opened)) throw new Error(opened.reason);
  const fresh = () => buildCredential(sample(now));
  const signed = () => signCredential({ credential: fresh(), signer, now, loader });
  const { text } = await signed();
  const own = new Map<string, object>([
    [did.id, did],
    ...did.verificationMethod.map(
      method => [method.id, { '@context': 'https://w3id.org/security/multikey/v1', ...method }] as const,
    ),
  ]);
  const suite = () =>
    new DataIntegrityProof({ cryptosuite: rdfc, signer, date: new Date(now).toISOString() });
  return {
    plain: () => plainIssue({ credential: fresh(), suite: suite(), documentLoader: loader }),
    async issue() {
      const each = await signed();
      const { verdict } = await verifyCredential({
        ...{ text: each.text, didDocument: did, now, statusList: opened, expectSha256: each.sha256 },
        reading: 'quick',
      });
      if (verdict !== 'valid') throw new Error(verdict);
    },
    async check() {
      const { verdict } = await verifyCredential({ text, didDocument: did, now, statusList: listText });
      if (verdict !== 'valid') throw new Error(verdict);
    },
    async plainCheck() {
      const { credentialStatus: _status, ...credential } = JSON.parse(text) as Record<string, unknown>;
      await plainVerify({ credential, suite: [suite()], documentLoader: documentLoader(own) });
    },
    list: () =>
      buildStatusList({ baseUrl: BASE_URL, listId: 1, revokedIndexes: [4711], signer, now, loader }),
    paper: () =>
      drawCertificate({
        credential: text,
        code: '0123456789ABCDEF',
        codeUrl: `${BASE_URL}/verify/0123-4567-89AB-CDEF`,
        checkUrl: `${BASE_URL}/verify`,
        ledgerHead: 'a'.repeat(64),
        timeZone: 'UTC',
        size: 'a4',
      }),
  };
}

/** CPU microseconds of each, after a tenth to warm up. */
async function cost(what: string, count: number, work: () => unknown): Promise<Line> {
  for (let round = 0; round < count / 10; round += 1) await work();
  const before = process.cpuUsage();
  for (let round = 0; round < count; round += 1) await work();
  const { user, system } = process.cpuUsage(before);
  return { what, micros: (user + system) / count };
}
