import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { askToSign } from '../../../../server/teaching/learning/acknowledgements/asked-statements.js';
import { signedByAll } from '../../../../server/teaching/learning/acknowledgements/signing.js';
import { openOrganisation } from '../../../../server/people/organisations/memberships.js';
import { signedInHolder } from '../../../support/holders.js';
import { cleo, dina, signedIn, type Person } from '../../../support/people.js';
import { plain, send } from '../../../support/pages.js';
import { appoint, otherOrganisation } from '../../../support/roles.js';
import { count, row } from '../../../support/rows.js';
import { errorsOn, said } from '../../../support/said.js';
import { COURSE } from '../../../support/walk.js';
import { ownWorld } from '../../../support/world.js';

const TEXT = 'I know whom to tell.';

describe('a signed acknowledgement', () => {
  ownWorld();

  let admin: Person;
  let id: string;
  let earlier: Awaited<ReturnType<typeof signedInHolder>>;
  let later: Awaited<ReturnType<typeof signedInHolder>>;
  const home = () => `/organisations/${id}/evidence/acknowledgements`;
  const page = ({ cycle }: typeof later) => `/learning/${cycle.id}/acknowledgement`;

  before(async () => {
    ({ id } = await openOrganisation());
    admin = await dina();
    earlier = await signedInHolder('Ada Marlow');
  });

  it('is asked for by an administrator, as a text in a language that has versions', async () => {
    const [manager, outsider] = [await cleo(), await signedIn()];
    await appoint(manager, 'manager', id);
    await appoint(outsider, 'administrator', await otherOrganisation());
    for (const path of ['', `/${COURSE}/unsigned`]) {
      expect((await manager.browser.get(home() + path)).status, path).to.equal(200);
      expect((await outsider.browser.get(home() + path)).status, path).to.equal(404);
    }
    expect((await manager.browser.get(`${home()}/${COURSE}`)).status).to.be.oneOf([403, 404]);
    await admin.browser.get(`${home()}/${COURSE}`);
    const refused = await admin.browser.submit(`${home()}/${COURSE}`, { language: 'English', text: ' ' });
    expect(Object.keys(errorsOn(refused))).to.deep.equal(['language', 'text']);
    await admin.browser.submit(`${home()}/${COURSE}`, { language: 'en', text: 'I know.' });
    await admin.browser.get(`${home()}/${COURSE}?language=en`);
    await admin.browser.submit(`${home()}/${COURSE}`, { language: 'en', text: TEXT });
    expect(await count('acknowledgement_statements where retired_at is null and number = 2')).to.equal(1);
    later = await signedInHolder('Bo Lind');
  });

  it('is not asked of whoever completed the course before', async () => {
    expect((await earlier.holder.browser.get(page(earlier))).status).to.equal(404);
    const course = await earlier.holder.browser.get(`/learning/${earlier.cycle.id}`);
    expect(course.text).to.not.include(said('acknowledgement.open'));
  });

  it('never holds the certificate back, and is listed until it is signed', async () => {
    expect(later.certificate.credential).to.be.a('string');
    const course = await later.holder.browser.get(`/learning/${later.cycle.id}`);
    expect(course.text).to.include(`href="${page(later)}"`);
    expect((await earlier.holder.browser.get(page(later))).status).to.equal(404);
    const unsigned = plain((await admin.browser.get(`${home()}/${COURSE}/unsigned`)).text);
    expect(unsigned).to.include('Bo Lind').and.not.include('Ada Marlow');
  });

  it('is refused without a name and in another name, and read again where the text has changed', async () => {
    const { browser } = later.holder;
    await browser.get(page(later));
    for (const name of ['  ', 'Otto Vik']) {
      const refused = await browser.submit(page(later), { name });
      expect([refused.status, Object.keys(errorsOn(refused))]).to.deep.equal([422, ['name']]);
    }
    const of = { organisationId: id, courseSlug: COURSE, locale: 'en' };
    await askToSign(of, `${TEXT} Today.`, { actorId: admin.id, now: Date.now() });
    const changed = await browser.submit(page(later), { name: 'Bo Lind' });
    expect([changed.status, Object.keys(errorsOn(changed))]).to.deep.equal([422, ['form']]);
    expect(changed.text).to.include(`${TEXT} Today.`).and.include('value="Bo Lind"');
    expect(await count('acknowledgements')).to.equal(0);
  });

  it('keeps the typed name, the exact text, its hash and version, and is produced on request', async () => {
    const { browser, id: userId } = later.holder;
    await browser.get(page(later));
    const signed = await browser.submit(page(later), { name: 'bo <Lind>' });
    expect(signed.text).to.include(said('acknowledgement.signedTitle')).and.include('bo &lt;Lind&gt;');
    await send(browser, page(later), { name: 'Again', statement: 'x' });
    const [kept, ...others] = await signedByAll(id, [userId], Date.now());
    expect(others).to.deep.equal([]);
    expect(kept).to.include({ typedName: 'bo <Lind>', text: `${TEXT} Today.`, number: 3, locale: 'en' });
    expect(kept?.sha256).to.equal(createHash('sha256').update(`${TEXT} Today.`).digest('hex'));
    expect(await signedByAll(id, [userId], Number(kept?.signedAt) - 1)).to.deep.equal([]);
    expect(plain((await admin.browser.get(`${home()}/${COURSE}/unsigned`)).text)).to.not.include('Bo Lind');
    const member = await row<{ id: string }>(
      'select id from memberships where organisation_id = $1 and user_id = $2',
      [...[id, userId]],
    );
    const person = await admin.browser.get(`/organisations/${id}/people/${member?.id}`);
    const shown = `/organisations/${id}/people/${member?.id}/acknowledgements`;
    expect(person.text).to.include(`href="${shown}"`);
    expect((await admin.browser.get(shown)).text).to.include(kept?.sha256);
    expect((await earlier.holder.browser.get(shown)).status).to.equal(404);
    expect(await count("events where name = 'acknowledgement.signed' and actor_id = $1", [userId])).to.equal(
      1,
    );
  });

  it('is given out on paper to the signer and those who may see them, and stands in the log then', async () => {
    const { browser, id: userId } = later.holder;
    const own = `${page(later)}.pdf`;
    const [kept] = await signedByAll(id, [userId], Date.now());
    const member = await row<{ id: string }>(
      'select id from memberships where organisation_id = $1 and user_id = $2',
      [...[id, userId]],
    );
    const theirs = `/organisations/${id}/people/${member?.id}/acknowledgements/${kept?.id}.pdf`;
    for (const [who, path] of [
      [browser, own],
      [admin.browser, theirs],
    ] as const) {
      const paper = await who.get(path);
      expect([paper.status, paper.headers.get('content-type')]).to.deep.equal([200, 'application/pdf']);
      expect((await who.bytes(path)).subarray(0, 5).toString()).to.equal('%PDF-');
    }
    for (const path of [own, theirs])
      expect((await earlier.holder.browser.get(path)).status, path).to.equal(404);
    expect((await earlier.holder.browser.get(`${page(earlier)}.pdf`)).status).to.equal(404);
    const taken = `%"signed-statement"%${kept?.id}%`;
    expect(await count("events where name = 'organisation.exported' and payload like $1", [taken])).to.equal(
      2,
    );
  });

  it('is asked for no more once it is ended, and what was signed stays', async () => {
    await send(admin.browser, `${home()}/${COURSE}/end`, { language: 'en' });
    const next = await signedInHolder('Cy Ness');
    expect((await next.holder.browser.get(page(next))).status).to.equal(404);
    expect((await later.holder.browser.get(page(later))).text).to.include(`${TEXT} Today.`);
  });
});
