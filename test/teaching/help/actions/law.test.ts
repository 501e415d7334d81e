import { expect } from 'chai';
import { isOwnFact } from '../../../../server/teaching/content/fact-source.js';
import { forgetCatalogue, library } from '../../../../server/teaching/courses/catalogue.js';
import { statementsOf } from '../../../../server/teaching/content/pack-answers.js';
import type { Pack } from '../../../../server/teaching/content/schema/types.js';
import { lawHrefOf, packPage, packRows } from '../../../../server/teaching/help/country-packs.js';
import { row, write } from '../../../support/rows.js';
import { whileOpenToEveryone } from '../../../support/grants.js';
import { plain } from '../../../support/pages.js';
import { ownWorld, world } from '../../../support/world.js';
import { said } from '../../../support/said.js';

const NOTICE = said('law.noticeTitle');
const reading = { now: Date.parse('2026-12-01'), inWords: (day: string) => day };

const main = (html: string): string => plain(html.slice(html.indexOf('<main'), html.indexOf('</main>')));

async function reviewed(code: string): Promise<Pack> {
  const pack = (await library()).packs.find(each => each.code === code);
  if (!pack) throw new Error(`There is no pack ${code}`);
  return { ...pack, reviewedBy: [{ role: 'lawyer', name: 'A. Person', on: '2026-11-30' }] };
}

describe('the law by country', () => {
  ownWorld();
  it('lists every pack, the page for other countries last', async () => {
    const page = await world().visitor().get('/law');
    expect(page.status).to.equal(200);
    const hrefs = [...page.text.matchAll(/href="(\/law\/\w+)"/g)].map(([, href]) => href);
    const { packs } = await library();
    expect([...hrefs].sort()).to.deep.equal(packs.map(({ code }) => `/law/${code}`).sort());
    expect(hrefs.at(-1)).to.equal('/law/int');
    expect(page.headers.getSetCookie().join()).to.not.include('session');
  });

  it('says first that no lawyer has reviewed it, and that a report never waits', async () => {
    const { packs } = await library();
    for (const path of ['/law', ...packs.map(({ code }) => `/law/${code}`)]) {
      const { text, status } = await world().visitor().get(path);
      expect(status, path).to.equal(200);
      const first = path === '/law' ? said('law.noticeTitleMany') : NOTICE;
      expect(main(text).startsWith(first), path).to.equal(true);
      expect(text.indexOf(first), path).to.be.lessThan(text.indexOf('<h1'));
      expect(main(text), path).to.include(said('law.noticeNow'));
    }
  });

  it('shows every statement with its sources, and marks those not confirmed', async () => {
    const { packs, facts } = await library();
    for (const pack of packs) {
      const { text } = await world().visitor().get(`/law/${pack.code}`);
      const words = plain(text);
      const all = statementsOf(pack).map(({ statement }) => statement);
      for (const statement of all) expect(words).to.include(plain(statement.text));
      expect(words.split(said('law.notConfirmed'))).to.have.length(
        all.filter(({ confirmed }) => !confirmed).length + 1,
      );
      for (const { id, url } of pack.sources) {
        expect(text).to.include(`id="source-${id}"`).and.include(`href="#source-${id}"`);
        expect(text).to.include(`href="${url.replaceAll('&', '&amp;')}"`);
      }
      const hidden = facts.filter(({ status }) => status === 'unverified').map(({ id }) => id);
      for (const id of hidden) expect(text).to.not.include(`/sources?fact=${id}`);
      expect(words).to.not.match(/\bF\d{3}\b/);
      for (const { id } of facts.filter(isOwnFact)) expect(text).to.not.include(`/sources?fact=${id}`);
    }
  });

  it('takes telephone numbers only from the directory', async () => {
    const { hotlines } = await library();
    const { text } = await world().visitor().get('/law/ph');
    const numbers = [...text.matchAll(/href="tel:([^"]+)"/g)].map(([, number]) => number);
    const known = hotlines.countries
      .filter(({ code }) => code === 'PH')
      .flatMap(({ emergency, lines }) => [...emergency.numbers, ...lines.map(({ phone }) => phone ?? '')])
      .map(number => number.replace(/[^+0-9]/g, ''));
    expect(numbers).to.not.deep.equal([]);
    for (const number of numbers) expect(known).to.include(number);
  });

  it('returns 404 for unknown countries', async () => {
    for (const code of ['xx', 'PH', '__proto__', 'constructor', '..%2f..', '%00']) {
      expect((await world().visitor().get(`/law/${code}`)).status, code).to.be.oneOf([400, 404]);
    }
  });

  it('is linked from the pages of a real concern and of sources', async () => {
    const visitor = world().visitor();
    expect((await visitor.get('/concern?country=PH')).text).to.include('href="/law/ph"');
    expect((await visitor.get('/concern?country=CA')).text).to.include('href="/law"');
    expect((await visitor.get('/sources')).text).to.include('href="/law"');
  });

  it('is linked from courses that show a module about it', async () => {
    const about = async () => (await world().visitor().get('/courses/law-enforcement')).text;
    expect(await about()).to.not.include('href="/law"');
    await whileOpenToEveryone(async () => {
      expect((await about()).split('href="/law"')).to.have.length(2);
    });
  });

  it('names the reviewers of a reviewed pack only', async () => {
    const shared = await library();
    const page = packPage(await reviewed('ph'), shared, reading);
    expect(page.reviews).to.deep.equal([{ role: 'lawyer', name: 'A. Person', date: '2026-11-30' }]);
    const rows = packRows(
      [await reviewed('ph'), ...shared.packs.filter(({ code }) => code === 'int')],
      reading,
    );
    expect(rows.map(row => row.reviewed)).to.deep.equal([true, false]);
  });

  it('shows a statement as not confirmed, and without the fact, once the fact has expired', async () => {
    const shared = await library();
    const pack = await reviewed('ph');
    const id = 'F226';
    const at = (expires: string) =>
      packPage(
        pack,
        { ...shared, facts: shared.facts.map(fact => (fact.id === id ? { ...fact, expires } : fact)) },
        reading,
      )
        .parts.flatMap(({ questions }) => questions.flatMap(({ answers }) => answers))
        .filter((_, index) => statementsOf(pack)[index]?.statement.facts.includes(id));
    const shown = (expires: string) =>
      at(expires).map(({ confirmed, references }) => [
        confirmed,
        references.some(({ href }) => href.endsWith(`#${id}`)),
      ]);
    expect(shown('2026-12-01')).to.not.deep.equal([]);
    for (const [confirmed, isLinked] of shown('2026-12-01'))
      expect([confirmed, isLinked]).to.deep.equal([true, true]);
    for (const [confirmed, isLinked] of shown('2026-11-30'))
      expect([confirmed, isLinked]).to.deep.equal([false, false]);
  });

  it('shows no statement from its own sources as confirmed once the page has expired', async () => {
    const shared = await library();
    const pack = await reviewed('ph');
    const confirmed = (expires: string) => {
      const { parts } = packPage({ ...pack, expires }, shared, reading);
      const answers = parts.flatMap(({ questions }) => questions.flatMap(each => each.answers));
      const own = statementsOf(pack).map(({ statement }) => statement.sources.length > 0);
      return answers.filter((_, at) => own[at]).filter(answer => answer.confirmed).length;
    };
    expect(confirmed('2026-12-01')).to.be.greaterThan(0);
    expect(confirmed('2026-11-30')).to.equal(0);
  });

  it('links to the list where a country has no pack', () => {
    expect(lawHrefOf([], 'PH')).to.equal('/law');
    expect(lawHrefOf([], undefined)).to.equal('/law');
  });

  it('is an empty list for content that was published without packs', async () => {
    const stored = await row<{ number: number; content: string }>(
      'select number, content from library_versions order by number desc limit 1',
    );
    const { packs: _, ...older } = JSON.parse(stored?.content ?? '{}') as Record<string, unknown>;
    const store = (content: string) =>
      write('update library_versions set content = $1 where number = $2', [content, stored?.number ?? 0]);
    try {
      await store(JSON.stringify(older));
      forgetCatalogue();
      expect((await world().visitor().get('/law')).status).to.equal(200);
      expect((await world().visitor().get('/law/ph')).status).to.equal(404);
    } finally {
      await store(stored?.content ?? '');
      forgetCatalogue();
    }
  });
});
