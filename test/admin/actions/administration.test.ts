import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { forgetPerson } from '../../../server/accounts/people.js';
import { indexPeople } from '../../../server/accounts/search-words.js';
import { installationFigures } from '../../../server/admin/figures.js';
import { certificateHistory } from '../../../server/certificates/lifecycle/history.js';
import { warningsNow } from '../../../server/admin/warnings.js';
import { newestCertificates } from '../../../server/certificates/queries.js';
import { revoke, suspend } from '../../../server/certificates/lifecycle/revoke.js';
import { row, count, write } from '../../support/rows.js';
import { inTransaction } from '../../../server/db/transaction.js';
import { record } from '../../../server/events/record.js';
import { displayCode, newCode, newId } from '../../../server/lib/ids.js';
import { linksIn } from '../../../server/smoke/client.js';
import { ada, cleo, dina, person } from '../../support/people.js';
import { appoint } from '../../support/roles.js';
import { expire, holder } from '../../support/holders.js';
import { plain } from '../../support/pages.js';
import { said } from '../../support/said.js';
import { ownWorld, world } from '../../support/world.js';

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
    forgetPerson(admin.id);
    expect((await admin.browser.get('/admin')).path).to.include('/sign-in');
  });
});

describe('the overview', () => {
  ownWorld();
  it('counts people, courses under way, courses completed and certificates', async () => {
    const all = () => installationFigures(Number.MAX_SAFE_INTEGER - 1);
    const before = await all();
    await holder();
    const after = await all();
    const more = (name: keyof typeof after) => (after[name] ?? NaN) - (before[name] ?? NaN);
    expect([more('people'), more('learning'), more('completed'), more('certificates')]).to.deep.equal([
      1, 0, 1, 1,
    ]);
  });

  it('stops counting at a limit', async () => {
    await holder();
    await holder();
    expect(await installationFigures(1)).to.include({ people: null, completed: null, certificates: null });
  });

  it('shows the figures', async () => {
    const { browser } = await dina();
    const { text } = await browser.get('/admin');
    const shown = [...text.matchAll(/data-figure="(\w+)">\d/g)].map(([, name]) => name);
    expect(shown).to.deep.equal(['people', 'learning', 'completed', 'certificates']);
  });

  it('shows each warning under its key, as long as it holds', async () => {
    const { browser } = await dina();
    const keys = async () => {
      const { text } = await browser.get('/admin');
      return [...text.matchAll(/data-warning="([^"]*)"/g)].map(([, key]) => key);
    };
    const before = await keys();
    const job = (state: string, at: number) =>
      write(
        `insert into jobs (id, reaction, dedupe_key, state, run_at, created_at) values ($1, 'test.stuck', $1, $2, $3, $3)`,
        [newId(), state, at],
      );
    try {
      await job('failed', 1);
      expect(await keys()).to.include('work-stopped');
    } finally {
      await write(`delete from jobs where reaction = 'test.stuck'`);
    }
    expect(await keys()).to.deep.equal(before);
  });

  it('warns of the clock while any event lies more than five minutes in the future, whatever else is written', async () => {
    const system = { actorId: null, organisationId: null };
    const happen = (now: number) => record('account.renamed', { userId: newId() }, { ...system, now });
    const isWarned = async (now: number) =>
      (await warningsNow({ config: world().config, now })).some(({ key }) => key === 'clock');
    const undone = new Error('undone');
    const fault = await inTransaction(async () => {
      // Later than all that was recorded.
      const latest = await row<{ at: number }>('select max(created_at) as at from events');
      const now = (latest?.at ?? 0) + 1;
      expect(await isWarned(now)).to.equal(false);
      await happen(now + 300_001);
      expect(await isWarned(now)).to.equal(true);
      await happen(now);
      expect(await isWarned(now)).to.equal(true);
      expect(await isWarned(now + 1)).to.equal(false);
      throw undone;
    }).catch((thrown: unknown) => thrown);
    expect(fault).to.equal(undone);
  });
});

describe('certificates in the administration', () => {
  ownWorld();
  it('lists the newest first', async () => {
    const [older, newer] = [await holder('Old Timer'), await holder('New Comer')];
    const { browser } = await dina();
    const { text } = await browser.get('/admin/certificates');
    expect(text.indexOf(newer.certificate.id)).to.be.greaterThan(-1);
    expect(text.indexOf(newer.certificate.id)).to.be.lessThan(text.indexOf(older.certificate.id));
    // Namesakes can be told apart.
    expect(text).to.include(displayCode(newer.certificate.code));
  });

  it('finds one by its number, however it is typed', async () => {
    const [{ certificate }, other] = [await holder(), await holder()];
    const { browser } = await dina();
    for (const query of [
      displayCode(certificate.code),
      certificate.code.toLowerCase(),
      ` ${displayCode(certificate.code).replaceAll('-', ' ')} `,
    ]) {
      const { text } = await browser.get(`/admin/certificates?query=${encodeURIComponent(query)}`);
      expect(text).to.include(`/admin/certificates/${certificate.id}`).and.not.include(other.certificate.id);
    }
  });

  it('finds nothing for other texts, and shows them as text', async () => {
    const { browser } = await dina();
    for (const query of [newCode(), 'nonsense', '<b>"&', "' or 1=1 --", '%']) {
      const page = await browser.get(`/admin/certificates?query=${encodeURIComponent(query)}`);
      expect(page.status).to.equal(200);
      const [before = '?'] = said('admin.nothing', { query: '…' }).split('…');
      expect(plain(page.text)).to.include(`${before}${query}`);
      expect(page.text).to.not.include('<b>');
    }
  });

  it('pages through all of them, even those awarded at the same moment', async () => {
    const held = [await holder(), await holder(), await holder()].map(({ certificate }) => certificate.id);
    for (const id of held) await write('update certificates set awarded_at = $1 where id = $2', [1, id]);
    const listed: string[] = [];
    let after: string | null = null;
    for (let pages = 0; pages < 200; pages += 1) {
      const [next]: { id: string }[] = await newestCertificates(1, after);
      if (!next) break;
      listed.push(next.id);
      after = next.id;
    }
    expect(listed.slice(-3).sort()).to.deep.equal([...held].sort());
    expect(new Set(listed).size).to.equal(listed.length);
  });

  it('ignores an impossible place to continue from', async () => {
    const { browser } = await dina();
    for (const after of ['NaN', '1e999', '-1', '[80]', '', '9'.repeat(40), randomUUID()]) {
      expect((await browser.get(`/admin/certificates?after=${after}`)).status, after).to.equal(200);
    }
  });

  it('shows state and history, and links to the revocation', async () => {
    const { certificate } = await holder();
    const { browser } = await dina();
    const page = await browser.get(`/admin/certificates/${certificate.id}`);
    const words = plain(page.text);
    expect(words)
      .to.include('Ada Marlow')
      .and.include(displayCode(certificate.code))
      .and.include(said('state.valid'));
    expect(words).to.include(said('admin.event.issued')).and.include(said('admin.system'));
    expect(page.text).to.include(`href="/certificates/${certificate.id}/revocation"`);
  });

  it('lists changes with the same time in the order in which they happened, newest first', async () => {
    const { certificate } = await holder();
    const [at, { id }] = [Date.now(), await dina()];
    await write('update certificates set created_at = $1, issued_at = $1 where id = $2', [
      at,
      certificate.id,
    ]);
    const by = { actorId: id, now: at };
    await suspend(certificate, { reason: 'under-review', note: null }, by);
    await revoke(certificate, { reason: 'issued-in-error', note: null }, by);
    const what = (await certificateHistory(certificate.id)).map(entry => entry.what);
    expect(what).to.deep.equal(['revoked', 'suspended', 'issued', 'awarded']);
  });

  it('shows an expired one as expired', async () => {
    const { certificate } = await holder();
    await expire(certificate);
    const { browser } = await dina();
    expect(plain((await browser.get(`/admin/certificates/${certificate.id}`)).text)).to.include(
      said('state.expired'),
    );
  });

  it('returns 404 for one that does not exist', async () => {
    const { browser } = await dina();
    for (const id of ['nonsense', newId(), '__proto__']) {
      expect((await browser.get(`/admin/certificates/${id}`)).status, id).to.equal(404);
    }
  });
});

describe('people in the administration', () => {
  ownWorld();
  it('finds somebody by the beginning of the address, in upper or lower case', async () => {
    const [somebody, other] = [await person({ name: 'Zoë Łukasz' }), await person()];
    const { browser } = await dina();
    for (const query of [
      somebody.email,
      somebody.email.slice(0, 20),
      somebody.email.toUpperCase(),
      ` ${somebody.email} `,
    ]) {
      const words = plain((await browser.get(`/admin/people?query=${encodeURIComponent(query)}`)).text);
      expect(words).to.include(somebody.email).and.include('Zoë Łukasz').and.not.include(other.email);
    }
  });

  it('treats the signs of a pattern as text', async () => {
    const { browser } = await dina();
    await person();
    for (const query of ['%', '_', '*', "' or 1=1 --"]) {
      const words = plain((await browser.get(`/admin/people?query=${encodeURIComponent(query)}`)).text);
      expect(words, query).to.include(said('admin.nothing', { query }));
    }
  });

  it('marks administrators and people who are disabled', async () => {
    const admin = await dina();
    const gone = await person();
    await write('update users set disabled_at = 1 where id = $1', [gone.id]);
    const wordsOn = async (email: string) =>
      plain((await admin.browser.get(`/admin/people?query=${email}`)).text);
    expect(await wordsOn(admin.email)).to.match(new RegExp(`20\\d\\d ${said('admin.isAdministrator')}`));
    expect(await wordsOn(gone.email)).to.include(said('admin.isDisabled'));
  });

  it('marks an administrator who is disabled as both, in the list and on their own page', async () => {
    const [{ browser }, gone] = [await dina(), await dina()];
    await write('update users set disabled_at = 1 where id = $1', [gone.id]);
    for (const path of [`/admin/people?query=${gone.email}`, `/admin/people/${gone.id}`])
      expect(plain((await browser.get(path)).text), path).to.include(
        `${said('admin.isAdministrator')} ${said('admin.isDisabled')}`,
      );
    const other = plain((await browser.get(`/admin/people/${(await person()).id}`)).text);
    expect(other).to.not.include(said('admin.isDisabled'));
  });

  it('pages through all of them, each once', async () => {
    const prefix = `page-${newId()}`;
    const { browser } = await dina();
    const email = (n: number) => `${prefix}-${String(n).padStart(3, '0')}@example.org`;
    for (let n = 0; n < 120; n += 1) {
      await write('insert into users (id, email, name, created_at) values ($1, $2, $3, $4)', [
        newId(),
        email(n),
        `N ${n}`,
        1,
      ]);
    }
    await indexPeople();
    const seen: string[] = [];
    let next: string | undefined = `/admin/people?query=${prefix}`;
    for (let pages = 0; next && pages < 10; pages += 1) {
      const { text } = await browser.get(next);
      seen.push(...[...text.matchAll(/page-[\w-]+@example\.org(?=<\/bdi>)/g)].map(([found]) => found));
      next = linksIn(text, /^\/admin\/people\?.*after=/)[0];
    }
    expect(seen)
      .to.have.length(120)
      .and.to.have.members(Array.from({ length: 120 }, (_, n) => email(n)));
    expect(await count('users where email like $1', [`${prefix}%`])).to.equal(120);
  });
});
