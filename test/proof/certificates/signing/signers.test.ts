import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { openSigners, type Signers } from '../../../../server/proof/certificates/signing/signers.js';
import { signAndCheck, type SigningOrder } from '../../../../server/proof/certificates/signing/sign-award.js';
import type { AwardFacts } from '../../../../server/proof/open-badges/credential.js';
import { openStatusList } from '../../../../server/proof/open-badges/status-list.js';
import { ThreadFault } from '../../../../server/platform/lib/threads.js';
import { AWARDED, BASE_URL, DAY, facts, keyFrom, list, trusting } from '../../open-badges/sample.js';

/** The first thread ends with its first order; the next one signs nothing, and returns the name in its order. */
const PROGRAM = `
import { existsSync, writeFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
const marker = new URL('./died', import.meta.url);
parentPort.on('message', ({ facts }) => {
  if (existsSync(marker)) return parentPort.postMessage({ signed: { text: facts.name, sha256: '' } });
  writeFileSync(marker, '');
  process.exit(1);
});
parentPort.postMessage('ready');
`;

describe('the threads that sign certificates', () => {
  let folder: string;
  let signers: Signers;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'signers-'));
    writeFileSync(join(folder, 'program.mjs'), PROGRAM);
  });
  after(() => rmSync(folder, { recursive: true }));
  beforeEach(() => {
    signers = openSigners();
  });
  afterEach(() => signers.close());

  async function order(changes: Partial<AwardFacts> = {}): Promise<SigningOrder> {
    const key = await keyFrom('issuer');
    const didDocument = trusting(key);
    const url = `${BASE_URL}/status/revocation/1`;
    const opened = await openStatusList({ listText: await list(key), url, didDocument, now: AWARDED });
    if (!('bits' in opened)) throw new Error(opened.reason);
    return { facts: { ...facts, ...changes }, key, didDocument, list: opened, now: AWARDED };
  }

  it('give the same bytes as the main thread', async () => {
    await signers.ready();
    const orders = await Promise.all([
      order(),
      order({ name: '李 明', validUntil: null }),
      order({ statusList: { id: 1, index: 7 }, awardedAt: AWARDED - DAY }),
    ]);
    const there = await Promise.all(orders.map(each => signers.sign(each)));
    const here = await Promise.all(orders.map(each => signAndCheck(each)));
    expect(there).to.deep.equal(here);
  });

  it('give the same bytes while they start', async () => {
    const each = await order();
    expect(await signers.sign(each)).to.deep.equal(await signAndCheck(each));
  });

  it('refuse a certificate that does not verify, say why, and sign the next one', async () => {
    await signers.ready();
    const refused = await signers.sign({ ...(await order()), list: null }).catch((fault: unknown) => fault);
    expect(refused).to.be.instanceOf(Error).and.have.property('message').that.includes('no-status-list');
    const other = trusting(await keyFrom('another'));
    const foreign = await signers.sign({ ...(await order()), didDocument: other }).catch(String);
    expect(foreign).to.include('unknown-key');
    expect(await signers.sign(await order())).to.have.property('sha256');
  });

  it('fail the order that they die with, and others take their place', async () => {
    const mortal = openSigners(pathToFileURL(join(folder, 'program.mjs')), 1);
    await mortal.ready();
    const fault: unknown = await mortal.sign(await order()).catch((thrown: unknown) => thrown);
    expect(fault).to.be.instanceOf(ThreadFault);
    await mortal.ready();
    expect(await mortal.sign(await order())).to.deep.equal({ text: facts.name, sha256: '' });
    await mortal.close();
  });

  it('finish their orders before they close', async () => {
    await signers.ready();
    const settled: string[] = [];
    const orders = await Promise.all([order(), order({ name: 'Ben' }), order({ name: 'Cleo' })]);
    const signed = orders.map(each => signers.sign(each).then(() => settled.push('signed')));
    await signers.close().then(() => settled.push('closed'));
    await Promise.all(signed);
    expect(settled).to.deep.equal(['signed', 'signed', 'signed', 'closed']);
  });

  it('close while they start, and nothing waits for them', async () => {
    const starting = signers.ready().catch((fault: unknown) => fault);
    await signers.close();
    expect(await starting).to.be.instanceOf(ThreadFault);
  });
});
