import { expect } from 'chai';
import { openCheckpoints } from '../../../../server/proof/certificates/ledger/checkpoints.js';
import { dayOf } from '../../../../server/platform/lib/days.js';
import { dayWords } from '../../../../server/people/organisations/day-words.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { endOfChain } from '../../../../server/platform/events/chains.js';
import { namesOfKind } from '../../../../server/platform/events/declared-events.js';
import { LOG_KINDS } from '../../../../server/platform/events/event.js';
import { eventsBefore, numberAt } from '../../../../server/platform/events/event-log.js';
import { record } from '../../../../server/platform/events/record.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { noticeKinds } from '../../../../server/people/mails/notices.js';
import { openOrganisation } from '../../../../server/people/organisations/memberships.js';
import { ada, cleo, dina, type Person } from '../../../support/people.js';
import { appoint } from '../../../support/roles.js';
import { write } from '../../../support/rows.js';
import { said } from '../../../support/said.js';
import { plain } from '../../../support/pages.js';
import { ownWorld, world } from '../../../support/world.js';

const DAY = 86_400_000;

/** The numbers of the entries on a page, in its order. */
const numbersOn = (text: string) =>
  [...text.matchAll(/data-event="(\d+)"/g)].map(([, number]) => Number(number));

const headings = (text: string) => [...text.matchAll(/<h3>([^<]*)<\/h3>/g)].map(([, words]) => words);

describe('the logs of the administration', () => {
  ownWorld();
  let admin: Person;
  before(async () => {
    admin = await dina();
  });
  const read = async (path: string) => (await admin.browser.get(path)).text;

  it('return 404 to learners and managers', async () => {
    const [learner, manager] = [await ada(), await cleo()];
    await appoint(manager, 'manager');
    const { id } = await openOrganisation();
    for (const { browser } of [learner, manager])
      for (const path of [
        '/admin/log',
        `/admin/log?log=${id}`,
        '/admin/log.csv',
        '/admin/refusals',
        '/admin/refusals.csv',
        '/admin/mails',
      ])
        expect((await browser.get(path)).status, path).to.equal(404);
  });

  it('say on which day every entry was checked, and what came since', async () => {
    expect(await read('/admin/log')).to.include(said('eventLog.checkedNever'));
    const [wholeAt, at] = [Date.UTC(2026, 2, 1, 12), Date.UTC(2026, 2, 9, 12)];
    for (const [mark, key] of [
      [{ at: wholeAt, wholeAt }, 'eventLog.checkedWhole'],
      [{ at, wholeAt }, 'eventLog.checkedSince'],
    ] as const) {
      openCheckpoints(world().config.dataDir).noteProven({ number: 1, sha256: '', ...mark });
      const days = { day: dayWords(dayOf(mark.at, 'UTC')), whole: dayWords(dayOf(wholeAt, 'UTC')) };
      expect(plain(await read('/admin/log'))).to.include(plain(said(key, days)));
    }
  });

  it('have words for every event and every mail', () => {
    const names = LOG_KINDS.flatMap(namesOfKind);
    expect(names).to.have.length.above(100);
    for (const name of names) expect(said(`eventLog.event.${name}`), name).to.not.equal('');
    for (const kind of noticeKinds()) expect(said(`mailLog.kind.${kind}`), kind).to.not.equal('');
  });

  describe('of events', () => {
    /** Entries of a log that nobody else writes to: as many as there are times. */
    async function filled(times: readonly number[], userId: string): Promise<string> {
      const organisationId = newId();
      await write(
        `insert into organisations (id, slug, name, kind, time_zone, created_at) values ($1, $1, 'Northern Air', 'customer', 'UTC', 0)`,
        [organisationId],
      );
      for (const [at, now] of times.entries())
        await inTransaction(() =>
          at % 10 === 9
            ? record(
                'share-link.closed',
                { linkId: newId(), cycleId: newId(), userId },
                { actorId: userId, organisationId, now },
              )
            : record(
                'grant.ended',
                { grantId: newId(), userId, role: 'manager', unitId: null, untilDay: null },
                { actorId: admin.id, organisationId, now },
              ),
        );
      return organisationId;
    }

    it('lists each entry once, newest first, page by page', async () => {
      const { id } = await ada();
      const log = await filled(
        Array.from({ length: 120 }, (_, at) => Date.UTC(2026, 2, 1) + at),
        id,
      );
      const seen: number[] = [];
      let next: string | undefined = `/admin/log?log=${log}`;
      while (next) {
        const text: string = await read(next);
        seen.push(...numbersOn(text));
        next = /href="([^"]*)" rel="next"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
      }
      expect(seen).to.deep.equal(Array.from({ length: 120 }, (_, at) => 120 - at));
    });

    it('says what was done by whom to whom, and narrows to a kind and to the days up to one', async () => {
      const learner = await ada();
      const days = [1, 1, 2, 2, 2, 2, 2, 2, 2, 3, 4, 5].map(day => Date.UTC(2026, 2, day, 12));
      const log = await filled(days, learner.id);
      const text = await read(`/admin/log?log=${log}&kind=certificates`);
      expect(numbersOn(text)).to.deep.equal([10]);
      expect(headings(text)).to.deep.equal([said('eventLog.event.share-link.closed')]);
      expect(text).to.include(`/admin/people/${learner.id}`);
      const roles = await read(`/admin/log?log=${log}&kind=roles`);
      for (const { id } of [learner, admin]) expect(roles).to.include(`/admin/people/${id}`);
      const until = await read(`/admin/log?log=${log}&until-day=2&until-month=3&until-year=2026`);
      expect(numbersOn(until)).to.deep.equal([9, 8, 7, 6, 5, 4, 3, 2, 1]);
    });

    it('finds the first entry of a moment, however many share it', async () => {
      const start = Date.UTC(2026, 4, 1);
      const log = await filled(
        [0, 1, 1, 1, 2, 5].map(days => start + days * DAY),
        admin.id,
      );
      const last = Number((await endOfChain(log)).seq);
      for (const [days, number] of [
        [-1, 1],
        [0, 1],
        [1, 2],
        [2, 5],
        [3, 6],
        [5, 6],
        [6, 7],
      ] as const)
        expect(await numberAt(log, start + days * DAY, last), String(days)).to.equal(number);
    });

    it('shows no score, and nothing but 404 for a log that does not exist', async () => {
      const { id } = await openOrganisation();
      const attempt = {
        attemptId: newId(),
        cycleId: newId(),
        quiz: 'model',
        points: 7391,
        passed: true,
        closedBy: 'learner',
      } as const;
      await inTransaction(() =>
        record('attempt.graded', attempt, { actorId: null, organisationId: id, now: Date.now() }),
      );
      const text = await read(`/admin/log?log=${id}&kind=learning`);
      expect(text).to.include(attempt.attemptId);
      expect(text).to.not.include('7391');
      for (const log of ['nothing', newId(), '%00'])
        expect((await admin.browser.get(`/admin/log?log=${log}`)).status, log).to.equal(404);
    });

    it('narrows to a person, to what was done, to a thing, and to the days between two', async () => {
      const learner = await ada();
      const days = Array.from({ length: 12 }, (_, day) => Date.UTC(2026, 2, day + 1, 12));
      const log = await filled(days, learner.id);
      const of = async (query: string) => numbersOn(await read(`/admin/log?log=${log}&${query}`));
      expect(await of(`person=${encodeURIComponent(admin.email)}&event=share-link.closed`)).to.deep.equal([]);
      expect(await of(`person=${learner.email}&event=share-link.closed`)).to.deep.equal([10]);
      expect(await of(`person=${admin.id}&event=grant.ended`)).to.have.length(11);
      expect(await of('since-day=11&since-month=3&since-year=2026')).to.deep.equal([12, 11]);
      expect(
        await of(
          `person=${learner.id}&since-day=3&since-month=3&since-year=2026&until-day=4&until-month=3&until-year=2026`,
        ),
      ).to.deep.equal([4, 3]);
      const [, grantId = ''] =
        /grantId(?:&quot;|&#34;):(?:&quot;|&#34;)([0-9a-f-]{36})/.exec(await read(`/admin/log?log=${log}`)) ??
        [];
      expect(await of(`object=${grantId}`)).to.deep.equal([12]);
      for (const query of ['person=nobody@example.org', 'object=7', "object='%25"])
        expect((await admin.browser.get(`/admin/log?log=${log}&${query}`)).status, query).to.equal(422);
    });

    it('looks through a long log part by part', async () => {
      const filter = { names: [], without: [], ids: [admin.id], about: null, from: 1 };
      const log = await filled([0, 1, 2], (await ada()).id);
      await write('update events set seq = seq + 250000 where chain = $1 and seq = 3', [log]);
      const first = await eventsBefore(log, 250_004, filter, 50);
      expect([first.events.length, first.next]).to.deep.equal([1, 150_004]);
      const second = await eventsBefore(log, first.next ?? 0, filter, 50);
      expect([second.events.length, second.next]).to.deep.equal([0, 50_004]);
      const last = await eventsBefore(log, second.next ?? 0, filter, 50);
      expect([last.events.length, last.next]).to.deep.equal([2, null]);
    });

    it('leaves as CSV with a description of its columns, and that is an event', async () => {
      const learner = await ada();
      const log = await filled([0, 1, 2], learner.id);
      const { text } = await admin.browser.get(`/admin/log.csv?log=${log}&kind=roles`);
      const [header, ...records] = text.trim().split('\r\n');
      expect(header).to.include('number,recorded at,event');
      expect(records).to.have.length(3);
      expect(records[0])
        .to.match(/^3,1970-01-01T00:00:00.002Z,grant.ended,/)
        .and.include(learner.id);
      const described = await admin.browser.get(`/admin/log.csv-metadata.json?log=${log}`);
      expect(described.text).to.include('"tableSchema"');
      expect(numbersOn(await read(`/admin/log?log=${log}&event=organisation.exported`))).to.deep.equal([4]);
    });

    it('of an organisation are read by those who administer it: their own alone, and nothing private', async () => {
      const [keeper, learner] = [await ada(), await cleo()];
      const { id: open } = await openOrganisation();
      await appoint(keeper, 'administrator');
      const page = `/organisations/${open}/log`;
      await inTransaction(() =>
        record(
          'share-link.closed',
          { linkId: newId(), cycleId: newId(), userId: learner.id },
          { actorId: learner.id, organisationId: open, now: Date.now() },
        ),
      );
      await inTransaction(() =>
        record(
          'grant.made',
          {
            grantId: newId(),
            userId: learner.id,
            role: 'manager',
            unitId: null,
            fromDay: '2026-01-01',
            untilDay: null,
          },
          { actorId: keeper.id, organisationId: open, now: Date.now() },
        ),
      );
      const { text, status } = await keeper.browser.get(page);
      expect(status).to.equal(200);
      expect(headings(text)).to.include(said('eventLog.event.grant.made'));
      expect(headings(text)).to.not.include(said('eventLog.event.share-link.closed'));
      expect(text).to.not.include('/admin/').and.not.include('<details><summary>');
      const narrowed = await keeper.browser.get(`${page}?event=share-link.closed&kind=certificates`);
      expect(headings(narrowed.text)).to.not.include(said('eventLog.event.share-link.closed'));
      const foreign = await filled([0], learner.id);
      for (const path of [`/organisations/${foreign}/log`, `/organisations/${foreign}/log.csv`])
        expect((await keeper.browser.get(path)).status, path).to.equal(404);
      for (const path of [page, `${page}.csv`])
        expect((await learner.browser.get(path)).status, path).to.equal(404);
      const file = await keeper.browser.get(`${page}.csv`);
      expect(file.text)
        .to.include('grant.made')
        .and.not.include('share-link.closed')
        .and.not.include('facts');
    });

    it('asks for a day that exists', async () => {
      const { status, text } = await admin.browser.get(
        '/admin/log?until-day=31&until-month=2&until-year=2026',
      );
      expect(status).to.equal(422);
      expect(text).to.include(said('eventLog.wrongDay'));
    });
  });

  describe('of mail', () => {
    const mail = (kind: string, state: string, at: number, userId: string) =>
      write(
        `insert into mails (id, dedupe_key, kind, user_id, state, created_at, sent_at) values ($1, $1, $2, $3, $4, $5, $6)`,
        [newId(), kind, userId, state, at, state === 'sent' ? at : null],
      );

    it('lists mails to whom and in which state, newest first, page by page, and narrows to a kind and a state', async () => {
      const learner = await ada();
      const far = Date.UTC(2095, 0, 1);
      for (let at = 0; at < 60; at += 1)
        await mail('lines-due', at % 20 === 0 ? 'failed' : 'sent', far + Math.floor(at / 7), learner.id);
      await mail('refresher', 'failed', far, learner.id);
      const rowsOn = (text: string) => text.match(/<th scope="row"/g)?.length ?? 0;
      const first = await read('/admin/mails?kind=lines-due');
      expect(rowsOn(first)).to.equal(50);
      const next = /href="([^"]*)" rel="next"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
      expect(rowsOn(await read(next))).to.equal(10);
      const refused = await read('/admin/mails?kind=lines-due&state=failed');
      expect(rowsOn(refused)).to.equal(3);
      expect(refused).to.include(`/admin/people/${learner.id}`);
    });
  });
});
