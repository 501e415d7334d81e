import { expect } from 'chai';
import { recentActors } from '../../../../server/people/accounts/people.js';
import { write } from '../../../support/rows.js';
import { ada, cleo, dina } from '../../../support/people.js';
import { appoint } from '../../../support/roles.js';
import { holder } from '../../../support/holders.js';
import { ownWorld, world } from '../../../support/world.js';

const PAGES = ['/admin', '/admin/certificates', '/admin/people'];

describe('the administration', () => {
  ownWorld();
  it('opens to administrators', async () => {
    const { browser } = await dina();
    for (const path of PAGES) expect((await browser.get(path)).status, path).to.equal(200);
  });

  it('returns 404 to learners, managers and auditors, and is not in their navigation', async () => {
    const { certificate } = await holder();
    const [learner, manager, auditor] = [await ada(), await cleo(), await cleo()];
    await appoint(manager, 'manager');
    await appoint(auditor, 'auditor');
    for (const { browser } of [learner, manager, auditor]) {
      for (const path of [...PAGES, `/admin/certificates/${certificate.id}`, '/admin/people?query=a']) {
        expect((await browser.get(path)).status, path).to.equal(404);
      }
      expect((await browser.get('/learning')).text).to.not.include('href="/admin"');
    }
  });

  it('needs sign-in', async () => {
    for (const path of PAGES) {
      expect((await world().visitor().get(path)).path).to.equal(`/sign-in?next=${encodeURIComponent(path)}`);
    }
  });

  it('is closed to an administrator who is disabled', async () => {
    const admin = await dina();
    expect((await admin.browser.get('/admin')).status).to.equal(200);
    await write('update users set disabled_at = $1 where id = $2', [Date.now(), admin.id]);
    recentActors().remove(admin.id);
    expect((await admin.browser.get('/admin')).path).to.include('/sign-in');
  });
});
