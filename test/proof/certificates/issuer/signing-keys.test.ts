import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite as rdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { verifyCredential as plainVerify } from '@digitalbazaar/vc';
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list';
import { expect } from 'chai';
import {
  certificateByCode,
  findCertificate,
  type CertificateFacts,
} from '../../../../server/proof/certificates/queries.js';
import { openIssuer } from '../../../../server/proof/certificates/issuer/issuer.js';
import { keyLog, logKey } from '../../../../server/proof/certificates/issuer/key-log.js';
import {
  compromiseKey,
  listKeys,
  retireKey,
  rotateKey,
} from '../../../../server/proof/certificates/issuer/signing-keys.js';
import {
  reissueAfterCompromise,
  reissueProgress,
} from '../../../../server/proof/certificates/lifecycle/reissue-after-compromise.js';
import { reinstate } from '../../../../server/proof/certificates/lifecycle/supersede.js';
import { suspend } from '../../../../server/proof/certificates/lifecycle/revoke.js';
import { latestList } from '../../../../server/proof/certificates/status-lists/status-lists.js';
import { verdictOn } from '../../../../server/proof/certificates/verification/verdict.js';
import { buildCredential } from '../../../../server/proof/open-badges/credential.js';
import type { DidDocument } from '../../../../server/proof/open-badges/did.js';
import { signCredential } from '../../../../server/proof/open-badges/sign.js';
import { createSigner, generateKeyPair } from '../../../../server/proof/open-badges/issuer-key.js';
import { documentLoader } from '../../../../server/proof/open-badges/document-loader.js';
import { signSeal } from '../../../../server/proof/certificates/ledger/seal.js';
import { readSignedJson } from '../../../../server/proof/open-badges/signed-json.js';
import { verifyCredential } from '../../../../server/proof/open-badges/verify.js';
import { row, count, write } from '../../../support/rows.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { Conflict, NotFound } from '../../../../server/errors.js';
import { sha256 } from '../../../../server/platform/lib/tokens.js';
import { dina } from '../../../support/people.js';
import { enterAnew, holder } from '../../../support/holders.js';
import { ownWorld, world } from '../../../support/world.js';

const now = () => Date.now();
const by = () => ({ actorId: null, now: now() });
const deps = () => ({
  baseUrl: world().base,
  sealKey: world().secrets.issuerKeys,
});
const inUse = async () => (await listKeys()).find(key => key.inUse)?.id ?? '';
const rotate = async () => rotateKey(await inUse(), deps(), by());

/** The DID document as the world reads it. */
const published = async () =>
  JSON.parse((await world().visitor().get('/.well-known/did.json', { accept: '*/*' })).text) as DidDocument;

async function ours({ credential, facts }: CertificateFacts) {
  const statusList = (await latestList(facts.statusList.id))?.content ?? null;
  const input = { text: credential ?? '', didDocument: await published(), now: now(), statusList };
  return verifyCredential(input);
}

/** A library that nobody here wrote, given the published documents and no network. */
async function foreign({ credential, facts }: CertificateFacts): Promise<boolean> {
  const did = await published();
  const list = await latestList(facts.statusList.id);
  const methods = did.verificationMethod.map(
    method => [method.id, { '@context': 'https://w3id.org/security/multikey/v1', ...method }] as const,
  );
  const own = new Map<string, object>([
    [did.id, did],
    ...methods,
    [`${world().base}/status/revocation/${facts.statusList.id}`, JSON.parse(list?.content ?? '') as object],
  ]);
  const result = await plainVerify({
    credential: JSON.parse(credential ?? '') as object,
    suite: [new DataIntegrityProof({ cryptosuite: rdfc })],
    documentLoader: documentLoader(own),
    checkStatus,
    now: new Date(),
  });
  return result.verified;
}

async function found(id: string | null): Promise<CertificateFacts> {
  const certificate = await findCertificate(id);
  if (!certificate) throw new Error('The certificate is gone');
  return certificate;
}

describe('the keys that sign', () => {
  ownWorld();

  it('what each key signed stays valid, here and elsewhere, after rotation and retirement', async () => {
    const first = await inUse();
    const one = (await holder()).certificate;
    const second = await rotate();
    const two = (await holder()).certificate;
    await retireKey(first, deps(), by());
    expect([one.keyId, two.keyId]).to.deep.equal([first, second]);
    for (const certificate of [one, two]) {
      expect((await ours(certificate)).verdict).to.equal('valid');
      expect(await foreign(certificate)).to.equal(true);
      expect(await verdictOn(certificate, world().issuer, now())).to.equal('valid');
    }
    const { assertionMethod, verificationMethod } = await published();
    for (const key of [first, second]) {
      expect(assertionMethod).to.include(`${world().issuer.did}#${key}`);
      expect(verificationMethod.map(({ publicKeyMultibase }) => publicKeyMultibase)).to.include(key);
    }
  });

  it('a running process uses a key that another process put in use from its next signature on', async () => {
    const { config, secrets, issuer } = world();
    const elsewhere = await openIssuer(config, secrets.issuerKeys, now());
    const before = issuer.keyId;
    const fresh = await rotate();
    expect(elsewhere.keyId).to.equal(before);
    await elsewhere.refresh();
    expect(elsewhere.keyId).to.equal(fresh);
    expect(elsewhere.document.assertionMethod).to.include(`${issuer.did}#${fresh}`);
    expect((await holder()).certificate.keyId).to.equal(fresh);
  });

  it('of two rotations at the same time one makes a new key, and one key is in use', async () => {
    const from = await inUse();
    const before = (await listKeys()).length;
    const tries = await Promise.allSettled([1, 2, 3].map(() => rotateKey(from, deps(), by())));
    expect(tries.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    const keys = await listKeys();
    expect([keys.length, keys.filter(key => key.inUse).length]).to.deep.equal([before + 1, 1]);
    const second = `update issuer_keys set in_use = 1 where id = '${from}'`;
    expect(await write(second).catch((fault: unknown) => String(fault))).to.match(/unique/i);
  });

  it('the key in use cannot be retired, nor a key twice, nor an unknown key', async () => {
    const fault = async (id: string) => retireKey(id, deps(), by()).catch((thrown: unknown) => thrown);
    expect(await fault(await inUse())).to.be.instanceOf(Conflict);
    const old = await inUse();
    await rotate();
    await retireKey(old, deps(), by());
    expect(await fault(old)).to.be.instanceOf(Conflict);
    expect(await fault('zNothing')).to.be.instanceOf(NotFound);
  });

  it('the private half of a retired key is deleted', async () => {
    const old = await inUse();
    await rotate();
    await retireKey(old, deps(), by());
    const kept = await row('select sealed_private_key as sealed from issuer_keys where id = $1', [old]);
    expect(kept).to.deep.equal({ sealed: '' });
  });

  it('the key log is signed and chained, and leads from the first key to the one in use', async () => {
    await rotate();
    const document = await published();
    const texts = await keyLog();
    let previous = '0'.repeat(64);
    const trusted = new Set<string>();
    for (const [index, text] of texts.entries()) {
      const entry = JSON.parse(text) as {
        seq: number;
        previous: string;
        key: string;
        action: string;
        proof: { verificationMethod: string };
      };
      expect([entry.seq, entry.previous]).to.deep.equal([index + 1, previous]);
      const signer = entry.proof.verificationMethod.split('#')[1] ?? '';
      if (entry.action === 'rotated') expect(trusted.has(signer), text).to.equal(true);
      if (entry.action === 'created' || entry.action === 'rotated') trusted.add(entry.key);
      if (document.assertionMethod.some(id => id.endsWith(`#${signer}`)))
        expect(await readSignedJson(text, document)).to.be.an('object');
      previous = sha256(text);
    }
    expect(trusted.has(await inUse())).to.equal(true);
    const page = await world().visitor().get('/issuer/keys', { accept: '*/*' });
    const { entries } = JSON.parse(page.text) as { entries: object[] };
    expect(entries.map(entry => JSON.stringify(entry))).to.deep.equal(texts);
  });

  describe('when one is compromised', () => {
    const scene = async () => {
      const stolen = await rotate();
      const under = [await holder(), await holder(), await holder()].map(({ certificate }) => certificate);
      return { stolen, under };
    };

    it('what it signed is refused, and the certificates are reissued with the same facts and codes', async () => {
      const { stolen, under } = await scene();
      const [kept] = under;
      const another = (await holder()).certificate;
      expect(another.keyId).to.equal(stolen);
      await compromiseKey(stolen, deps(), by());
      expect(await reissueProgress(stolen)).to.deep.equal({ done: 0, waiting: 4 });
      await world().worker.drain();
      expect(await reissueProgress(stolen)).to.deep.equal({ done: 4, waiting: 0 });
      for (const old of under) {
        expect(await ours(old)).to.deep.include({ verdict: 'tampered', reasons: ['withdrawn-key'] });
        const fresh = await certificateByCode(old.code);
        expect(fresh).to.include({ replaces: old.id, awardedAt: old.awardedAt });
        expect(fresh?.keyId).to.not.equal(stolen);
        expect((await ours(fresh as CertificateFacts)).verdict).to.equal('valid');
        expect(await foreign(fresh as CertificateFacts)).to.equal(true);
        expect(await found(old.id)).to.include({
          supersessionReason: 'signed-anew',
          credential: old.credential,
        });
      }
      const { assertionMethod, verificationMethod } = await published();
      expect(assertionMethod.join()).to.not.include(stolen);
      expect(JSON.stringify(verificationMethod)).to.include(stolen);
      expect(kept && (await verdictOn(await found(kept.id), world().issuer, now()))).to.equal('superseded');
    });

    it('the lists are signed with the new key at once', async () => {
      const { stolen, under } = await scene();
      await compromiseKey(stolen, deps(), by());
      await world().worker.drain();
      const list = await latestList(under[0]?.facts.statusList.id ?? 0);
      expect(list?.keyId).to.equal(await inUse());
    });

    it('a second run reissues nothing twice', async () => {
      const { stolen, under } = await scene();
      await compromiseKey(stolen, deps(), by());
      await world().worker.drain();
      await Promise.all([reissueAfterCompromise(stolen, now()), reissueAfterCompromise(stolen, now())]);
      await world().worker.drain();
      for (const { code } of under) expect(await count('certificates where code = $1', [code])).to.equal(2);
      expect(await compromiseKey(stolen, deps(), by()).catch((fault: unknown) => fault)).to.be.instanceOf(
        Conflict,
      );
    });

    it('a suspended certificate is not reissued until it is reinstated', async () => {
      const { stolen, under } = await scene();
      const [old] = under;
      if (!old) throw new Error('Nobody is there');
      const admin = { actorId: (await dina()).id, now: now() };
      await suspend(old, { reason: 'under-review', note: null }, admin);
      await compromiseKey(stolen, deps(), by());
      await world().worker.drain();
      expect(await certificateByCode(old.code)).to.include({ id: old.id });
      const id = await reinstate(old.id, null, admin);
      await world().worker.drain();
      expect((await ours(await found(id))).verdict).to.equal('valid');
    });
  });

  it('a key that somebody wrote into the database is not trusted', async () => {
    const { certificate } = await holder();
    const { issuer } = world();
    const foreign = await generateKeyPair();
    const [at, signer] = [now(), createSigner(issuer.did, foreign)];
    const forged = await signCredential({
      credential: buildCredential({ ...certificate.facts, name: 'Eve Forged' }),
      signer,
      now: at,
      loader: issuer.loader,
    });
    const last = Number((await row<{ n: number }>('select max(seq) as n from issuer_key_log'))?.n);
    await write(
      `insert into issuer_keys (id, sealed_private_key, created_at, activated_at) values ($1, '', $2, $2)`,
      [foreign.keyId, at],
    );
    const entry = { keyId: foreign.keyId, action: 'created', issuer: issuer.did, signer } as const;
    await inTransaction(() => logKey(entry, at));
    await write(
      `update certificates set facts = replace(facts, 'Ada Marlow', 'Eve Forged'), holder_name = 'Eve Forged',
         credential = $1, sha256 = $2 where id = $3`,
      [forged.text, forged.sha256, certificate.id],
    );
    await enterAnew(certificate.id);
    const award = await found(certificate.id);
    const seal = await signSeal(award.awardSha256 ?? '', { did: issuer.did, signer }, at);
    await write('update certificates set seal = $1 where id = $2', [seal, certificate.id]);
    try {
      const verdict = await verdictOn(await found(certificate.id), issuer, now());
      expect(verdict).to.equal('cannot-tell');
      expect(issuer.document.assertionMethod.join()).to.not.include(foreign.keyId);
    } finally {
      await write('delete from issuer_key_log where seq > $1', [last]);
      await write('delete from issuer_keys where id = $1', [foreign.keyId]);
      await issuer.refresh();
    }
  });
});
