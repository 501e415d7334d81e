import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { revoke } from '../../../../server/proof/certificates/lifecycle/revoke.js';
import { dina } from '../../../support/people.js';
import { holder } from '../../../support/holders.js';
import { plain } from '../../../support/pages.js';
import { ownWorld, world } from '../../../support/world.js';
import { carriers, handIn, verdictIn } from './carriers.js';
import { libraryVerifies } from './libraries.js';
import { tamperCases, type Target } from './tamper-cases.js';

/** Every attack through the real form, in every kind of file; and beside it what a good library says of the same. */
describe('a certificate that was altered', () => {
  ownWorld();

  let target: Target;

  before(async () => {
    const [one, two] = [await holder('Ada Marlow'), await holder('Ben Okafor')];
    target = {
      text: one.certificate.credential,
      another: two.certificate.credential,
      did: world().issuer.did,
    };
  });

  it('is valid before it is altered', async () => {
    for (const carrier of Object.keys(carriers))
      expect(await verdictIn(carrier, target.text), carrier).to.equal('valid');
    expect(await libraryVerifies(target.text)).to.equal(true);
  });

  it('is altered in more than 25 ways, more than ten of which a library accepts', () => {
    expect(tamperCases.length).to.be.at.least(40);
    expect(tamperCases.filter(({ library }) => library === 'accepts').length).to.be.at.least(12);
  });

  for (const { name, forge, verdict, library } of tamperCases) {
    it(`${name}: ${verdict} (the library ${library} it)`, async () => {
      const text = await forge(target);
      expect(text).to.not.equal(target.text);
      for (const carrier of Object.keys(carriers))
        expect(await verdictIn(carrier, text), carrier).to.equal(verdict);
      const page = await handIn(Buffer.from(text), 'text/html');
      expect(plain(page.text)).to.not.include('Marlow').and.not.include('Ministry');
      expect(await libraryVerifies(text)).to.equal(library === 'accepts');
    });
  }

  it('is revoked after a revocation, where a library says "verified"', async () => {
    const { certificate } = await holder();
    const why = { reason: 'not-earned' as const, note: null };
    await revoke(certificate, why, { actorId: (await dina()).id, now: Date.now() });
    await world().worker.drain();
    for (const carrier of Object.keys(carriers))
      expect(await verdictIn(carrier, certificate.credential), carrier).to.equal('revoked');
    expect(await libraryVerifies(certificate.credential)).to.equal(true);
  });
});

describe('every address in a file', () => {
  ownWorld();
  let server: Server;
  let asked: string[];

  before(async () => {
    asked = [];
    server = createServer((req, res) => {
      asked.push(req.url ?? '');
      res.end('{}');
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  });

  after(() => server.close());

  it('is never requested: contexts, status lists, issuers, keys, schemas, pictures', async () => {
    const { port } = server.address() as AddressInfo;
    const there = `http://127.0.0.1:${port}`;
    const { certificate } = await holder();
    const genuine = JSON.parse(certificate.credential) as Record<string, unknown>;
    const did = `did:web:127.0.0.1%3A${port}`;
    const lures: Record<string, unknown>[] = [
      { '@context': [...(genuine['@context'] as string[]), `${there}/context`] },
      {
        credentialStatus: {
          ...(genuine['credentialStatus'] as object),
          statusListCredential: `${there}/list`,
        },
      },
      { issuer: did },
      { issuer: { id: did, type: ['Profile'], url: `${there}/issuer`, image: `${there}/image` } },
      { issuer: there },
      { credentialSchema: [{ id: `${there}/schema`, type: '1EdTechJsonSchemaValidator2019' }] },
      {
        proof: (genuine['proof'] as object[]).map(each => ({ ...each, verificationMethod: `${there}/key` })),
      },
    ];
    for (const lure of lures) {
      for (const carrier of Object.keys(carriers))
        expect(await verdictIn(carrier, JSON.stringify({ ...genuine, ...lure }))).to.be.oneOf([
          'altered',
          'not-ours',
        ]);
    }
    expect(asked).to.deep.equal([]);
  });
});
