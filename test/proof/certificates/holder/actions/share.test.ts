import { expect } from 'chai';
import {
  closeAllShareLinks,
  createShareLink,
  openShareLinks,
} from '../../../../../server/proof/certificates/holder/share-links.js';
import { revoke } from '../../../../../server/proof/certificates/lifecycle/revoke.js';
import { supersede } from '../../../../../server/proof/certificates/lifecycle/supersede.js';
import { findCertificate } from '../../../../../server/proof/certificates/queries.js';
import { displayCode } from '../../../../../server/platform/lib/ids.js';
import { withBrokenSigning } from '../../../../support/programs/broken-signing.js';
import { ada, cleo, dina } from '../../../../support/people.js';
import { count, write } from '../../../../support/rows.js';
import { plain, send } from '../../../../support/pages.js';
import { signedInHolder } from '../../../../support/holders.js';
import { ownWorld, world } from '../../../../support/world.js';
import { errorsOn, stateOn } from '../../pages.js';

const DAY = 86_400_000;

/** A holder who has opened a link to their certificate. */
async function sharing(days: 7 | 30 | 90 = 7) {
  const held = await signedInHolder();
  const home = `/certificates/${held.certificate.id}`;
  const { browser } = held.holder;
  await browser.get(`${home}/sharing`);
  const page = await browser.submit(`${home}/share-links`, { days: String(days) });
  const [, path = ''] = /<input[^>]* value="http:\/\/[^/]+(\/shared\/[\w-]+)"/.exec(page.text) ?? [];
  const closure = /action="([^"]+\/closure)"/.exec(page.text)?.[1] ?? '';
  return { ...held, browser, home, path, closure, page };
}

const look = (path: string) => world().visitor().get(path);

const credentialBehind = async (path: string): Promise<string> =>
  (await world().visitor().bytes(`${path}/credential.json`)).toString();

/** Supersedes a certificate because of its name. Returns the id of the one that follows. */
const correctName = ({ id }: { id: string }): Promise<string> =>
  supersede(
    id,
    { facts: { name: 'Ada Brandt' }, reason: 'name-corrected' },
    { actorId: null, now: Date.now() },
  );

describe('a share link', () => {
  ownWorld();

  it('shows a stranger the whole record and both files', async () => {
    const { path, certificate, page } = await sharing();
    expect(page.path).to.equal(`/certificates/${certificate.id}/sharing?done=link-made`);
    const shared = await look(path);
    const words = plain(shared.text);
    expect(shared.status).to.equal(200);
    expect(stateOn(shared.text)).to.equal('valid');
    expect(words)
      .to.include('Ada Marlow')
      .and.include(certificate.facts.course.title)
      .and.include(displayCode(certificate.code));
    for (const { title } of certificate.facts.modules) expect(words).to.include(title);
    expect(await credentialBehind(path)).to.equal(certificate.credential);
    expect((await world().visitor().bytes(`${path}/certificate.pdf`)).subarray(0, 5).toString()).to.equal(
      '%PDF-',
    );
  });

  it('is not cached or indexed, and contains no address and no id of the person', async () => {
    const { path, holder } = await sharing();
    const shared = await look(path);
    expect(shared.headers.get('cache-control')).to.equal('no-store');
    expect(shared.headers.get('x-robots-tag')).to.equal('noindex');
    expect(shared.text).to.include('noindex').and.not.include(holder.email).and.not.include(holder.id);
    const file = await look(`${path}/credential.json`);
    expect(file.headers.get('cache-control')).to.equal('private, no-store');
    expect(file.headers.get('x-robots-tag')).to.equal('noindex');
  });

  it('is stored only as a hash', async () => {
    const { path, cycle } = await sharing();
    const secret = path.split('/').at(-1) ?? '';
    const [row] = await write('select * from share_links where cycle_id = $1', [cycle.id]);
    expect(JSON.stringify(row)).to.not.include(secret);
    expect(await count('events where payload like $1', [`%${secret}%`])).to.equal(0);
    expect(world().logged.join('')).to.not.include(secret);
  });

  it('is closed at once: its page and files return 404', async () => {
    const { browser, home, path, closure } = await sharing();
    await browser.get(`${home}/sharing`);
    expect((await browser.submit(closure)).text).to.not.include(path);
    for (const each of [path, `${path}/credential.json`, `${path}/certificate.pdf`]) {
      const gone = await look(each);
      expect(gone.status, each).to.equal(404);
      expect(gone.text).to.not.include('Marlow');
    }
  });

  it('expires on its day, and then answers like an unknown link', async () => {
    const { path, cycle } = await sharing(30);
    await write('update share_links set expires_at = $1 where cycle_id = $2', [Date.now() - 1, cycle.id]);
    const [ended, none] = [await look(path), await look('/shared/none')];
    expect([ended.status, none.status]).to.deep.equal([404, 404]);
    expect(plain(ended.text)).to.equal(plain(none.text));
  });

  it('stays open for 7, 30 or 90 days only', async () => {
    const { browser, home, certificate } = await sharing(90);
    const [link] = await openShareLinks(certificate, { key: world().secrets.links, now: Date.now() });
    expect(Math.round(((link?.expiresAt ?? 0) - (link?.createdAt ?? 0)) / DAY)).to.equal(90);
    for (const days of ['', '8', '3650', '-7']) {
      await browser.get(`${home}/sharing`);
      const refused = await browser.submit(`${home}/share-links`, { days });
      expect(refused.status, days).to.equal(422);
      // Nothing is chosen for anybody who chose nothing.
      expect(refused.text, days).to.not.include(' checked');
    }
  });

  it('is refused when ten are open', async () => {
    const { browser, home, certificate } = await sharing();
    const keyed = { key: world().secrets.links, now: Date.now() };
    for (let n = 0; n < 9; n += 1) expect(await createShareLink(certificate, 7, keyed)).to.equal(true);
    await browser.get(`${home}/sharing`);
    const refused = await browser.submit(`${home}/share-links`, { days: '90' });
    expect(refused.status).to.equal(422);
    expect(refused.text).to.match(/value="90"[^>]* checked/);
    expect(errorsOn(refused.text)).to.deep.equal(['days']);
  });

  it('leads to the corrected certificate after a correction', async () => {
    const { path, certificate } = await sharing();
    const id = await correctName(certificate);
    await world().worker.drain();
    const page = await look(path);
    expect(stateOn(page.text)).to.equal('valid');
    expect(page.text).to.include('Ada Brandt').and.not.include('Ada Marlow');
    expect(await credentialBehind(path)).to.equal((await findCertificate(id))?.credential);
  });

  it('shows the superseded certificate, as such, until the corrected one is signed', async () => {
    const { path, certificate } = await sharing();
    await withBrokenSigning(async () => {
      await correctName(certificate);
      const page = await look(path);
      expect([page.status, stateOn(page.text)]).to.deep.equal([200, 'superseded']);
      expect(page.text).to.include('Ada Marlow').and.not.include('Ada Brandt');
      // A certificate that is not valid is not offered as a paper to print.
      expect(page.text).to.not.include(`${path}/certificate.pdf`);
      expect(await credentialBehind(path)).to.equal(certificate.credential);
    });
    await world().worker.drain();
    expect(stateOn((await look(path)).text)).to.equal('valid');
  });

  it('leads to the revoked certificate when the corrected one is revoked', async () => {
    const { path, certificate } = await sharing();
    const id = await correctName(certificate);
    await world().worker.drain();
    const corrected = await findCertificate(id);
    if (!corrected) throw new Error('The corrected certificate is gone');
    await revoke(
      corrected,
      { reason: 'not-earned', note: null },
      { actorId: (await dina()).id, now: Date.now() },
    );
    expect(stateOn((await look(path)).text)).to.equal('revoked');
  });

  it('is listed on the pages of both certificates, and opened only for the current one', async () => {
    const { browser, home, path, certificate } = await sharing();
    const id = await correctName(certificate);
    await world().worker.drain();
    for (const page of [home, `/certificates/${id}`]) {
      const { text } = await browser.get(`${page}/sharing`);
      expect(text).to.include(path);
      expect(text.includes(`action="${page}/share-links"`), page).to.equal(page !== home);
    }
    expect((await send(browser, `${home}/share-links`, { days: '7' })).status).to.equal(404);
    expect(await count('share_links where cycle_id = $1', [certificate.cycleId])).to.equal(1);
    const opened = await send(browser, `/certificates/${id}/share-links`, { days: '7' });
    expect(opened.path).to.equal(`/certificates/${id}/sharing?done=link-made`);
  });

  it('no longer works after a restore', async () => {
    const { path } = await sharing();
    await closeAllShareLinks(Date.now());
    expect((await look(path)).status).to.equal(404);
  });

  it('is created, listed and closed only by the holder', async () => {
    const { home, path, closure } = await sharing();
    for (const { browser } of [await cleo(), await ada()]) {
      expect((await browser.get(`${home}/sharing`)).status).to.equal(404);
      expect((await send(browser, `${home}/share-links`, { days: '7' })).status).to.equal(404);
      expect((await send(browser, closure)).status).to.equal(404);
    }
    const own = await signedInHolder();
    const foreign = closure.replace(home, `/certificates/${own.certificate.id}`);
    await send(own.holder.browser, foreign);
    expect((await look(path)).status).to.equal(200);
  });

  it('is rate limited for somebody who guesses', async () => {
    const visitor = world().visitor();
    let status = 0;
    for (let n = 0; n < 61; n += 1) status = (await visitor.get(`/shared/none-${n}`)).status;
    expect(status).to.equal(429);
  });
});
