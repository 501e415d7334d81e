import { expect } from 'chai';
import { library } from '../../../../server/teaching/courses/catalogue.js';
import { setOwnHotline, wholeOf } from '../../../../server/teaching/help/own-hotlines/own-hotline.js';
import { openOrganisation } from '../../../../server/people/organisations/memberships.js';
import { ada, dina } from '../../../support/people.js';
import { completed } from '../../../support/holders.js';
import { enrolled } from '../../../support/walk.js';
import { plain } from '../../../support/pages.js';
import { ownWorld, world } from '../../../support/world.js';
import { errorsOn, said } from '../../../support/said.js';

/** How a card names its version: a digest of what it says. */
const VERSION = /\b[0-9A-F]{4}-[0-9A-F]{4}\b/;

/** How many hotlines of a page say when they were checked. What they say depends on today. */
const checksShown = (html: string): number => html.match(/data-line-state="/g)?.length ?? 0;

describe('the card of a role', () => {
  ownWorld();
  it('can be chosen without an account, and the choice becomes the address', async () => {
    const visitor = world().visitor();
    const choice = await visitor.get('/card');
    expect(choice.status).to.equal(200);
    const { hotlines, cards } = await library();
    for (const { code, name } of hotlines.countries) {
      expect(choice.text).to.include(`value="${code}"`).and.include(name);
    }
    for (const { role } of cards) expect(choice.text).to.include(`value="${role}"`);
    const chosen = await visitor.get('/card?country=GB&role=volunteer&show=card');
    expect(chosen.path).to.equal('/card/gb/volunteer');
    expect(chosen.headers.getSetCookie()).to.deep.equal([]);
  });

  it('names what has not been chosen, and keeps the rest', async () => {
    const page = await world().visitor().get('/card?country=&role=driver');
    expect(page.status).to.equal(422);
    expect(errorsOn(page)).to.deep.equal({ country: said('errors.country') });
    expect(page.text).to.match(/value="driver"[^>]* checked/);
    const other = await world().visitor().get('/card?country=GB&show=card');
    expect(errorsOn(other)).to.deep.equal({ role: said('errors.role') });
    expect(other.text).to.include('<option value="GB" selected>');
  });

  it('has numbers, words and what to do for every country and role', async () => {
    const { hotlines, cards } = await library();
    for (const { code, emergency } of hotlines.countries) {
      for (const card of cards) {
        const page = await world().visitor().get(`/card/${code.toLowerCase()}/${card.role}`);
        const words = plain(page.text);
        for (const number of emergency.numbers) expect(words, code).to.include(number);
        const said = [...card.tell, card.say, card.toChild, ...card.do, ...card.doNot];
        for (const text of said) expect(words, card.role).to.include(plain(text));
        expect(words).to.match(VERSION);
        expect(words).to.include(`/card/${code.toLowerCase()}/${card.role}`);
        expect(checksShown(page.text), card.role).to.be.greaterThan(0);
      }
    }
  });

  it('shows no day of a check where there is nothing to call or open', async () => {
    const visitor = world().visitor();
    for (const path of ['/card/int/volunteer', '/concern?country=INT']) {
      const { text } = await visitor.get(path);
      const [line] = /the police or child protection service where you are[\s\S]*?(<\/li>|<\/div>)/.exec(
        text,
      ) ?? [''];
      expect(line, path).to.not.equal('');
      expect(checksShown(line), path).to.equal(0);
      expect(checksShown(text), path).to.be.greaterThan(0);
    }
  });

  it('returns 404 for unknown countries and roles, and for capital letters', async () => {
    for (const path of ['/card/gb/nobody', '/card/xx/driver', '/card/GB/driver', '/card/__proto__/driver']) {
      expect((await world().visitor().get(path)).status, path).to.equal(404);
    }
  });

  it('is linked from the home page, courses, certificates and the page of a real concern', async () => {
    const learner = await ada();
    const { certificate } = await completed(learner, 'volunteers');
    const other = await ada();
    const cycle = await enrolled(other, 'volunteers');
    const visitor = world().visitor();
    for (const page of [
      await visitor.get('/'),
      await other.browser.get(`/learning/${cycle.id}`),
      await learner.browser.get(`/certificates/${certificate.id}`),
    ]) {
      expect(page.text.slice(0, page.text.indexOf('class="foot"')), page.path).to.include('href="/card"');
    }
    expect((await visitor.get('/concern?country=PH')).text).to.include('href="/card?country=PH"');
  });
});

describe('the organisation’s own hotline on public pages', () => {
  ownWorld();

  it('comes first on the card, and after the emergency numbers on the page of a real concern', async () => {
    const { id } = await openOrganisation();
    const checkedOn = new Date().toISOString().slice(0, 10);
    const line = { name: 'Duty manager', phone: '+47 22 33 44 55', hours: null, checkedOn };
    const { id: actorId } = await dina();
    const before = await world().visitor().get('/card/gb/driver');
    await setOwnHotline(wholeOf(id), { number: 1, line }, { actorId, now: Date.now() });

    const card = plain((await world().visitor().get('/card/gb/driver')).text);
    const first = (await library()).hotlines.countries.find(({ code }) => code === 'GB')?.lines[0]?.name;
    expect(card.indexOf('Duty manager')).to.be.within(1, card.indexOf(first ?? 'no hotline'));
    const version = (text: string) => VERSION.exec(text)?.[0];
    expect(version(card)).to.not.equal(version(plain(before.text)));

    const { text } = await world().visitor().get('/concern?country=GB');
    const words = plain(text);
    expect(words).to.include(`${said('concern.kind.own')} Duty manager`);
    expect(text).to.include('data-line-state="checked"');
    const places = [
      words.indexOf(said('concern.dangerHeading')),
      words.indexOf('Duty manager'),
      words.indexOf(said('concern.linesIn', { country: 'United Kingdom' })),
    ];
    expect(places).to.not.include(-1);
    expect(places).to.deep.equal(places.toSorted((a, b) => a - b));
    expect(text).to.include('href="tel:+4722334455"');
  });
});

describe('the page of a real concern', () => {
  ownWorld();
  it('keeps the country in the address alone, and says so', async () => {
    const visitor = world().visitor();
    const page = await visitor.get('/concern?country=PH');
    expect(plain(page.text)).to.include(said('concern.countryHint'));
    expect(page.headers.getSetCookie()).to.deep.equal([]);
    expect((await visitor.get('/concern')).text).to.include('<option value="INT" selected>');
  });

  it('has a hotline, a child helpline and a place to report material for every country, with the day of each check', async () => {
    const { hotlines } = await library();
    for (const { code, lines } of hotlines.countries) {
      const { text } = await world().visitor().get(`/concern?country=${code}`);
      const words = plain(text);
      const checked = lines.filter(({ phone, url }) => phone ?? url).length;
      for (const kind of ['hotline', 'child-helpline', 'online-material'])
        expect(words, code).to.include(said(`concern.kind.${kind}`));
      expect(checksShown(text), code).to.be.at.least(checked).and.least(1);
    }
  });
});
