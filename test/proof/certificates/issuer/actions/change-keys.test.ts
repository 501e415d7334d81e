import { expect } from 'chai';
import { certificateByCode } from '../../../../../server/proof/certificates/queries.js';
import { ada, dina } from '../../../../support/people.js';
import { said } from '../../../../support/said.js';
import { holder } from '../../../../support/holders.js';
import { plain, send } from '../../../../support/pages.js';
import { ownWorld, world } from '../../../../support/world.js';
import { errorsOn } from '../../pages.js';

describe('changing the signing keys', () => {
  ownWorld();

  beforeEach(() => world().issuer.refresh());

  const keysIn = (text: string) => [...text.matchAll(/<bdi>(z6Mk\w+)/g)].map(found => found[1] ?? '');

  it('rotates the key after a page that asks', async () => {
    const { browser } = await dina();
    const before = keysIn((await browser.get('/admin/keys')).text);
    const path = `/admin/keys/${world().issuer.keyId}/rotation`;
    expect((await browser.get(path)).status).to.equal(200);
    const unsure = await browser.submit(path, {});
    expect(unsure.status).to.equal(422);
    expect(errorsOn(unsure.text)).to.deep.equal(['sure']);
    await browser.get(path);
    const page = await browser.submit(path, { sure: 'yes' });
    expect([page.status, page.path]).to.deep.equal([200, '/admin/keys?done=rotation']);
    expect(keysIn(page.text)).to.have.length(before.length + 1);
    expect((await send(browser, path, { sure: 'yes' })).status).to.equal(409);
  });

  it('retires a key, marks a key as compromised, and shows how many certificates are reissued', async () => {
    const { browser } = await dina();
    const move = async (step: string, key = world().issuer.keyId) => {
      await browser.get(`/admin/keys/${key}/${step}`);
      return browser.submit(`/admin/keys/${key}/${step}`, { sure: 'yes' });
    };
    const first = world().issuer.keyId;
    await move('rotation');
    await world().issuer.refresh();
    expect(plain((await move('retirement', first)).text)).to.include(said('keys.state.retired'));
    const { certificate } = await holder();
    await move('compromise');
    await world().worker.drain();
    const words = plain((await browser.get('/admin/keys')).text);
    expect(words)
      .to.include(said('keys.state.compromised'))
      .and.include(said('keys.replacing', { count: 1, done: 1 }));
    const { text } = await world()
      .visitor()
      .get(`/verify/${certificate.code}`, { accept: 'application/json' });
    expect(JSON.parse(text)).to.include({ verdict: 'valid' });
    expect((await certificateByCode(certificate.code))?.id).to.not.equal(certificate.id);
  });

  it('returns 409 to a step that is not open to the key', async () => {
    const { browser } = await dina();
    const resting = world().issuer.keyId;
    await browser.get(`/admin/keys/${resting}/rotation`);
    await browser.submit(`/admin/keys/${resting}/rotation`, { sure: 'yes' });
    await world().issuer.refresh();
    for (const path of [`${world().issuer.keyId}/retirement`, `${resting}/rotation`]) {
      expect((await browser.get(`/admin/keys/${path}`)).status, path).to.equal(409);
      expect((await send(browser, `/admin/keys/${path}`, {})).status, path).to.equal(409);
    }
    expect((await browser.get(`/admin/keys/${resting}/retirement`)).status).to.equal(200);
  });

  it('returns 404 to others, and for an unknown key', async () => {
    const somebody = await ada();
    expect((await somebody.browser.get('/admin/keys')).status).to.equal(404);
    const path = `/admin/keys/${world().issuer.keyId}/compromise`;
    expect((await send(somebody.browser, path, { sure: 'yes' })).status).to.equal(404);
    expect((await (await dina()).browser.get('/admin/keys/zNothing/rotation')).status).to.equal(404);
  });
});
