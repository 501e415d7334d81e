import { expect } from 'chai';
import { Resvg } from '@resvg/resvg-js';
import { setDiscreet } from '../../../../server/people/accounts/people.js';
import { keptOrganisation } from '../../../../server/people/organisations/settings/keep-organisations.js';
import { ada, cleo, type Person } from '../../../support/people.js';
import { memberOf } from '../../../support/organisations.js';
import { appoint, otherOrganisation } from '../../../support/roles.js';
import { errorsOn, said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';

const PICTURE = new Resvg(
  '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><rect width="60" height="20" fill="#0b4a57"/></svg>',
)
  .render()
  .asPng();

/** An organisation with an administrator of its own and a learner. */
async function organisation() {
  const [id, own, learner] = [await otherOrganisation(), await cleo(), await ada()];
  await appoint(own, 'administrator', id);
  await memberOf(own, id);
  await memberOf(learner, id);
  return { id, own, learner, page: `/organisations/${id}/settings/branding` };
}

/** Sends the form of the logo as a browser does. */
async function upload({ browser }: Person, page: string, bytes: Buffer) {
  const token = /name="_csrf" value="([^"]*)"/.exec((await browser.get(page)).text)?.[1] ?? '';
  const body = new FormData();
  body.append('_csrf', token);
  body.append('logo', new Blob([new Uint8Array(bytes)]), 'logo.png');
  const headers = { cookie: browser.cookie, origin: world().base, 'sec-fetch-site': 'same-origin' };
  const answer = await fetch(`${world().base}${page}/logo`, {
    method: 'POST',
    body,
    headers,
    redirect: 'manual',
  });
  return { status: answer.status, text: await answer.text() };
}

const headOf = (text: string): string => /<header[\s\S]*<\/header>/.exec(text)?.[0] ?? '';

describe('the brand of an organisation', () => {
  ownWorld();

  it('is a logo at the head of its people’s pages, sent to them alone', async () => {
    const { own, learner, page, id } = await organisation();
    expect((await upload(own, page, PICTURE)).status).to.equal(303);
    const [href = ''] =
      /\/organisations\/[\w-]+\/logo\.png\?\w+/.exec(headOf((await learner.browser.get('/learning')).text)) ??
      [];
    expect(href).to.include(id);
    expect((await learner.browser.bytes(href)).subarray(1, 4).toString()).to.equal('PNG');
    const other = await cleo();
    expect((await other.browser.get(href)).status).to.equal(404);
    expect(headOf((await other.browser.get('/learning')).text)).to.not.include('logo.png');
    await own.browser.get(page);
    await own.browser.submit(`${page}/logo/removal`);
    expect((await learner.browser.get(href)).status).to.equal(404);
    expect(headOf((await learner.browser.get('/learning')).text)).to.not.include('logo.png');
  });

  it('is a strip in a colour for each scheme', async () => {
    const { own, learner, page, id } = await organisation();
    await own.browser.get(page);
    await own.browser.submit(page, { colour: '#0B4A57', darkColour: '#7fd1e0' });
    expect(await keptOrganisation(id)).to.deep.include({ colour: '#0b4a57', darkColour: '#7fd1e0' });
    const { text } = await learner.browser.get('/learning');
    expect(headOf(text)).to.include('fill="#0b4a57"').and.include('fill="#7fd1e0"');
    await setDiscreet(learner.id, true);
    expect(headOf((await learner.browser.get('/learning')).text)).to.not.include('#0b4a57');
  });

  it('is no colour that hardly stands out; the form says how much is missing, and keeps what was typed', async () => {
    const { own, page, id } = await organisation();
    await own.browser.get(page);
    const refused = await own.browser.submit(page, { colour: '#ffcc00', darkColour: 'red' });
    expect(refused.status).to.equal(422);
    expect(errorsOn(refused)).to.have.all.keys('colour', 'darkColour');
    expect(errorsOn(refused)['colour'])
      .to.include('1.5')
      .and.match(/#[0-9a-f]{6}/);
    expect(refused.text).to.include('value="#ffcc00"').and.include('value="red"');
    expect((await keptOrganisation(id))?.colour).to.equal(null);
  });

  it('is no file that is no picture, missing or too large', async () => {
    const { own, page } = await organisation();
    for (const [bytes, key] of [
      [Buffer.from('<svg/>'), 'errors.logo-kind'],
      [Buffer.alloc(0), 'errors.logo-none'],
      [Buffer.alloc(1_000_001), 'errors.logo-large'],
    ] as const) {
      const refused = await upload(own, page, bytes);
      expect(refused.status, key).to.equal(422);
      expect(refused.text, key).to.include(said(key));
    }
  });

  it('is changed by nobody else', async () => {
    const { learner, page } = await organisation();
    expect((await learner.browser.get(page)).status).to.equal(404);
    await learner.browser.get('/account');
    expect((await upload(learner, '/account', PICTURE)).status).to.not.equal(303);
  });
});
