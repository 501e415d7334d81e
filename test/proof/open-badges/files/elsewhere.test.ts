import { verifyCredential } from '@digitalcredentials/verifier-core';
import { expect } from 'chai';
import extractChunks from 'png-chunks-extract';
import { SaxesParser } from 'saxes';
import { revoke } from '../../../../server/proof/certificates/lifecycle/revoke.js';
import { dina } from '../../../support/people.js';
import { readPaper } from '../../../support/programs/paper.js';
import { signedInHolder } from '../../../support/holders.js';
import { ownWorld, world } from '../../../support/world.js';
import { libraryVerifies } from './libraries.js';
import { strangerText } from './forging.js';

/** The credential as programs that nobody here wrote take it out of each file. */
const takenOut: Record<string, (file: Buffer) => string | Promise<string>> = {
  'credential.json': file => file.toString('utf8'),
  'badge.png': file => {
    const baked = extractChunks(file).find(({ name }) => name === 'iTXt');
    return Buffer.from(baked?.data ?? [])
      .toString('utf8')
      .replace(/^openbadgecredential\0{5}/, '');
  },
  'badge.svg': file => {
    let text = '';
    const parser = new SaxesParser({ xmlns: true });
    parser.on('cdata', part => void (text += part));
    parser.write(file.toString('utf8')).close();
    return text;
  },
  'certificate.pdf': async file => {
    const { attachments } = await readPaper(file);
    return Buffer.from(attachments[0] ?? []).toString('utf8');
  },
};

type Steps = Record<string, boolean | undefined>;

/**
 * What another verifier says, step by step, and which addresses it asked. It fetches what a credential names: here
 * every address leads to the installation under test, or nowhere.
 */
async function verifiedElsewhere(text: string): Promise<{ steps: Steps; asked: string[] }> {
  const fetchReally = globalThis.fetch;
  const { host } = new URL(world().base);
  const asked: string[] = [];
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    asked.push(url.pathname);
    // The schema is looked at in a test of its own.
    if (url.pathname.includes('/schema/')) return Promise.resolve(new Response('{}'));
    if (url.host !== host) return Promise.reject(new TypeError('There is no network here'));
    return fetchReally(`${world().base}${url.pathname}`, { headers: init?.headers ?? {} });
  };
  try {
    const credential = JSON.parse(text) as Parameters<typeof verifyCredential>[0]['credential'];
    const { log = [], errors } = await verifyCredential({ credential, knownDIDRegistries: [] });
    return {
      steps: { ...Object.fromEntries(log.map(({ id, valid }) => [id, valid])), failed: Boolean(errors) },
      asked,
    };
  } finally {
    globalThis.fetch = fetchReally;
  }
}

/**
 * Software of the Digital Credentials Consortium, and `@digitalbazaar/vc`. What the first takes for good (a list that
 * anyone signed) is why ours is stricter.
 */
describe('a certificate, verified by other software', () => {
  ownWorld();

  for (const [file, takeOut] of Object.entries(takenOut)) {
    it(`is good, taken out of ${file}`, async () => {
      const { holder: owner, certificate } = await signedInHolder('Zoë Łukasz');
      const bytes = await owner.browser.bytes(`/certificates/${certificate.id}/${file}`);
      const text = await takeOut(bytes);
      expect(text).to.equal(certificate.credential);
      expect(await libraryVerifies(text)).to.equal(true);
    });
  }

  it('has a valid signature, and is neither expired nor revoked', async () => {
    const { certificate } = await signedInHolder();
    const { steps, asked } = await verifiedElsewhere(certificate.credential);
    expect(steps).to.include({
      valid_signature: true,
      expiration: true,
      revocation_status: true,
      failed: false,
    });
    expect(asked).to.include.members([
      '/.well-known/did.json',
      `/status/revocation/${certificate.facts.statusList.id}`,
    ]);
  });

  it('is refused when a fact was changed, and is revoked after a revocation', async () => {
    const { certificate } = await signedInHolder();
    const forged = await verifiedElsewhere(certificate.credential.replace('Ada Marlow', 'Eve Marlow'));
    expect(forged.steps['valid_signature']).to.not.equal(true);
    const why = { reason: 'not-earned' as const, note: null };
    await revoke(certificate, why, { actorId: (await dina()).id, now: Date.now() });
    await world().worker.drain();
    const { steps } = await verifiedElsewhere(certificate.credential);
    expect(steps).to.include({ valid_signature: true, revocation_status: false });
  });

  it('is not recognised as ours: a look-alike has a valid signature, too', async () => {
    const { certificate } = await signedInHolder();
    const { text } = await strangerText('thief', certificate.credential);
    expect((await verifiedElsewhere(text)).steps).to.include({
      valid_signature: true,
      registered_issuer: false,
    });
  });
});
