import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runIssuers } from '../../../../server/proof/certificates/verification/command-issuers.js';
import { examineFile } from '../../../../server/proof/open-badges/files/examine.js';
import {
  keepTrusted,
  trustedIssuers,
} from '../../../../server/proof/certificates/verification/trusted-issuers.js';
import type { Loose } from '../../open-badges/files/forging.js';
import { AWARDED, issue, keyFrom, LATER, trusting } from '../../open-badges/sample.js';
import { didDocument } from '../../../../server/proof/open-badges/did.js';

const DOMAIN = 'training.example';

describe('trusted issuers', () => {
  let dataDir: string;
  let theirs: string;

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'trusted-'));
    theirs = JSON.stringify(trusting(await keyFrom('issuer')));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  const settings = (trusted = [DOMAIN]) => ({ dataDir, trustedIssuers: trusted });

  const look = async (text: string) => {
    const ours = didDocument({ baseUrl: 'https://here.example', keys: [] });
    const { documents: others } = trustedIssuers(settings());
    return examineFile({ file: Buffer.from(text), ours, others, now: LATER });
  };

  it('are those that the settings name and whose document is in the data folder', () => {
    expect(trustedIssuers(settings())).to.deep.equal({ documents: [], missing: [DOMAIN] });
    keepTrusted(dataDir, DOMAIN, theirs);
    const { documents, missing } = trustedIssuers(settings());
    expect([documents.map(({ id }) => id), missing]).to.deep.equal([[`did:web:${DOMAIN}`], []]);
    expect(trustedIssuers(settings([])).documents).to.deep.equal([]);
  });

  it('are recognised by their signature alone', async () => {
    keepTrusted(dataDir, DOMAIN, theirs);
    const { text } = await issue(await keyFrom('issuer'));
    const did = `did:web:${DOMAIN}`;
    const held = await look(text);
    expect(held).to.include({ kind: 'other', did, state: 'holds' });
    expect('claims' in held && held.claims).to.include({
      title: 'Airline and transport',
      holderName: 'Zoë Łukasz',
      awardedAt: AWARDED,
    });
    expect(await look(text.replace('Zoë', 'Eve'))).to.deep.equal({ kind: 'other', did, state: 'altered' });
    const stranger = await issue(await keyFrom('stranger'));
    expect(await look(stranger.text)).to.deep.equal({ kind: 'other', did, state: 'unchecked' });
  });

  it('are refused when the document is another issuer’s, too large or missing', () => {
    const document = JSON.parse(theirs) as Loose;
    for (const wrong of [
      JSON.stringify({ ...document, id: 'did:web:evil.example' }),
      JSON.stringify({ ...document, verificationMethod: 'x' }),
      JSON.stringify({ ...document, x: 'x'.repeat(70_000) }),
      '[]',
    ]) {
      expect(() => keepTrusted(dataDir, DOMAIN, wrong)).to.throw('not the DID document');
    }
    expect(() => keepTrusted(dataDir, DOMAIN, '<html>')).to.throw();
    expect(readdirSync(dataDir)).to.deep.equal([]);
  });

  it('are not credited with a key that another issuer controls', () => {
    const document = JSON.parse(theirs) as { verificationMethod: Loose[] };
    const foreign = { ...document.verificationMethod[0], controller: 'did:web:evil.example' };
    keepTrusted(dataDir, DOMAIN, JSON.stringify({ ...document, verificationMethod: [foreign] }));
    expect(trustedIssuers(settings()).documents[0]?.verificationMethod).to.deep.equal([]);
  });

  describe('at the command line', () => {
    const fetchReally = globalThis.fetch;
    let asked: string[];
    let answer: () => Response;

    beforeEach(() => {
      asked = [];
      globalThis.fetch = (input, init) => {
        asked.push(`${input instanceof Request ? input.url : input.toString()} ${init?.redirect}`);
        return Promise.resolve(answer());
      };
    });
    afterEach(() => {
      globalThis.fetch = fetchReally;
    });

    const run = async (verb: string) => {
      const lines: string[] = [];
      const code = await runIssuers([verb], settings(), line => lines.push(line));
      return { code, said: lines.join('\n') };
    };

    it('are fetched once, from their own domain, and listed', async () => {
      answer = () => new Response(theirs);
      expect((await run('list')).code).to.equal(1);
      expect((await run('fetch')).said).to.include('training.example: kept');
      expect(asked).to.deep.equal(['https://training.example/.well-known/did.json error']);
      expect(await run('list')).to.deep.equal({ code: 0, said: 'did:web:training.example: 1 keys' });
    });

    it('keep their stored document when the new one is wrong', async () => {
      keepTrusted(dataDir, DOMAIN, theirs);
      for (const wrong of [
        () => new Response('{}'),
        () => new Response('', { status: 500 }),
        () => new Response('x'),
      ]) {
        answer = wrong;
        expect((await run('fetch')).code).to.equal(1);
        expect(trustedIssuers(settings()).documents).to.have.length(1);
      }
    });

    it('refuse any other command', async () => {
      const refused = await run('trust').catch((fault: unknown) => fault);
      expect(String(refused)).to.match(/^Error: issuers: .*\blist\b.*\bfetch\b/);
    });
  });
});
