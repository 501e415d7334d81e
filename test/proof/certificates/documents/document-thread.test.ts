import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { badgePng, badgeSvg } from '../../../../server/proof/certificates/documents/badge/badge.js';
import {
  openDocumentThread,
  type DocumentThread,
} from '../../../../server/proof/certificates/documents/document-thread.js';
import type { PaperOrder } from '../../../../server/proof/certificates/documents/paper-orders.js';
import {
  drawCertificate,
  type PdfFacts,
} from '../../../../server/proof/certificates/documents/pdf/certificate.js';
import { Unavailable } from '../../../../server/errors.js';
import { issue, keyFrom } from '../../open-badges/sample.js';

/** Draws what an order says; of the words below, the first is met once, and the others each time. */
const PROGRAM = `
import { existsSync, writeFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
const marker = new URL('./died', import.meta.url);
const wishes = {
  'die once': () => { if (!existsSync(marker)) { writeFileSync(marker, ''); process.exit(1); } },
  'die': () => process.exit(1),
  'hang': () => { for (;;); },
};
parentPort.on('message', ({ facts: { credential } }) => {
  wishes[credential]?.();
  parentPort.postMessage(credential === 'fail' ? { problem: 'no ink' } : { drawn: Buffer.from(credential) });
});
parentPort.postMessage('ready');
`;

const orderOf = (credential: string): PaperOrder => ({
  kind: 'badge.png',
  facts: { credential, named: false },
});

describe('the thread that draws papers', () => {
  let folder: string;
  let thread: DocumentThread;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'drawing-'));
    writeFileSync(join(folder, 'program.mjs'), PROGRAM);
  });
  after(() => rmSync(folder, { recursive: true }));
  afterEach(async () => {
    await thread.close();
    rmSync(join(folder, 'died'), { force: true });
  });

  const open = (limits: Parameters<typeof openDocumentThread>[0] = {}) =>
    (thread = openDocumentThread(limits, pathToFileURL(join(folder, 'program.mjs'))));
  const draw = async (credential: string) => (await thread.draw(orderOf(credential))).toString();
  const faultOf = (drawn: Promise<unknown>) =>
    drawn.then(
      () => null,
      (fault: unknown) => fault,
    );

  it('draws the same bytes as the main thread', async () => {
    thread = openDocumentThread();
    const key = await keyFrom('issuer');
    for (const name of ['Ada Marlow', 'محمد الحسن']) {
      const { text: credential } = await issue(key, { name });
      const facts: PdfFacts = {
        credential,
        code: '7K3M9QXD2TFAW5HN',
        codeUrl: 'https://training.example/v/7K3M9QXD2TFAW5HN',
        checkUrl: 'https://training.example/v',
        ledgerHead: null,
        timeZone: 'UTC',
        size: 'a4',
      };
      const badge = { credential, named: true };
      expect((await thread.draw({ kind: 'pdf', facts })).equals(await drawCertificate(facts))).to.equal(true);
      expect((await thread.draw({ kind: 'badge.png', facts: badge })).equals(badgePng(badge))).to.equal(true);
      expect((await thread.draw({ kind: 'badge.svg', facts: badge })).toString()).to.equal(badgeSvg(badge));
    }
    expect(await Promise.all(['محمد الحسن', '😀'].map(name => thread.isWhole(name)))).to.deep.equal([
      true,
      false,
    ]);
  });

  it('is replaced when it dies, and its work is done by the next one', async () => {
    open();
    expect(await Promise.all(['die once', 'next'].map(draw))).to.deep.equal(['die once', 'next']);
  });

  it('answers that it is unavailable when it dies twice, and draws the next paper', async () => {
    open();
    const [fault, next] = await Promise.all([faultOf(draw('die')), draw('next')]);
    expect(fault).to.be.instanceOf(Unavailable);
    expect(next).to.equal('next');
  });

  it('is ended when a paper takes too long', async () => {
    open({ answer: 300 });
    expect(await faultOf(draw('hang'))).to.be.instanceOf(Unavailable);
    thread = openDocumentThread({}, pathToFileURL(join(folder, 'program.mjs')));
    expect(await draw('next')).to.equal('next');
  });

  it('refuses papers when too many wait', async () => {
    open({ waiting: 2 });
    const asked = ['one', 'two', 'three'].map(word => draw(word).catch(() => 'refused'));
    expect(await Promise.all(asked)).to.deep.equal(['one', 'two', 'refused']);
    expect(await draw('four')).to.equal('four');
  });

  it('does not try again what cannot be drawn', async () => {
    open();
    expect(await faultOf(draw('fail')))
      .to.be.an('error')
      .with.property('message', 'no ink');
  });

  it('draws what was asked for before it ends', async () => {
    open();
    const asked = draw('last');
    await thread.close();
    expect(await asked).to.equal('last');
  });
});
