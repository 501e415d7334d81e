import { expect } from 'chai';
import { currentCourses, library } from '../../../../server/teaching/courses/catalogue.js';
import { said } from '../../../support/said.js';
import { grantCourse } from '../../../../server/teaching/courses/access/granting.js';
import { ada, signedIn } from '../../../support/people.js';
import { byOperator, RESTRICTED, whileOpenToEveryone } from '../../../support/grants.js';
import { employer, placeIn, unitIn } from '../../../support/organisations.js';
import { appoint } from '../../../support/roles.js';
import { count } from '../../../support/rows.js';
import { plain, send } from '../../../support/pages.js';
import { linksIn } from '../../../../server/workshop/smoke/client.js';
import { ownWorld, world } from '../../../support/world.js';

describe('the catalogue', () => {
  ownWorld();
  it('shows every course to everybody, on the home page and on its own', async () => {
    for (const path of ['/', '/courses']) {
      const page = await world().visitor().get(path);
      expect(page.status).to.equal(200);
      for (const { slug, snapshot } of await currentCourses()) {
        expect(page.text).to.include(`href="/courses/${slug}"`);
        expect(plain(page.text)).to.include(plain(snapshot.title));
      }
    }
  });

  it('shows what is in a course, and starts no session for that', async () => {
    for (const { slug, snapshot } of await currentCourses()) {
      const page = await world().visitor().get(`/courses/${slug}`);
      const words = plain(page.text);
      for (const { title } of snapshot.modules) {
        if (!snapshot.restricted) expect(words).to.include(plain(title));
      }
      expect(words).to.include(plain(snapshot.summary));
      expect(page.headers.getSetCookie().join()).to.not.include('session');
    }
  });

  it('returns 404 for a course that does not exist', async () => {
    for (const slug of ['nothing', '__proto__', 'constructor', '..%2f..', '%00']) {
      expect((await world().visitor().get(`/courses/${slug}`)).status, slug).to.be.oneOf([400, 404]);
    }
  });

  it('offers the start to people who are signed in, and an account to visitors', async () => {
    const { browser } = await ada();
    expect((await browser.get('/courses/volunteers')).text).to.include('action="/learning"');
    const page = await world().visitor().get('/courses/volunteers');
    expect(page.text).to.include('href="/sign-up?course=volunteers"').and.not.include('action="/learning"');
    expect(page.text).to.include('href="/sign-in?course=volunteers"');
  });
});

describe('a restricted course', () => {
  ownWorld();
  it('offers no start, and refuses one that is requested anyway', async () => {
    const { browser, id } = await ada();
    const page = await browser.get(`/courses/${RESTRICTED}`);
    expect(page.text).to.not.include('action="/learning"');
    expect((await send(browser, '/learning', { course: RESTRICTED })).status).to.equal(403);
    expect(await count('enrolments where user_id = $1', [id])).to.equal(0);
  });

  it('shows how to ask for access, with a message that is ready to send, and which courses are open meanwhile', async () => {
    const { text } = await world().visitor().get(`/courses/${RESTRICTED}`);
    const [mailto = ''] = linksIn(text, /^mailto:.*\?/);
    const message = new URL(mailto);
    const address = `${world().base}/courses/${RESTRICTED}`;
    expect(message.pathname).to.equal(world().config.contactEmail);
    expect(message.searchParams.get('subject')).to.not.equal('');
    expect(message.searchParams.get('body')).to.include(address);
    expect(/<textarea[^>]*readonly[^>]*>([\s\S]*?)<\/textarea>/.exec(text)?.[1]).to.include(address);
    const open = (await currentCourses()).filter(({ snapshot }) => !snapshot.restricted);
    expect(open).to.not.deep.equal([]);
    for (const { slug } of open) expect(text).to.include(`href="/courses/${slug}"`);
  });

  it('says on its card whom to ask: those who manage somebody, or whoever runs the site', async () => {
    const [organisation, learner, manager] = [
      await employer(),
      await ada(),
      await signedIn({ name: 'Ben Adler' }),
    ];
    await placeIn(learner, await unitIn(organisation.id));
    await appoint(manager, 'manager', organisation.id);
    const { text } = await world().visitor().get('/courses');
    expect(plain(text)).to.include(said('components.askOwn'));
    expect(new URL(linksIn(text, /^mailto:.*\?/)[0] ?? '').pathname).to.equal(world().config.contactEmail);
    const named = said('about.askThere', { organisation: organisation.name, names: ['Ben Adler'] });
    const seen = async () => plain((await learner.browser.get('/courses')).text);
    expect(await seen())
      .to.include(named)
      .and.not.include(said('components.askOwn'));
    await grantCourse(RESTRICTED, organisation.id, byOperator());
    expect(await seen(), 'who may take it asks nobody')
      .to.not.include(named)
      .and.not.include(said('components.restricted'));
  });

  it('opens to everyone when it is granted to everyone, and is not called restricted then', async () => {
    const { browser } = await ada();
    const visitor = world().visitor();
    const says = async (path: string) =>
      plain((await visitor.get(path)).text).includes(said('components.restricted'));
    expect(await says('/courses')).to.equal(true);
    await whileOpenToEveryone(async () => {
      expect(await says('/courses')).to.equal(false);
      expect((await visitor.get(`/courses/${RESTRICTED}`)).text).to.include(
        `href="/sign-up?course=${RESTRICTED}"`,
      );
      await browser.get(`/courses/${RESTRICTED}`);
      expect((await browser.submit('/learning', { course: RESTRICTED })).status).to.equal(200);
    });
    expect(await says('/courses')).to.equal(true);
  });

  it('offers sign-in to visitors, whose organisation may have access, and not to people who are signed in', async () => {
    const signIn = `href="/sign-in?course=${RESTRICTED}"`;
    expect((await world().visitor().get(`/courses/${RESTRICTED}`)).text).to.include(signIn);
    expect((await (await ada()).browser.get(`/courses/${RESTRICTED}`)).text).to.not.include(signIn);
  });
});

describe('whom to tell', () => {
  ownWorld();
  it('opens for everybody, without a country', async () => {
    const page = await world().visitor().get('/concern');
    expect(page.status).to.equal(200);
    expect(page.text).to.include('data-line-state=');
  });

  it('shows the emergency numbers of each country of the directory', async () => {
    const { hotlines } = await library();
    for (const { code, name, emergency } of hotlines.countries) {
      const page = await world().visitor().get(`/concern?country=${code}`);
      expect(page.status, code).to.equal(200);
      const words = plain(page.text);
      expect(words).to.include(plain(name));
      for (const number of emergency.numbers)
        expect(words, code).to.include(JSON.stringify(number).match(/\d+/)?.[0]);
    }
  });

  it('treats an unknown country as none', async () => {
    for (const query of [
      'country=XX',
      'country[]=NO',
      'country=NO&country=SE',
      'country=__proto__',
      'country=%3Cb%3E',
    ]) {
      const page = await world().visitor().get(`/concern?${query}`);
      expect(page.status, query).to.equal(200);
      expect(page.text).to.not.include('<b>');
    }
  });
});

describe('the sources', () => {
  ownWorld();
  it('leads from a fact to the part of the list that holds it', async () => {
    const { facts } = await library();
    for (const { id } of facts.filter(({ status }) => status === 'verified').slice(-3)) {
      const page = await world().visitor().get(`/sources?fact=${id}`);
      expect(page.text).to.include(`id="${id}"`);
    }
    expect((await world().visitor().get('/sources?fact=nothing')).status).to.equal(200);
  });

  it('shows exactly the facts that were checked', async () => {
    const { facts } = await library();
    const visitor = world().visitor();
    const parts = new Set(linksIn((await visitor.get('/sources')).text, /^\/sources\?/));
    const shown: string[] = [];
    for (const part of ['/sources', ...parts]) {
      shown.push(
        ...[...(await visitor.get(part)).text.matchAll(/<li id="(F\d+)"/g)].map(([, id]) => id ?? ''),
      );
    }
    const good = facts.filter(({ status }) => status === 'verified' || status === 'interpretation');
    expect([...new Set(shown)].sort()).to.deep.equal(good.map(({ id }) => id).sort());
  });
});
