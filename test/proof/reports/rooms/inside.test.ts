import { expect } from 'chai';
import { ruleSentence } from '../../../../server/proof/requirements/rules/rule-sentence.js';
import { ruleWordsOf } from '../../../../server/proof/requirements/rules/rule-words.js';
import { STANDINGS } from '../../../../server/proof/requirements/standings.js';
import { dayWords } from '../../../../server/people/organisations/day-words.js';
import { linksIn } from '../../../../server/workshop/smoke/client.js';
import { someRule } from '../../requirements/some-rule.js';
import { mailsTo } from '../../../people/accounts/mails.js';
import { plain } from '../../../support/pages.js';
import { write } from '../../../support/rows.js';
import { said } from '../../../support/said.js';
import { ownWorld } from '../../../support/world.js';
import { completed, required, YEARLY } from '../reckoned.js';
import {
  audited,
  auditorIn,
  decidedAndExported,
  numberOf,
  office,
  roomMade,
  roomOpened,
  someAuditor,
} from './of-rooms.js';

/** The days of a form in an address. */
const between = (from: string, to: string): string =>
  Object.entries({ from, to })
    .flatMap(([name, day]) =>
      day.split('-').map((part, at) => `${name}-${['year', 'month', 'day'][at]}=${part}`),
    )
    .join('&');

const numbersIn = (text: string): number[] =>
  [...text.matchAll(/<tr data-number="(\d+)"/g)].map(([, number]) => Number(number));

/** What a log says was opened. */
const pagesRead = (text: string): string[] =>
  [...text.matchAll(/<th scope="row">(.*?)<\/th>/g)].map(([, line = '']) => plain(line));

describe('inside an auditor’s room', () => {
  ownWorld();

  it('each requirement says its rule, and leads to what its course teaches', async () => {
    const { office: of, room, auditor } = await audited();
    const { text } = await auditor.get(room);
    const words = await ruleWordsOf(of.organisation.id, of.ago(0));
    expect(plain(text)).to.include(plain(ruleSentence(someRule(YEARLY), words)));
    const [course = ''] = linksIn(text, /\/courses\//);
    expect((await auditor.get(course)).text).to.include('data-module');
  });

  it('a list says how many there are, and leads on only where somebody is left', async () => {
    const of = await office({ more: 19 });
    const email = someAuditor();
    const roomId = await roomMade(of, { email });
    await roomOpened(of, roomId);
    const auditor = await auditorIn(email);
    const next = (text: string) => /href="([^"]+)" rel="next"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
    const first = await auditor.get(`/rooms/${roomId}/people`);
    expect(plain(first.text)).to.include(plain(said('room.list.total', { from: 1, last: 20, total: 22 })));
    const second = await auditor.get(next(first.text) ?? '');
    expect(plain(second.text)).to.include(plain(said('room.list.total', { from: 21, last: 22, total: 22 })));
    expect([numbersIn(second.text), next(second.text)]).to.deep.equal([[21, 22], undefined]);
    // As many as one page holds.
    const current = await auditor.get(`/rooms/${roomId}/people?shown=current`);
    expect([numbersIn(current.text).length, next(current.text)]).to.deep.equal([20, undefined]);
    expect(plain(current.text)).to.include(plain(said('room.list.totalAll', { count: 20 })));
  });

  it('a sample waits for a seed, of which a fresh one is offered', async () => {
    const { room, auditor } = await audited();
    const seedIn = (text: string) => /name="seed"[^>]*value="([^"]*)"/.exec(text)?.[1];
    const [first, second] = [await auditor.get(`${room}/sample`), await auditor.get(`${room}/sample`)];
    expect(numbersIn(first.text)).to.deep.equal([]);
    expect(seedIn(first.text))
      .to.match(/^[0-9a-f]{8}$/)
      .and.not.equal(seedIn(second.text));
    expect(plain(first.text)).to.include(said('room.sample.sizeHint', { most: 200 }));
    const samplesRead = async () =>
      (await auditor.get(`${room}/log`)).text.split(
        plain(said('room.read.sample', { seed: '|', size: 2 })).split('|')[0] ?? '',
      ).length - 1;
    expect(await samplesRead()).to.equal(0);
    expect(plain(first.text)).to.include(said('room.sample.seedFresh'));
    const drawn = await auditor.get(`${room}/sample?seed=${seedIn(first.text)}&size=2`);
    expect(numbersIn(drawn.text)).to.have.length(2);
    expect(plain(drawn.text)).to.include(said('room.sample.seedHint'));
    expect(await samplesRead()).to.equal(1);
    expect((await auditor.get(`${room}/sample?seed=&size=2`)).status).to.equal(422);
  });

  it('the log names the auditor, and the day that each page was about', async () => {
    const { office: of, room, roomId, auditor, email } = await audited();
    await auditor.get(room);
    await auditor.get(`${room}?on=${of.ago(30)}`);
    await auditor.get(`${room}/people?on=${of.ago(30)}&known=${of.ago(10)}`);
    const [course = ''] = linksIn((await auditor.get(room)).text, /\/courses\//);
    await auditor.get(course);
    const [page, day] = [said('room.read.overview'), dayWords(of.ago(30))];
    for (const log of [
      await auditor.get(`${room}/log`),
      await of.keeper.browser.get(`${of.home}/${roomId}`),
    ]) {
      expect(plain(log.text))
        .to.include(plain(said('room.log.by', { name: 'Emre Aydin', address: email })))
        .and.include(plain(said('room.read.onDay', { page, day: dayWords(of.ago(0)) })))
        .and.include(plain(said('room.read.onDay', { page, day })))
        .and.include(plain(said('room.read.course', { course: '|' })).replace('|', 'Airline and transport'))
        .and.include(
          plain(
            said('room.read.onDayKnown', {
              page: said('room.read.people'),
              day,
              known: dayWords(of.ago(10)),
            }),
          ),
        );
    }
  });

  it('the log says of which day a history and a sample were, and between which days changes', async () => {
    const { office: of, room, auditor } = await audited();
    const [day, earlier] = [of.ago(30), of.ago(60)];
    const known = of.ago(10);
    // As long a seed as there may be, with as much beside it as there may be.
    const seed = 'tide, 2/'.padEnd(50, 'x');
    const sample = `${room}/sample?${new URLSearchParams({ seed, size: '200' }).toString()}`;
    for (const path of [
      `${room}/people/1`,
      `${room}/people/1?on=${day}`,
      `${sample}&on=${day}&known=${known}`,
      sample,
      `${room}/changes`,
      `${room}/changes?${between(earlier, day)}`,
    ])
      expect((await auditor.get(path)).status, path).to.equal(200);
    const lines = pagesRead((await auditor.get(`${room}/log`)).text);
    const [history, drawn] = [
      said('room.read.person', { number: 1 }),
      said('room.read.sample', { seed, size: 200 }),
    ];
    const page = said('room.read.changes');
    const changes = { page, from: dayWords(earlier), to: dayWords(day) };
    const thatDay = { day: dayWords(day), known: dayWords(known) };
    const lastDay = { day: dayWords(of.ago(0)) };
    expect(lines).to.include.members(
      [
        said('room.read.onDay', { page: history, ...lastDay }),
        said('room.read.onDay', { page: history, ...thatDay }),
        said('room.read.onDayKnown', { page: drawn, ...thatDay }),
        said('room.read.onDay', { page: drawn, ...lastDay }),
        page,
        said('room.read.between', changes),
      ].map(plain),
    );
  });

  it('the log tells of what was read when no day was kept with it without one', async () => {
    const { room, roomId, auditor } = await audited();
    await auditor.get(`${room}/people/1`);
    await auditor.get(`${room}/sample?seed=tide&size=2`);
    for (const [page, about] of [
      ['person', '1'],
      ['sample', 'tide, 2'],
    ] as const)
      await write('update auditor_room_readings set about = $3 where room_id = $1 and page = $2', [
        ...[roomId, page, about],
      ]);
    expect(pagesRead((await auditor.get(`${room}/log`)).text)).to.include.members(
      [said('room.read.person', { number: 1 }), said('room.read.sample', { seed: 'tide', size: 2 })].map(
        plain,
      ),
    );
  });

  it('decisions and exports are told in lines that no phone cuts off, with the names of people', async () => {
    const { office: of, room, roomId, auditor } = await audited();
    await decidedAndExported(of);
    const bo = await numberOf(roomId, of.people['Bo Lindqvist']);
    const changes = await auditor.get(`${room}/changes`);
    expect(changes.text).not.to.include('<table');
    const told = (text: string, mark: string) =>
      [...text.matchAll(new RegExp(`<li ${mark}>([^]*?)</li>`, 'g'))].map(([, line = '']) => line);
    const [decision = '', ...others] = told(changes.text, 'data-decision');
    expect(others).to.deep.equal([]);
    expect(decision).to.include(`href="${room}/people/${bo}"`);
    for (const part of ['Bo Lindqvist', said('room.person', { number: bo }), of.keeper.name])
      expect(plain(decision), part).to.include(part);
    const [file = ''] = told(changes.text, 'data-file');
    expect(file).to.match(/[0-9a-f]{64}/);
    expect(plain(file)).to.include(plain(said('room.changes.rows', { count: 3 })));

    const history = await auditor.get(`${room}/people/${bo}`);
    expect(told(history.text, 'data-decision')).to.have.length(1);
    expect(told(history.text, 'data-decision')[0]).not.to.include('href=');

    await write('update auditor_rooms set shows = $2 where id = $1', [roomId, 'numbers']);
    const [numbered = ''] = told((await auditor.get(`${room}/changes`)).text, 'data-decision');
    expect(numbered)
      .to.include(said('room.person', { number: bo }))
      .and.not.include('Bo Lindqvist');
  });

  it('the numbers of a requirement stand in rows of which none ends with one alone', async () => {
    const { room, auditor } = await audited();
    const { text } = await auditor.get(room);
    const rows = [...text.matchAll(/<dl class="figures[^]*?<\/dl>/g)].map(
      ([list]) => list.split('data-number').length - 1,
    );
    expect(rows).to.deep.equal([1, 6, 2]);
  });

  it('the sealed list says whose it is, of which day and requirement, and what its words mean', async () => {
    const of = await office();
    const also = await required(of.organisation, {
      title: 'Gäste & Crew',
      fromDay: of.ago(300),
      rule: YEARLY,
    });
    const email = someAuditor();
    const roomId = await roomMade(of, { email, requirements: [of.requirementId, also] });
    const { browser } = of.keeper;
    const described = JSON.parse((await browser.get(`/rooms/${roomId}/list.csv-metadata.json`)).text) as {
      url: string;
      'dc:description': string;
      tableSchema: { columns: { name: string; 'dc:description': string }[] };
    };
    expect(described.url)
      .to.match(/^[a-z-]+_crew_and-1-more_/)
      .and.include(of.ago(0));
    const words = await ruleWordsOf(of.organisation.id, of.ago(0));
    for (const part of [
      of.organisation.name,
      dayWords(of.ago(0)),
      'Gäste & Crew',
      ruleSentence(someRule(YEARLY), words),
    ])
      expect(described['dc:description'], part).to.include(part);
    const standing = described.tableSchema.columns.find(({ name }) => name === 'standing');
    for (const code of STANDINGS) expect(standing?.['dc:description'], code).to.include(`${code} (`);
  });

  it('what changed is told of two days: how people stood, what was decided and what was exported', async () => {
    const { office: of, room, auditor } = await audited();
    await of.keeper.browser.get(`/organisations/${of.organisation.id}/standings.csv`);
    const export_ = said('eventLog.file.standings');
    const all = await auditor.get(`${room}/changes`);
    expect(all.text).to.include(export_).and.not.include('data-between');
    const today = await auditor.get(`${room}/changes?${between(of.ago(250), of.ago(0))}`);
    expect(today.text).to.include(export_);
    const shares = [...today.text.matchAll(/data-share>([^<]*)</g)].map(([, share = '']) => plain(share));
    const days = [of.ago(250), of.ago(0)].map(day =>
      said('room.changes.onDay', { day: dayWords(day), share: '' }),
    );
    expect(shares).to.have.length(days.length);
    shares.forEach((share, at) => expect(share.startsWith(days[at] ?? '-'), share).to.equal(true));
    const earlier = await auditor.get(`${room}/changes?${between(of.ago(250), of.ago(1))}`);
    expect(earlier.text).to.include('data-between').and.not.include(export_);
    for (const wrong of [
      between(of.ago(900), of.ago(1)),
      between(of.ago(1), of.ago(2)),
      between('', of.ago(0)),
    ])
      expect((await auditor.get(`${room}/changes?${wrong}`)).status, wrong).to.equal(422);
  });

  it('a history begins with how somebody stands, and says which completion was before their hire', async () => {
    const { office: of, room, roomId, auditor } = await audited();
    const ada = of.people['Ada Marlow'];
    const path = `${room}/people/${await numberOf(roomId, ada)}`;
    const beforeHire = plain(said('room.history.beforeHire', { day: dayWords(of.ago(800)) }));
    const without = await auditor.get(path);
    expect(without.text.indexOf('data-summary')).to.be.within(1, without.text.indexOf('data-span'));
    expect(plain(without.text)).not.to.include(beforeHire);
    await completed(of.organisation, ada ?? '', { on: of.ago(801) });
    expect(plain((await auditor.get(path)).text)).to.include(beforeHire);
  });

  it('the invitation names the room, the organisation, who invites and who writes', async () => {
    const { office: of, email } = await audited();
    const [mail] = await mailsTo(email);
    for (const name of ['Autumn inspection', of.organisation.name, of.keeper.name, said('frame.name')])
      expect(mail?.text, name).to.include(name);
    expect(mail?.text?.trim().endsWith(said('frame.plainName'))).to.equal(false);
  });
});
