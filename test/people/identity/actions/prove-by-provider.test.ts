import { inflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import type { Client } from '../../../../server/workshop/smoke/client.js';
import { mailedLink } from '../../accounts/mailed-links.js';
import { appoint } from '../../../support/roles.js';
import { send } from '../../../support/pages.js';
import { row } from '../../../support/rows.js';
import { ownWorld, world } from '../../../support/world.js';
import {
  answerFrom,
  closeProviders,
  colleague,
  reasonOn,
  signing,
  signInAs,
  turn,
  type Signing,
} from '../of-providers.js';
import { awayAt, comeBack, samlSigning } from '../saml/of-saml.js';
import { honest } from '../saml/saml-provider.js';

/** Somebody who administers their organisation, and has come by its provider alone: they have no password. */
async function keeper(at: Signing, name = 'kim') {
  const [who, browser] = [colleague(at, name), world().visitor()];
  await signInAs(at, who, browser);
  const { id = '' } =
    (await row<{ id: string }>('select id from users where email = $1', [who.email ?? ''])) ?? {};
  await appoint({ id }, 'administrator', at.organisation.id);
  return { who, browser, id, settings: `/organisations/${at.organisation.id}/tokens/new` };
}

const hrefOn = ({ last }: Client): string =>
  (/href="(\/account\/proof\/provider[^"]*)"/.exec(last?.text ?? '')?.[1] ?? '').replaceAll('&amp;', '&');

/** Goes to the provider from the page that asks for a proof. Returns where it was sent, and where it sends back. */
async function away({ party }: Signing, browser: Client) {
  const left = await browser.get(hrefOn(browser));
  const to = new URL(left.headers.get('location') ?? '', party.base);
  return { to, left };
}

describe('an administrator who has only the provider of their organisation', () => {
  ownWorld();
  after(closeProviders);

  it('proves by it that it is still them, where it asked them anew', async () => {
    const at = await signing();
    const { browser, settings } = await keeper(at);
    expect((await browser.get(settings)).path).to.match(/^\/account\/proof\?next=/);
    const { to, left } = await away(at, browser);
    expect([to.searchParams.get('prompt'), to.searchParams.get('max_age')]).to.deep.equal(['login', '0']);
    expect((await browser.get(await answerFrom(at.party, left))).path).to.equal(settings);
    expect((await browser.get(settings)).path).to.equal(settings);
  });

  it('proves nothing of their account by it: no password, no second step, no sign-in', async () => {
    const at = await signing();
    const { browser, settings } = await keeper(at);
    await browser.get(settings);
    const { left } = await away(at, browser);
    await browser.get(await answerFrom(at.party, left));
    for (const path of ['/account/factors/app', '/account/data', `/account/identities/${at.provider.id}`]) {
      expect((await browser.get(path)).path, path).to.match(/^\/account\/proof/);
      expect(hrefOn(browser), path).to.equal('');
    }
  });

  it('keeps what they typed: the form is sent once they have come back', async () => {
    const at = await signing();
    const { browser, settings } = await keeper(at);
    const asked = await send(browser, settings, { name: 'Rosters', scopes: 'people.read', days: '30' });
    expect([asked.status, asked.text.includes('value="Rosters"')]).to.deep.equal([403, true]);
    const left = await browser.get('/account/proof/provider');
    await browser.get(await answerFrom(at.party, left));
    expect((await send(browser, settings, { name: '', days: '30' })).status, 'it is read').to.equal(422);
  });

  it('proves nothing where the provider does not say that it asked them, or means somebody else', async () => {
    const at = await signing();
    const { browser, settings } = await keeper(at);
    await browser.get(settings);
    const { to } = await away(at, browser);
    // Whoever finds the browser leaves out what would have made the provider ask.
    for (const name of ['prompt', 'max_age']) to.searchParams.delete(name);
    const back = await answerFrom(at.party, { headers: new Headers({ location: to.href }) } as never);
    const stale = await browser.get(back);
    expect([stale.status, reasonOn(stale)]).to.deep.equal([403, 'stale']);
    Object.assign(at.party, { who: colleague(at, 'somebody-else') });
    await browser.get(settings);
    const other = await browser.get(await answerFrom(at.party, (await away(at, browser)).left));
    expect([other.status, reasonOn(other)]).to.deep.equal([403, 'unknown']);
    expect((await browser.get(settings)).path).to.match(/^\/account\/proof/);
  });

  it('proves by SAML, which is told to ask anew, and not by a sign-in of before', async () => {
    const at = await samlSigning();
    const mara = { nameId: 'mara', attributes: { mail: `mara@${at.domain}` } };
    const first = await awayAt(at);
    await comeBack(first.browser, honest(first.asked, mara, at.signer), first.asked.state);
    const { id = '' } =
      (await row<{ id: string }>('select id from users where email = $1', [`mara@${at.domain}`])) ?? {};
    await appoint({ id }, 'administrator', at.organisation.id);
    const settings = `/organisations/${at.organisation.id}/tokens/new`;
    const { browser } = first;
    for (const [moved, reached] of [
      [-30_000, '/answer'],
      [0, '/tokens/new'],
    ] as const) {
      await browser.get(settings);
      const leave = hrefOn(browser);
      expect(isForced((await browser.get(leave)).headers.get('location') ?? '')).to.equal(true);
      const { asked } = await awayAt({ leave }, browser);
      const page = await comeBack(browser, honest(asked, { ...mara, moved }, at.signer), asked.state);
      expect(page.path).to.include(reached);
    }
  });

  it('proves by a mailed link what is their own, where the provider is the only way in', async () => {
    const at = await signing();
    const { browser, who } = await keeper(at, 'lone');
    await turn(at, 'enforced', at.administrator.id);
    expect((await browser.get('/account/factors/app')).path).to.match(/^\/account\/proof/);
    await browser.submit('/sign-in/link');
    const link = await mailedLink(who.email ?? '', '/arrival');
    const stranger = world().visitor();
    await stranger.get(link);
    await browser.get(link);
    expect((await browser.submit('/arrival')).path).to.equal('/learning');
    expect((await browser.get('/account/factors/app')).path).to.equal('/account/factors/app');
    expect((await stranger.submit('/arrival')).status, 'it counts once').to.equal(404);
  });
});

/** Whether a request of ours tells a SAML provider to ask anew. */
const isForced = (location: string): boolean =>
  / ForceAuthn="true"/.test(
    inflateRawSync(Buffer.from(new URL(location).searchParams.get('SAMLRequest') ?? '', 'base64')).toString(),
  );
