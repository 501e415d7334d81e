import { createHash, createPublicKey, verify } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { createVerifyCryptosuite } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { cryptosuite as rdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { verifyCredential as plainVerify } from '@digitalbazaar/vc';
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list';
import { expect } from 'chai';
import { didDocument } from '../../../server/proof/open-badges/did.js';
import { hashOf, signCredential } from '../../../server/proof/open-badges/sign.js';
import { createSigner, type IssuerKeyPair } from '../../../server/proof/open-badges/issuer-key.js';
import { documentLoader } from '../../../server/proof/open-badges/document-loader.js';
import { verifyCredential } from '../../../server/proof/open-badges/verify.js';
import { canonicalJson, type Json } from '../../../server/platform/lib/canonical-json.js';
import {
  AWARDED,
  BASE_URL,
  DAY,
  DID,
  facts,
  issue,
  keyFrom,
  LATER,
  list,
  loader,
  trusting,
} from './sample.js';

/** A certificate as a program parses it, open to change. */
type Loose = Record<string, unknown>;
type Change = (document: Loose) => Loose | void;

const STATUS_IRI = 'https://www.w3.org/2018/credentials#credentialStatus';
const UNTIL_IRI = 'https://www.w3.org/2018/credentials#validUntil';

describe('checking a certificate offline', () => {
  let key: IssuerKeyPair;
  let other: IssuerKeyPair;
  let text: string;
  let statusList: string;

  before(async () => {
    key = await keyFrom('issuer');
    other = await keyFrom('stranger');
    ({ text } = await issue(key));
    statusList = await list(key, [99]);
  });

  const check = (changes: Partial<Parameters<typeof verifyCredential>[0]> = {}) =>
    verifyCredential({ text, statusList, didDocument: trusting(key), now: LATER, ...changes });

  const changed = (change: Change): string => {
    const document = JSON.parse(text) as Loose;
    return JSON.stringify(change(document) ?? document);
  };

  describe('as it was issued', () => {
    it('is valid, and returns what was signed', async () => {
      const result = await check({ expectSha256: hashOf(text) });
      expect(result.verdict).to.equal('valid');
      expect(result.reasons).to.deep.equal([]);
      expect(result.credential?.credentialSubject.identifier[0]?.identityHash).to.equal('Zoë Łukasz');
    });

    it('is valid however its JSON is formatted, unless the issued bytes are required', async () => {
      const pretty = JSON.stringify(JSON.parse(text), null, 2);
      expect((await check({ text: pretty })).verdict).to.equal('valid');
      expect(await check({ text: pretty, expectSha256: hashOf(text) })).to.deep.include({
        verdict: 'tampered',
        reasons: ['other-bytes'],
      });
    });

    it('is valid after another key took over', async () => {
      expect((await check({ didDocument: trusting(other, key) })).verdict).to.equal('valid');
    });

    for (const [name, suite] of [
      ['eddsa-rdfc-2022', new DataIntegrityProof({ cryptosuite: rdfc })],
      ['eddsa-jcs-2022', new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() })],
    ] as const) {
      it(`has an ${name} proof that the plain library verifies, with its status`, async () => {
        const result = await plain(suite);
        expect(result.results?.map(each => each.verified)).to.deep.equal([true]);
        expect(result.verified).to.equal(true);
        expect(result.statusResult?.results?.map(each => each.status)).to.deep.equal([false]);
      });
    }

    it('has a proof that needs no linked data: canonical JSON, SHA-256 and Ed25519', () => {
      const { proof: proofs, ...document } = JSON.parse(text) as Record<string, Json>;
      const { proofValue = '', ...options } = (proofs as Record<string, string>[])[1] ?? {};
      const hash = (value: Json) => createHash('sha256').update(canonicalJson(value)).digest();
      const data = Buffer.concat([hash(options), hash(document)]);
      const signature = base58(proofValue.slice(1), 64);
      expect(verify(null, data, createPublicKey(key.privateKey), signature)).to.equal(true);
    });

    it('is revoked for the library alone, too, when its bit is set', async () => {
      statusList = await list(key, [facts.statusList.index]);
      const result = await plain(new DataIntegrityProof({ cryptosuite: rdfc }));
      expect(result.statusResult?.results?.map(each => each.status)).to.deep.equal([true]);
      statusList = await list(key, [99]);
    });

    const plain = (suite: DataIntegrityProof) => {
      const did = trusting(key);
      const method = { '@context': 'https://w3id.org/security/multikey/v1', ...did.verificationMethod[0] };
      const own = new Map<string, object>([
        [DID, did],
        [`${DID}#${key.keyId}`, method],
        [`${BASE_URL}/status/revocation/1`, JSON.parse(statusList) as object],
      ]);
      return plainVerify({
        credential: JSON.parse(text) as object,
        suite: [suite],
        documentLoader: documentLoader(own),
        checkStatus,
        now: new Date(LATER),
      });
    };
  });

  describe('by date and status', () => {
    it('expires at its last second', async () => {
      const end = AWARDED + 365 * DAY;
      const fresh = await list(key, [], end - DAY);
      expect((await check({ now: end - 1, statusList: fresh })).verdict).to.equal('valid');
      expect((await check({ now: end, statusList: fresh })).verdict).to.equal('expired');
    });

    it('is not valid before the award', async () => {
      const early = await list(key, [], AWARDED - 2 * DAY);
      expect((await check({ now: AWARDED - 1, statusList: early })).verdict).to.equal('not-yet-valid');
    });

    it('never expires without an end', async () => {
      const endless = await issue(key, { validUntil: null });
      const now = AWARDED + 9000 * DAY;
      expect(
        (await check({ text: endless.text, now, statusList: await list(key, [], now) })).verdict,
      ).to.equal('valid');
    });

    it('is revoked only by its own bit', async () => {
      const { index } = facts.statusList;
      expect((await check({ statusList: await list(key, [index - 1, index + 1]) })).verdict).to.equal(
        'valid',
      );
      expect((await check({ statusList: await list(key, [index]) })).verdict).to.equal('revoked');
    });

    it('says revoked before expired', async () => {
      const now = AWARDED + 400 * DAY;
      const result = await check({ now, statusList: await list(key, [facts.statusList.index], now) });
      expect(result).to.deep.include({ verdict: 'revoked', reasons: ['revoked', 'expired'] });
    });
  });

  describe('is refused when changed:', () => {
    const subject = (document: Loose) => document['credentialSubject'] as Loose;
    const proofs = (document: Loose) => document['proof'] as Loose[];
    const rename =
      (from: string, to: string): Change =>
      ({ [from]: value, ...rest }) => ({ ...rest, [to]: value });
    const nested = (levels: number): unknown => (levels === 0 ? 'deep' : { narrative: nested(levels - 1) });

    const cases: Record<string, [Change, string]> = {
      'the name': [
        d => void ((subject(d)['identifier'] as Loose[])[0]!['identityHash'] = 'Eve'),
        'bad-signature',
      ],
      'a score': [d => void ((subject(d)['result'] as Loose[])[0]!['value'] = '93'), 'bad-signature'],
      'the course': [d => void ((subject(d)['achievement'] as Loose)['name'] = 'Pilot'), 'bad-signature'],
      'a later end': [d => void (d['validUntil'] = '2099-01-01T00:00:00Z'), 'bad-signature'],
      'no end': [d => void delete d['validUntil'], 'bad-signature'],
      'an earlier award': [d => void (d['validFrom'] = '2020-01-01T00:00:00Z'), 'bad-signature'],
      'no status': [d => void delete d['credentialStatus'], 'bad-signature'],
      'another index': [
        d => void ((d['credentialStatus'] as Loose)['statusListIndex'] = '7'),
        'bad-signature',
      ],
      'the status under its full address': [rename('credentialStatus', STATUS_IRI), 'unknown-term'],
      'the end under its full address': [rename('validUntil', UNTIL_IRI), 'unknown-term'],
      'an inline context': [
        d => void (d['@context'] as unknown[]).push({ x: 'https://x.example/' }),
        'wrong-context',
      ],
      'an extra context': [
        d => void (d['@context'] as unknown[]).push('https://evil.example/c'),
        'wrong-context',
      ],
      'a context inside': [
        d => void (subject(d)['@context'] = { '@vocab': 'https://x.example/' }),
        'unknown-term',
      ],
      'an unknown term': [d => void (subject(d)['rank'] = 'expert'), 'unknown-term'],
      'a known term': [d => void (subject(d)['licenseNumber'] = '1'), 'bad-signature'],
      'an own __proto__': [
        d => void Object.defineProperty(d, '__proto__', { value: 1, enumerable: true }),
        'unknown-term',
      ],
      'deep nesting': [d => void (d['evidence'] = nested(30)), 'too-deep'],
      'half a character': [d => void (d['name'] = 'A\ud800'), 'broken-text'],
      'another type': [d => void (d['type'] = ['VerifiableCredential']), 'wrong-type'],
      'no proof': [d => void delete d['proof'], 'wrong-proofs'],
      'one proof of two': [d => void proofs(d).pop(), 'wrong-proofs'],
      'one proof twice': [d => void (d['proof'] = [proofs(d)[0], proofs(d)[0]]), 'wrong-proofs'],
      'a third proof': [d => void proofs(d).push(proofs(d)[0]!), 'wrong-proofs'],
      'a proof that expires': [d => void (proofs(d)[0]!['expires'] = '2099-01-01T00:00:00Z'), 'wrong-proofs'],
      'another purpose': [d => void (proofs(d)[0]!['proofPurpose'] = 'authentication'), 'wrong-proofs'],
      'another day of signing': [
        d => void (proofs(d)[1]!['created'] = '2020-01-01T00:00:00Z'),
        'bad-signature',
      ],
      'no context in the strict proof': [d => void delete proofs(d)[1]!['@context'], 'wrong-proofs'],
      'the value of one proof in the other': [
        d => void (proofs(d)[0]!['proofValue'] = proofs(d)[1]!['proofValue']),
        'bad-signature',
      ],
    };

    for (const [name, [change, reason]] of Object.entries(cases)) {
      it(name, async () => {
        expect(await check({ text: changed(change) })).to.deep.equal({
          verdict: 'tampered',
          reasons: [reason],
        });
      });
    }

    it('a proof taken from another certificate', async () => {
      const twin = JSON.parse((await issue(key, { name: 'Ada Marlow' })).text) as Loose;
      for (const at of [0, 1]) {
        const swapped = changed(d => void (proofs(d)[at] = proofs(twin)[at]!));
        expect(await check({ text: swapped })).to.deep.equal({
          verdict: 'tampered',
          reasons: ['bad-signature'],
        });
      }
    });

    it('a status list of ours in place of it', async () => {
      expect((await check({ text: statusList })).verdict).to.equal('tampered');
    });

    it('a key written twice', async () => {
      const doubled = text.replace('"value":"92"', '"value":"100","value":"92"');
      expect(await check({ text: doubled })).to.deep.equal({
        verdict: 'tampered',
        reasons: ['repeated-key'],
      });
    });
  });

  describe('is refused for its key:', () => {
    it('a key that is not ours, under our name', async () => {
      const forged = await issue(other);
      expect(await check({ text: forged.text })).to.deep.equal({
        verdict: 'tampered',
        reasons: ['unknown-key'],
      });
    });

    it('our key id with the signature of another key', async () => {
      const mixed = await issue({ ...other, keyId: key.keyId });
      expect(await check({ text: mixed.text })).to.deep.equal({
        verdict: 'tampered',
        reasons: ['bad-signature'],
      });
    });

    it('a second proof by another key', async () => {
      const forged = JSON.parse((await issue(other)).text) as { proof: Loose[] };
      const mixed = changed(d => void ((d['proof'] as Loose[])[1] = forged.proof[1]!));
      expect(await check({ text: mixed })).to.deep.equal({ verdict: 'tampered', reasons: ['unknown-key'] });
    });

    it('a compromised key', async () => {
      const keys = [
        { ...key, compromisedAt: LATER },
        { ...other, compromisedAt: null },
      ];
      const result = await check({ didDocument: didDocument({ baseUrl: BASE_URL, keys }) });
      expect(result).to.deep.equal({ verdict: 'tampered', reasons: ['withdrawn-key'] });
    });

    it('a key that another controller claims', async () => {
      const did = trusting(key);
      const stolen = did.verificationMethod.map(method => ({
        ...method,
        controller: 'did:web:evil.example',
      }));
      const result = await check({ didDocument: { ...did, verificationMethod: stolen } });
      expect(result).to.deep.equal({ verdict: 'tampered', reasons: ['unknown-key'] });
    });
  });

  describe('is not ours', () => {
    it('when another issuer signed it', async () => {
      const credential = { ...(JSON.parse(text) as Loose), issuer: { id: 'did:web:evil.example' } };
      expect(await check({ text: JSON.stringify(credential) })).to.deep.equal({
        verdict: 'not-ours',
        reasons: ['other-issuer'],
      });
    });

    it('when it is not JSON, not an object, or larger than 64 KB', async () => {
      expect((await check({ text: text.slice(1) })).reasons).to.deep.equal(['not-json']);
      expect((await check({ text: `[${text}]` })).reasons).to.deep.equal(['not-json']);
      const large = await check({ text: `${text}${' '.repeat(64 * 1024)}` });
      expect(large).to.deep.equal({ verdict: 'not-ours', reasons: ['too-large'] });
    });
  });

  describe('has an unknown status', () => {
    const doubt = async (listText: string | null) => (await check({ statusList: listText })).reasons;

    /** A list with everything right but the parts that a test changes, signed by `by`. */
    const forgedList = async (by: IssuerKeyPair, change: (document: Loose) => void) => {
      const { proof: _proof, ...credential } = JSON.parse(statusList) as Loose;
      change(credential);
      const signer = createSigner(DID, by);
      const signed = { credential: credential as never, signer, now: AWARDED, loader };
      return (await signCredential(signed)).text;
    };
    const subject = (document: Loose) => document['credentialSubject'] as Loose;

    it('without a list', async () => {
      expect((await check({ statusList: null })).verdict).to.equal('status-unknown');
      expect(await doubt(null)).to.deep.equal(['no-status-list']);
    });

    it('when the list is signed by another key', async () => {
      expect(await doubt(await list(other))).to.deep.equal(['bad-status-list']);
    });

    it('when the list was changed', async () => {
      const cleared = JSON.parse(await list(key, [facts.statusList.index])) as Loose;
      const clean = JSON.parse(statusList) as Loose;
      subject(cleared)['encodedList'] = subject(clean)['encodedList'];
      expect(await doubt(JSON.stringify(cleared))).to.deep.equal(['bad-status-list']);
    });

    it('when the list is another one of ours', async () => {
      const second = await forgedList(key, d => void (d['id'] = `${BASE_URL}/status/revocation/2`));
      expect(await doubt(second)).to.deep.equal(['bad-status-list']);
    });

    it('when the list serves another purpose', async () => {
      const wrong = await forgedList(key, d => void (subject(d)['statusPurpose'] = 'suspension'));
      expect(await doubt(wrong)).to.deep.equal(['bad-status-list']);
    });

    it('when the list is too old, or from the future', async () => {
      expect(await doubt(await list(key, [], LATER - 31 * DAY))).to.deep.equal(['stale-status-list']);
      expect(await doubt(await list(key, [], LATER + DAY))).to.deep.equal(['stale-status-list']);
    });

    it('when the list unpacks to far more than it should, or to less', async () => {
      for (const bytes of [4_000_000, 1024]) {
        const encodedList = `u${gzipSync(Buffer.alloc(bytes)).toString('base64url')}`;
        const bomb = await forgedList(key, d => void (subject(d)['encodedList'] = encodedList));
        expect(await doubt(bomb)).to.deep.equal(['bad-status-list']);
      }
    });

    it('when the index lies outside the list', async () => {
      const outside = await issue(key, { statusList: { id: 1, index: 131_072 } });
      expect((await check({ text: outside.text })).reasons).to.deep.equal(['outside-status-list']);
    });
  });
});

/** Base58 (Bitcoin's alphabet) of a number that is `length` bytes long. */
function base58(text: string, length: number): Buffer {
  const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
  const number = [...text].reduce((sum, letter) => sum * 58n + BigInt(alphabet.indexOf(letter)), 0n);
  return Buffer.from(number.toString(16).padStart(length * 2, '0'), 'hex');
}
