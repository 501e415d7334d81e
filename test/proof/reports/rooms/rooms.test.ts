import { expect } from 'chai';
import { linksIn } from '../../../../server/workshop/smoke/client.js';
import { sha256 } from '../../../../server/platform/lib/tokens.js';
import { keepVersion } from '../../../../server/proof/requirements/rules/keep-requirements.js';
import { someRule } from '../../requirements/some-rule.js';
import { mailsTo, linkMailedTo } from '../../../people/accounts/mails.js';
import { makeExemption } from '../../../../server/proof/requirements/exemptions/exemptions.js';
import { linked, member, memberOf } from '../../../support/organisations.js';
import { dayWords } from '../../../../server/people/organisations/day-words.js';
import { openOrganisation } from '../../../../server/people/organisations/memberships.js';
import { plain, send } from '../../../support/pages.js';
import { cleo, person, signedIn } from '../../../support/people.js';
import { appoint } from '../../../support/roles.js';
import { row, write } from '../../../support/rows.js';
import { errorsOn, said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';
import { titlesIn } from '../described.js';
import {
  audited,
  auditorIn,
  eventsOf,
  NAMES,
  numberOf,
  office,
  roomFields,
  roomMade,
  roomOpened,
  someAuditor,
} from './of-rooms.js';

describe('an auditor’s room', () => {
  ownWorld();

  it('is made, seen beforehand, opened, entered by the mailed link, read and ended', async () => {
    const of = await office();
    const email = someAuditor();
    const id = await roomMade(of, { email });
    const { browser } = of.keeper;
    const kept = await browser.get(`${of.home}/${id}`);
    expect(kept.text).to.include('data-state="ready"');
    expect(await mailsTo(email)).to.deep.equal([]);
    const seen = await browser.get(`/rooms/${id}`);
    await roomOpened(of, id);
    const auditor = await auditorIn(email);
    const read = await auditor.get(`/rooms/${id}`);
    expect(read.status).to.equal(200);
    const body = (text: string) => plain(text.slice(text.indexOf('<h1'), text.indexOf('</main>')));
    expect(body(read.text)).to.equal(body(seen.text));
    const { sha256: hash } = (await row<{ sha256: string }>(
      'select f.sha256 from sealed_files f join auditor_rooms r on r.file_id = f.id where r.id = $1',
      [id],
    )) ?? { sha256: '' };
    const list = await auditor.bytes(`/rooms/${id}/list.csv`);
    expect(sha256(list)).to.equal(hash);
    const described = await auditor.get(`/rooms/${id}/list.csv-metadata.json`);
    expect(titlesIn(described.text)).to.equal(list.toString().split('\r\n')[0]);
    for (const text of [read.text, (await browser.get(`${of.home}/${id}`)).text])
      expect(text).to.include(hash);
    await browser.get(`${of.home}/${id}`);
    expect((await browser.submit(`${of.home}/${id}/end`)).status).to.equal(422);
    await browser.submit(`${of.home}/${id}/end`, { sure: 'yes' });
    const closed = await auditor.get(`/rooms/${id}/people`);
    expect(closed.status).to.equal(403);
    expect(closed.text).to.include('data-closed').and.include(of.keeper.email);
    expect(await eventsOf(of.organisation.id)).to.deep.equal([
      'room.made',
      'room.opened',
      'room.entered',
      'room.ended',
    ]);
    expect((await auditor.get('/rooms')).text).to.include('data-state="ended"');
  });

  it('shows who stood how on a day of the period, on both clocks, and finds people', async () => {
    const { office: of, room, auditor } = await audited();
    const share = (text: string) => /data-share>([^<]*)</.exec(text)?.[1];
    expect(share((await auditor.get(room)).text)).to.equal(said('completion.share', { share: 0.33 }));
    expect(share((await auditor.get(`${room}?on=${of.ago(350)}`)).text)).to.equal(
      said('completion.share', { share: 0.33 }),
    );
    const current = async (query: string) => {
      const { text } = await auditor.get(`${room}/people?shown=current&${query}`);
      return NAMES.filter(name => text.includes(name));
    };
    expect(await current('')).to.deep.equal(['Ada Marlow']);
    expect(await current(`on=${of.ago(360)}`)).to.deep.equal(['Tomas Reyes']);
    expect(await current(`known=${of.ago(1)}`)).to.deep.equal([]);
    const found = await auditor.get(`${room}/people?query=lindq`);
    expect(NAMES.filter(name => found.text.includes(name))).to.deep.equal(['Bo Lindqvist']);
    expect(
      (await auditor.get(`${room}/day?on-year=1999&on-month=1&on-day=1&known-year=&known-month=&known-day=`))
        .status,
    ).to.equal(422);
  });

  it('keeps the day that is looked at from page to page, and by the numbers of another day counts its own people alone', async () => {
    const { office: of, room, auditor } = await audited();
    const day = `on=${of.ago(3)}&known=${of.ago(1)}`;
    const stranger = await member(of.organisation, { name: 'Not here' });
    const begun = new Date(`${of.ago(2)}T12:00:00Z`).getTime();
    await write(
      'insert into assignments (id, requirement_id, membership_id, organisation_id, created_at) values ($1, $2, $3, $4, $5)',
      ['of-a-stranger', of.requirementId, stranger, of.organisation.id, begun],
    );
    await write(
      `insert into standing_intervals (id, organisation_id, requirement_id, assignment_id, membership_id, standing, due_day, because,
         from_day, recorded_at, retired_at) values ('of-a-stranger', $1, $2, 'of-a-stranger', $3, 'overdue', $4, '{}', $4, $5, $6)`,
      [of.organisation.id, of.requirementId, stranger, of.ago(10), begun, Date.now()],
    );
    const overview = await auditor.get(`${room}?${day}`);
    expect(overview.text)
      .to.match(/data-number="overdue"[^>]*>0</)
      .and.include(said('completion.concernedNobodyThen'));
    const next = linksIn(overview.text, /\/(people|sample)\?on=/).map(href => href.replaceAll('&amp;', '&'));
    expect(next).to.include.members([`${room}/people?${day}`, `${room}/sample?${day}`]);
    const [first = ''] = linksIn((await auditor.get(`${room}/people?${day}`)).text, /\/people\/\d+\?/);
    const person = await auditor.get(first.replaceAll('&amp;', '&'));
    expect(person.status).to.equal(200);
    expect(plain(person.text)).to.include(plain(said('room.known.day', { known: dayWords(of.ago(1)) })));
    expect((await auditor.get(`${room}/sample?${day}`)).text).to.include(
      `<input type="hidden" name="known" value="${of.ago(1)}">`,
    );
  });

  it('is where an auditor from outside comes to from signing in, until they begin a course', async () => {
    const { auditor } = await audited();
    expect((await auditor.get('/learning')).path).to.equal('/rooms');
    await auditor.get('/courses/volunteers');
    await auditor.submit('/learning', { course: 'volunteers' });
    expect((await auditor.get('/learning')).path).to.equal('/learning');
  });

  it('of the open organisation is for an auditor who may learn there, too, and for nobody whom it lists or gave a role', async () => {
    const of = await office({ of: await openOrganisation() });
    const email = someAuditor();
    const roomId = await roomMade(of, { email });
    await roomOpened(of, roomId);
    const auditor = await auditorIn(email);
    expect((await auditor.get(`/rooms/${roomId}`)).text).to.include('data-share');
    await auditor.get('/courses/volunteers');
    await auditor.submit('/learning', { course: 'volunteers' });
    expect((await auditor.get(`/rooms/${roomId}/people`)).status).to.equal(200);
    const [learner, manager] = [await signedIn(), await signedIn()];
    await appoint(manager, 'manager', of.organisation.id);
    const listed = await member(of.organisation, { name: 'Listed Here' });
    await write('update membership_people set email = $1 where membership_id = $2', [
      'listed@example.org',
      listed,
    ]);
    for (const email of [manager.email, 'listed@example.org']) {
      await of.keeper.browser.get(`${of.home}/new`);
      const refused = await of.keeper.browser.submit(`${of.home}/new`, roomFields(of, { email }));
      expect(errorsOn(refused).email, email).to.equal(said('errors.room-insider'));
    }
    const other = await roomMade(of, { email: learner.email });
    await roomOpened(of, other);
    await learner.browser.get(await linkMailedTo(learner.email));
    await learner.browser.submit('/room-link');
    expect((await learner.browser.get(`/rooms/${other}`)).status).to.equal(200);
  });

  it('says to its auditor who has come to belong to the organisation that only outsiders audit', async () => {
    const { office: of, room, email, auditor } = await audited();
    const account = await row<{ id: string }>('select id from users where email = $1', [email]);
    await memberOf({ id: account?.id ?? '' }, of.organisation.id);
    const closed = await auditor.get(room);
    expect(closed.status).to.equal(403);
    expect(plain(closed.text)).to.include(said('room.closed.insider'));
  });

  it('names who completed what, who entered it, where they worked and why they stand as they do', async () => {
    const { office: of, room, roomId, auditor } = await audited();
    const number = await numberOf(roomId, of.people['Ada Marlow']);
    const { text } = await auditor.get(`${room}/people/${number}`);
    expect(text).to.include('data-credit').and.include('data-span').and.include('Lyon, Cabin crew');
    expect(plain(text)).to.include(said('room.history.automatic.elsewhere', { on: dayWords(of.ago(200)) }));
    expect((await auditor.get(`${room}/people/99`)).status).to.equal(404);
  });

  it('draws the same sample for both sides, and says so in the log of both', async () => {
    const { office: of, room, roomId, auditor } = await audited();
    const rowsOf = (text: string) =>
      [...text.matchAll(/<tr data-number="(\d+)"/g)].map(([, number]) => number);
    const theirs = await auditor.get(`${room}/sample?seed=tide&size=2`);
    const ours = await of.keeper.browser.get(`${room}/sample?seed=tide&size=2`);
    expect(rowsOf(theirs.text)).to.have.length(2);
    expect(rowsOf(ours.text)).to.deep.equal(rowsOf(theirs.text));
    expect((await auditor.get(`${room}/sample?seed=tide&size=none`)).status).to.equal(422);
    const line = plain(said('room.read.sample', { seed: 'tide', size: 2 }));
    for (const page of [
      await auditor.get(`${room}/log`),
      await of.keeper.browser.get(`${of.home}/${roomId}`),
    ])
      expect(plain(page.text)).to.include(line);
    const read = await row<{ n: number }>(
      `select count(*) as n from auditor_room_readings where room_id = $1 and page = 'sample'`,
      [roomId],
    );
    expect(Number(read?.n)).to.equal(1);
  });

  it('lets the auditor ask, the organisation answer and either close, and tells both by mail', async () => {
    const { office: of, room, roomId, auditor, email } = await audited();
    const { browser } = of.keeper;
    const colleague = await signedIn();
    await appoint(colleague, 'administrator', of.organisation.id);
    await auditor.get(`${room}/requests`);
    const wrong = await auditor.submit(`${room}/requests`, { asks: ' ', person: '99' });
    expect(errorsOn(wrong)).to.deep.equal({
      asks: said('errors.room-asks'),
      person: said('errors.room-person'),
    });
    await auditor.submit(`${room}/requests`, { asks: 'The sign-in sheet of 3 May, please', person: '1' });
    const subjects = async (address: string) => (await mailsTo(address)).map(({ subject }) => subject);
    for (const who of [of.keeper, colleague])
      expect(await subjects(who.email)).to.include(said('mail.subject.room-asked'));
    const page = await browser.get(`${of.home}/${roomId}`);
    const id = /data-request="([^"]+)"/.exec(page.text)?.[1] ?? '';
    expect(
      (await browser.submit(`${of.home}/${roomId}/requests/${id}/answer`, { answer: '' })).status,
    ).to.equal(422);
    await browser.submit(`${of.home}/${roomId}/requests/${id}/answer`, { answer: 'It hangs in room 4.' });
    expect(await subjects(email)).to.include(said('mail.subject.room-answered'));
    expect((await auditor.get(`${room}/requests`)).text)
      .to.include('It hangs in room 4.')
      .and.include('data-state="answered"');
    await auditor.submit(`${room}/requests/${id}/closing`);
    expect((await browser.get(`${of.home}/${roomId}`)).text).to.include('data-state="closed"');
  });

  it('that shows numbers only names nobody on any of its pages', async () => {
    const { office: of, room, roomId, auditor } = await audited({ shows: 'numbers', withScores: 'yes' });
    const account = await person({ name: 'Ada Marlow' });
    const ada = of.people['Ada Marlow'] ?? '';
    await linked(ada, account.id);
    const { organisation, requirementId, keeper } = of;
    const change = { organisation, requirementId, membershipId: ada, actorId: keeper.id, now: Date.now() };
    const days = { fromDay: of.ago(0), toDay: of.ago(-30), dueDay: null };
    await makeExemption(change, { kind: 'waiver', reason: 'operations', note: 'Ada Marlow asked', ...days });
    await keeper.browser.get(`/organisations/${organisation.id}/standings.csv`);
    await send(auditor, `${room}/requests`, { asks: 'A sign-in sheet, please', person: '' });
    const { id: request } = (await row<{ id: string }>(
      'select id from auditor_room_requests where room_id = $1',
      [roomId],
    )) ?? { id: '' };
    await send(keeper.browser, `${of.home}/${roomId}/requests/${request}/answer`, {
      answer: 'It comes by post.',
    });
    const secrets = [
      ...NAMES,
      ...NAMES.map((_, at) => `S-77${at}1`),
      account.email,
      keeper.name,
      keeper.email,
    ];
    const todo = [room];
    const done = new Set<string>();
    for (let path = todo.pop(); path !== undefined; path = todo.pop()) {
      if (done.has(path)) continue;
      done.add(path);
      const page = await auditor.get(path);
      expect(page.status, path).to.equal(200);
      for (const secret of secrets)
        expect(page.text.includes(secret), `${secret} on ${path}`).to.equal(false);
      const links = [...page.text.matchAll(/href="([^"]+)"/g)].map(([, to = '']) =>
        to.replaceAll('&amp;', '&'),
      );
      todo.push(...links.filter(to => to.startsWith(`/rooms/${roomId}`)));
    }
    const own = [...done].filter(path => /people\/\d+$/.test(path));
    expect(own).to.have.length(NAMES.length);
    expect((await auditor.get(`${room}/people?query=Ada`)).text).not.to.include('Ada Marlow');
  });

  it('goes on showing a requirement that ended meanwhile, and a list whose file was removed', async () => {
    const { office: of, room, roomId, auditor } = await audited();
    const change = { organisation: of.organisation, actorId: null, now: Date.now() };
    const { requirementId } = of;
    const ended = {
      requirementId,
      after: 1,
      title: 'Crew',
      fromDay: of.ago(0),
      rule: someRule({ inForce: false }),
    };
    expect((await keepVersion(change, ended)).kind).to.equal('kept');
    await write(
      `update sealed_files set state = 'gone' where id = (select file_id from auditor_rooms where id = $1)`,
      [roomId],
    );
    for (const path of ['', '/people', '/people/1', '/sample?seed=tide'])
      expect((await auditor.get(`${room}${path}`)).text, path).to.include('Crew');
    expect((await auditor.get(`${room}/list.csv`)).status).to.equal(404);
  });

  it('is closed to its auditor on its day, and keeps requests and log for the organisation', async () => {
    const { office: of, room, roomId, auditor } = await audited();
    await auditor.get(`${room}/people`);
    await write('update auditor_rooms set until_day = $2 where id = $1', [roomId, of.ago(0)]);
    for (const path of ['', '/people', '/people/1', '/sample', '/changes', '/requests', '/log', '/list.csv'])
      expect((await auditor.get(`${room}${path}`)).status, path).to.equal(403);
    expect((await send(auditor, `${room}/requests`, { asks: 'More' })).status).to.equal(403);
    const kept = await of.keeper.browser.get(`${of.home}/${roomId}`);
    expect(kept.text).to.include('data-state="over"');
    expect(plain(kept.text)).to.include(said('room.read.people'));
  });

  it('does not open for another account, nor for somebody of the organisation', async () => {
    const of = await office();
    const email = someAuditor();
    const id = await roomMade(of, { email });
    await roomOpened(of, id);
    const link = await linkMailedTo(email);
    const [other, colleague] = [await cleo(), of.keeper];
    for (const [{ browser }, bar] of [
      [other, 'other'],
      [colleague, 'insider'],
    ] as const) {
      expect((await browser.get(link)).text).to.include(`data-bar="${bar}"`);
      expect((await send(browser, '/room-link', { token: link.split('token=')[1] ?? '' })).status).to.equal(
        409,
      );
    }
    expect((await other.browser.get(`/rooms/${id}`)).status).to.equal(404);
    const auditor = await auditorIn(email);
    expect((await auditor.get(link)).path).to.equal(`/rooms/${id}`);
    // The link is used: whoever it was passed on to makes no account by it.
    expect((await world().visitor().get(link)).text).not.to.include('/room-link/account');
    // Hired by those whom they audit: they are no outsider any more.
    const { auditor_id: userId } = (await row<{ auditor_id: string }>(
      'select auditor_id from auditor_rooms where id = $1',
      [id],
    )) ?? { auditor_id: '' };
    await memberOf({ id: userId }, of.organisation.id);
    expect((await auditor.get(`/rooms/${id}`)).status).to.equal(403);
  });

  it('is refused from a wrong form, which keeps what was typed', async () => {
    const of = await office();
    const { browser } = of.keeper;
    await browser.get(`${of.home}/new`);
    const page = await browser.submit(
      `${of.home}/new`,
      roomFields(of, {
        ...{ title: '', email: 'emre', requirements: [], shows: '' },
        from: of.ago(-1),
        last: of.ago(-2),
        until: of.ago(1),
      }),
    );
    expect(page.status).to.equal(422);
    expect(Object.keys(errorsOn(page)).sort()).to.deep.equal([
      'email',
      'from',
      'last',
      'requirements',
      'shows',
      'title',
      'until',
    ]);
    expect(page.text).to.include('value="emre"');
    await browser.get(`${of.home}/new`);
    const insider = await browser.submit(`${of.home}/new`, roomFields(of, { email: of.keeper.email }));
    expect(errorsOn(insider)).to.deep.equal({ email: said('errors.room-insider') });
  });

  it('is no matter of outsiders, managers and other organisations, by any address', async () => {
    const { office: of, room, roomId } = await audited();
    const others = [(await cleo()).browser, (await office()).keeper.browser, (await signedIn()).browser];
    const paths = [of.home, `${of.home}/new`, `${of.home}/${roomId}`, room];
    paths.push(
      ...[
        '/people',
        '/people/1',
        '/sample',
        '/changes',
        '/requests',
        '/log',
        '/list.csv',
        '/list.csv-metadata.json',
        '/day',
      ].map(each => room + each),
    );
    for (const browser of others)
      for (const path of paths) expect((await browser.get(path)).status, path).to.equal(404);
    for (const path of [`${of.home}/${roomId}/opening`, `${of.home}/${roomId}/end`, `${room}/requests`])
      expect((await send(others[0]!, path, { sure: 'yes' })).status, path).to.equal(404);
    expect((await world().visitor().get(room)).path).to.include('/sign-in');
  });
});
