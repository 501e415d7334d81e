import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import type { Client } from '../../../../server/workshop/smoke/client.js';
import { linksIn } from '../../../../server/workshop/smoke/client.js';
import { person, PASSWORD } from '../../../support/people.js';
import { count, write } from '../../../support/rows.js';
import { enrolled } from '../../../support/walk.js';
import { plain } from '../../../support/pages.js';
import { ownWorld, world } from '../../../support/world.js';
import { linkMailedTo, mailsTo } from '../mails.js';
import { said } from '../../../support/said.js';

const CHOSEN = 'volunteers';
const ABOUT = `/courses/${CHOSEN}`;
const RESTRICTED = 'law-enforcement';

/** Follow the first matching link of a course's page, as a visitor does. */
async function follow(browser: Client, fits: RegExp, course = CHOSEN): Promise<void> {
  const { text } = await browser.get(`/courses/${course}`);
  const [link = 'no link'] = linksIn(text, fits);
  await browser.get(link);
}

async function signUp(course = CHOSEN, email = `${randomUUID()}@example.org`): Promise<string> {
  const browser = world().visitor();
  await browser.get(`/sign-up?course=${course}`);
  await browser.submit('/sign-up', { name: '', email, password: PASSWORD });
  await browser.submit('/sign-up', { name: 'Ada Marlow', email, password: PASSWORD });
  return email;
}

/** Open the mailed link in a browser in which nothing was chosen. */
async function confirm(email: string) {
  const browser = world().visitor();
  await browser.get(await linkMailedTo(email));
  return { browser, page: await browser.submit('/confirm', { password: PASSWORD }) };
}

describe('the course that somebody came for', () => {
  ownWorld();
  it('is where the mailed link leads, also in another browser, with one button to start', async () => {
    const { browser, page } = await confirm(await signUp());
    expect(page).to.include({ status: 200, path: `${ABOUT}?confirmed` });
    expect(page.text.match(/action="\/learning"/g)).to.have.length(1);
    expect((await browser.submit('/learning', {})).path).to.match(/^\/learning\/[\w-]+$/);
  });

  it('is named in no mail to an unconfirmed address', async () => {
    const mails = await mailsTo(await signUp());
    expect(mails.map(({ text }) => text).join()).not.to.include(CHOSEN);
  });

  it('is kept when a sign-in without it mails the link again', async () => {
    const email = await signUp();
    const other = world().visitor();
    await other.get('/sign-in');
    await other.submit('/sign-in', { email, password: PASSWORD });
    expect(await mailsTo(email)).to.have.length(2);
    expect((await confirm(email)).page.path).to.equal(`${ABOUT}?confirmed`);
  });

  it('is where signing in leads, also after a wrong password', async () => {
    const { browser, email } = await person();
    await follow(browser, /^\/sign-in\?/);
    await browser.submit('/sign-in', { email, password: 'not this one at all' });
    expect((await browser.submit('/sign-in', { email, password: PASSWORD })).path).to.equal(ABOUT);
  });

  it('opens at the learner’s place once it has been begun', async () => {
    const learner = await person();
    const cycle = await enrolled(learner, CHOSEN);
    await follow(learner.browser, /^\/sign-in\?/);
    const page = await learner.browser.submit('/sign-in', { email: learner.email, password: PASSWORD });
    expect(page.path).to.equal(`/learning/${cycle.id}`);
    expect((await learner.browser.get(`/sign-in?course=${CHOSEN}`)).path).to.equal(page.path);
  });

  it('is in the links of the mail to an address that has an account', async () => {
    const { email } = await person();
    await signUp(CHOSEN, email);
    const text = (await mailsTo(email)).at(-1)?.text ?? '';
    const links = [...text.matchAll(/https?:\/\/[^\s)\]]+\?course=[\w-]+/g)].map(([link]) => new URL(link));
    expect(links.map(({ pathname }) => pathname)).to.have.members(['/sign-in', '/forgotten']);
    const other = world().visitor();
    await other.get(`/sign-in?course=${links[0]?.searchParams.get('course') ?? ''}`);
    expect((await other.submit('/sign-in', { email, password: PASSWORD })).path).to.equal(ABOUT);
  });

  it('is kept through a new password that is set in another browser', async () => {
    const { browser, email } = await person();
    await follow(browser, /^\/sign-in\?/);
    const [forgotten = 'no link'] = linksIn(browser.last?.text ?? '', /^\/forgotten/);
    await browser.get(forgotten);
    await browser.submit('/forgotten', { email: 'nothing' });
    await browser.submit('/forgotten', { email });
    const other = world().visitor();
    await other.get(await linkMailedTo(email));
    await other.submit('/new-password', { password: 'another harbour 8 lamps' });
    const page = await other.submit('/sign-in', { email, password: 'another harbour 8 lamps' });
    expect(page.path).to.equal(ABOUT);
  });

  it('is kept between the pages for signing in and signing up', async () => {
    const browser = world().visitor();
    await follow(browser, /^\/sign-up\?/);
    for (const to of [/^\/sign-in\?/, /^\/sign-up\?/]) {
      const [link = 'no link'] = linksIn(browser.last?.text ?? '', to);
      expect(link).to.include(`course=${CHOSEN}`);
      await browser.get(link);
    }
  });

  it('is ignored when there is no such course', async () => {
    for (const forged of [
      'nothing',
      '__proto__',
      '//example.org',
      'volunteers&next=//example.org',
      '%00',
      '"><b>',
    ]) {
      const { text } = await world()
        .visitor()
        .get(`/sign-up?course=${encodeURIComponent(forged)}`);
      expect(text, forged).not.to.include('name="course"').and.not.include('<b>');
      const email = await signUp(encodeURIComponent(forged));
      expect((await confirm(email)).page.path, forged).to.equal('/learning?confirmed=1');
    }
    expect(await count(`tokens where course_slug not in ('${CHOSEN}', '${RESTRICTED}')`)).to.equal(0);
  });

  it('opens no restricted course, whose page says how to ask', async () => {
    const { browser, page } = await confirm(await signUp(RESTRICTED));
    expect(page).to.include({ status: 200, path: `/courses/${RESTRICTED}?confirmed` });
    expect(page.text).to.include('href="mailto:').and.not.include('action="/learning"');
    expect(plain(page.text))
      .to.include(said('about.confirmedAsk'))
      .and.not.include(said('about.confirmedNext'));
    expect((await browser.get(`/learning?course=${RESTRICTED}`)).path).to.equal(`/courses/${RESTRICTED}`);
  });

  it('leads to the list when the course has been withdrawn meanwhile', async () => {
    const email = await signUp();
    await write(
      `update tokens set course_slug = 'gone' where user_id in (select id from users where email = $1)`,
      [email],
    );
    expect((await confirm(email)).page.path).to.equal('/learning?confirmed=1&course=gone');
    await write(`update tokens set course_slug = null where course_slug = 'gone'`);
  });
});
