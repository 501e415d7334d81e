import { readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { openPapers } from '../../../../../server/proof/certificates/documents/papers.js';
import { revoke, suspend } from '../../../../../server/proof/certificates/lifecycle/revoke.js';
import { supersede } from '../../../../../server/proof/certificates/lifecycle/supersede.js';
import { findCertificate } from '../../../../../server/proof/certificates/queries.js';
import { Unavailable } from '../../../../../server/errors.js';
import { signedInHolder } from '../../../../support/holders.js';
import { dina, signedIn } from '../../../../support/people.js';
import { ownWorld, world } from '../../../../support/world.js';

describe('downloading a paper', () => {
  ownWorld();

  const FILES = ['certificate.pdf', 'certificate.pdf?size=letter', 'badge.png', 'badge.svg?name=shown'];
  const kept = (id: string): string[] => {
    const folder = join(world().config.dataDir, 'papers', id);
    try {
      return readdirSync(folder).map(name => join(folder, name));
    } catch {
      return [];
    }
  };

  /** Counts what is drawn while `during` runs; with `fails`, nothing can be. */
  async function drawnWhile(during: () => Promise<unknown>, { fails = false } = {}): Promise<number> {
    const { papers } = world();
    const { thread } = papers;
    let drawn = 0;
    const draw: typeof thread.draw = order => {
      drawn += 1;
      return fails ? Promise.reject(new Unavailable('The thread died twice')) : thread.draw(order);
    };
    Object.assign(papers, { thread: { ...thread, draw } });
    await during().finally(() => Object.assign(papers, { thread }));
    return drawn;
  }

  it('draws each paper once: the second time it is read, to the byte', async () => {
    const { holder, certificate } = await signedInHolder();
    const all = () =>
      Promise.all(FILES.map(file => holder.browser.bytes(`/certificates/${certificate.id}/${file}`)));
    const first = await all();
    expect(kept(certificate.id)).to.have.length(FILES.length);
    expect(await drawnWhile(async () => expect(await all()).to.deep.equal(first))).to.equal(0);
  });

  it('draws a damaged paper again', async () => {
    const { holder, certificate } = await signedInHolder();
    const pdf = `/certificates/${certificate.id}/certificate.pdf`;
    const first = await holder.browser.bytes(pdf);
    for (const file of kept(certificate.id)) truncateSync(file, 1000);
    const again = async () => expect((await holder.browser.bytes(pdf)).equals(first)).to.equal(true);
    expect(await drawnWhile(again)).to.equal(1);
    expect(await drawnWhile(again)).to.equal(0);
  });

  it('gives a kept paper to nobody who may not see it', async () => {
    const { holder, certificate } = await signedInHolder();
    const pdf = `/certificates/${certificate.id}/certificate.pdf`;
    await holder.browser.bytes(pdf);
    expect((await (await signedIn()).browser.get(pdf)).status).to.equal(404);
    expect((await world().visitor().get(pdf)).path).to.include('/sign-in');
  });

  it('answers 503 when nothing can be drawn, and the paper a little later', async () => {
    const { holder, certificate } = await signedInHolder();
    const pdf = `/certificates/${certificate.id}/certificate.pdf`;
    await drawnWhile(async () => expect((await holder.browser.get(pdf)).status).to.equal(503), {
      fails: true,
    });
    expect((await holder.browser.bytes(pdf)).toString('latin1', 0, 5)).to.equal('%PDF-');
  });

  for (const [what, change] of [
    ['revoked', revoke],
    ['suspended', suspend],
  ] as const)
    it(`drops the papers of a certificate that is ${what}, and keeps no new ones`, async () => {
      const [{ holder, certificate }, { id: actorId }] = [await signedInHolder(), await dina()];
      const pdf = `/certificates/${certificate.id}/certificate.pdf`;
      const first = await holder.browser.bytes(pdf);
      await change(certificate, { reason: 'holder-asked', note: null }, { actorId, now: Date.now() });
      await world().worker.drain();
      expect(kept(certificate.id)).to.deep.equal([]);
      expect((await holder.browser.bytes(pdf)).equals(first)).to.equal(true);
      expect(kept(certificate.id)).to.deep.equal([]);
    });

  it('drops the papers of a name that was corrected', async () => {
    const [{ holder, certificate }, { id: actorId }] = [await signedInHolder(), await dina()];
    await holder.browser.bytes(`/certificates/${certificate.id}/certificate.pdf`);
    const by = { actorId, now: Date.now() };
    const replacement = await supersede(
      certificate.id,
      { facts: { name: 'Ada Byron' }, reason: 'name-corrected' },
      by,
    );
    await world().worker.drain();
    expect(kept(certificate.id)).to.deep.equal([]);
    const paper = await holder.browser.bytes(`/certificates/${replacement}/certificate.pdf`);
    expect(paper.toString('latin1', 0, 5)).to.equal('%PDF-');
    expect(kept(replacement)).to.have.length(1);
  });

  it('removes, in another process with the same data, what no certificate stands for', async () => {
    const { holder, certificate } = await signedInHolder();
    await holder.browser.bytes(`/certificates/${certificate.id}/badge.png`);
    const { config, papers } = world();
    const order = {
      kind: 'badge.png',
      facts: { credential: 'of somebody who was erased', named: true },
    } as const;
    const erased = '00000000-0000-4000-8000-000000000000';
    for (const id of [erased, 'no-id']) await papers.kept.keep(id, order, Buffer.from('a drawing'));
    const log = { warn: () => undefined } as unknown as Parameters<typeof openPapers>[1]['log'];
    const other = openPapers(config, { log, clock: Date.now });
    await other.of((await findCertificate(certificate.id)) ?? expect.fail(), {
      kind: 'badge.png',
      facts: { credential: certificate.credential, named: false },
    });
    await other.close();
    expect([erased, 'no-id'].flatMap(kept)).to.deep.equal([]);
    expect(kept(certificate.id)).to.have.length(1);
  });
});
