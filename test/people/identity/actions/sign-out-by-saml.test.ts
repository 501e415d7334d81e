import { SAML } from '@node-saml/node-saml';
import { expect } from 'chai';
import { isSamlSignOut } from '../../../../server/people/identity/saml/saml-sign-out-address.js';
import type { Client, Page } from '../../../../server/workshop/smoke/client.js';
import { raw, type RawAnswer } from '../../../platform/http/raw.js';
import { merged, twoAccounts } from '../../../office/merging/merging.js';
import { person, signedIn } from '../../../support/people.js';
import { plain } from '../../../support/pages.js';
import { appoint } from '../../../support/roles.js';
import { count, row, write } from '../../../support/rows.js';
import { ownWorld, world } from '../../../support/world.js';
import { closeProviders, signing } from '../of-providers.js';
import { awayAt, comeBack, samlSigning, type SamlSigning } from '../saml/of-saml.js';
import { honest, ISSUER, newSigner } from '../saml/saml-provider.js';
import {
  ANSWERED,
  answeredBy,
  destinationOf,
  logoutQuery,
  logoutXml,
  postedOut,
  signedLogout,
  signOutPath,
  toldBy,
  type SaidOut,
} from '../saml/signing-out.js';

const STATUS = 'urn:oasis:names:tc:SAML:2.0:status';

async function signIn(at: SamlSigning, nameId: string, session?: string): Promise<Client> {
  const { browser, asked } = await awayAt(at);
  const said = { nameId, attributes: { mail: `${nameId}@${at.domain}` }, ...(session ? { session } : {}) };
  expect((await comeBack(browser, honest(asked, said, at.signer), asked.state)).path).to.equal('/learning');
  return browser;
}

/** What the provider of an organisation says of somebody there. */
const saidOf = (at: SamlSigning, nameId: string, more: Partial<SaidOut> = {}): SaidOut => ({
  ...{ nameId, destination: destinationOf(at) },
  ...more,
});

const postOut = (at: SamlSigning, said: SaidOut, relayState = ''): Promise<RawAnswer> =>
  postedOut(signOutPath(at), signedLogout(said, at.signer), relayState);

const getOut = (at: SamlSigning, said: SaidOut, relayState?: string): Promise<RawAnswer> =>
  raw(
    `${signOutPath(at)}?${logoutQuery(logoutXml(said), at.signer, relayState === undefined ? {} : { relayState })}`,
  );

const isIn = async (browser: Client): Promise<boolean> => (await browser.get('/account')).path === '/account';
const areIn = (...browsers: Client[]): Promise<boolean[]> => Promise.all(browsers.map(isIn));

/** What the page says of whether somebody was signed out. */
const outcomeOn = ({ text }: Pick<Page, 'text'>): string | undefined =>
  /data-signed-out="(\w+)"/.exec(text)?.[1];

const refusedOf = ({ id }: SamlSigning) =>
  count(`events where name = 'identity.refused' and payload like $1 and payload like '%sign-out%'`, [
    `%${id}%`,
  ]);

const signedOutBy = ({ id }: SamlSigning) =>
  count(`events where name = 'identity.signed-out' and payload like $1`, [`%${id}%`]);

describe('a SAML provider at which somebody signed out', () => {
  ownWorld();
  after(closeProviders);
  let at: SamlSigning;
  before(async () => {
    at = await samlSigning(undefined, answeredBy('POST') + answeredBy('Redirect'));
  });

  it('ends with a form the session that it names, and is told so', async () => {
    const [one, two, other] = [
      await signIn(at, 'mara', 'one'),
      await signIn(at, 'mara', 'two'),
      await signIn(at, 'noa', 'one'),
    ];
    expect(await areIn(one, two, other)).to.deep.equal([true, true, true]);
    const answer = await postOut(
      at,
      saidOf(at, 'mara', { id: '_first', sessions: ['one'] }),
      'where <I> was',
    );
    expect(await areIn(one, two, other)).to.deep.equal([false, true, true]);
    expect(answer.status).to.equal(303);
    expect(String(answer.headers['clear-site-data'])).to.include('storage');
    const { at: to, xml, relayState } = toldBy(answer);
    expect([to, relayState]).to.deep.equal([ANSWERED.split('?')[0], 'where <I> was']);
    expect(String(answer.headers.location)).to.include('tenant=north');
    expect(xml).to.include('InResponseTo="_first"').and.to.include(`Destination="${ANSWERED}"`);
    expect(xml).to.include(`${STATUS}:Success`).and.to.include(`saml/${at.id}/metadata.xml</saml:Issuer>`);
    expect(await signedOutBy(at)).to.equal(1);
  });

  it('ends with a link all sessions of that person which came of it, and none that did not', async () => {
    const [own, elsewhere] = [await signedIn(), await samlSigning()];
    await write('update users set email = $1 where id = $2', [`ida@${at.domain}`, own.id]);
    await signIn(elsewhere, 'ida');
    await write('update identities set user_id = $1 where provider_id = $2', [own.id, elsewhere.id]);
    const [first, second, other] = [
      await signIn(at, 'ida', 'three'),
      await signIn(at, 'ida'),
      await signIn(elsewhere, 'ida', 'three'),
    ];
    const who = 'sessions s where s.user_id = $1';
    expect(await count(who, [own.id]), 'one by password, two by this provider, one by another').to.equal(4);
    const answer = await getOut(at, saidOf(at, 'ida'), 'back');
    expect(await areIn(first, second, other, own.browser)).to.deep.equal([false, false, true, true]);
    expect(await count(who, [own.id])).to.equal(2);
    expect(toldBy(answer).relayState).to.equal('back');
  });

  it('ends each of several sessions that it names', async () => {
    const browsers = [
      await signIn(at, 'lea', 'a'),
      await signIn(at, 'lea', 'b'),
      await signIn(at, 'lea', 'c'),
    ];
    await getOut(at, saidOf(at, 'lea', { sessions: ['a', 'c'] }));
    expect(await areIn(...browsers)).to.deep.equal([false, true, false]);
  });

  it('signs out whoever goes on in another account', async () => {
    await signIn(at, 'kim');
    const [closed, kept] = [
      await row<{ id: string }>('select id from users where email = $1', [`kim@${at.domain}`]),
      await person(),
    ];
    await merged(twoAccounts(kept, { id: closed?.id ?? '' }));
    const browser = await signIn(at, 'kim');
    expect(await count('sessions where user_id = $1', [kept.id])).to.equal(1);
    await postOut(at, saidOf(at, 'kim'));
    expect(await isIn(browser)).to.equal(false);
  });

  it('is heard once by each of its messages', async () => {
    const said = saidOf(at, 'uma', { id: '_once' });
    const query = logoutQuery(logoutXml(said), at.signer);
    await signIn(at, 'uma');
    expect((await raw(`${signOutPath(at)}?${query}`)).status).to.equal(303);
    const browser = await signIn(at, 'uma');
    const again = await raw(`${signOutPath(at)}?${query}`);
    expect([again.status, outcomeOn(again)]).to.deep.equal([403, 'no']);
    expect((await postOut(at, said)).status, 'in another way').to.equal(403);
    expect(await isIn(browser)).to.equal(true);
  });

  it('is told where nobody here is whom it means', async () => {
    const before = await refusedOf(at);
    const answer = await getOut(at, saidOf(at, 'nobody', { sessions: ['one'] }), 'back');
    const { xml, relayState } = toldBy(answer);
    expect(xml).to.include(`${STATUS}:Requester`).and.to.include(`${STATUS}:UnknownPrincipal`);
    expect([relayState, answer.headers['clear-site-data']]).to.deep.equal(['back', undefined]);
    expect(await refusedOf(at)).to.equal(before + 1);
  });

  it('ends nothing by what it did not sign or send here, and the organisation sees that', async () => {
    const [browser, stranger, elsewhere] = [await signIn(at, 'zoe', 'z'), newSigner(), await samlSigning()];
    const [said, before] = [saidOf(at, 'zoe'), await refusedOf(at)];
    const path = signOutPath(at);
    const forged = [
      await postedOut(path, logoutXml(said)),
      await postedOut(path, signedLogout(said, stranger)),
      await postOut(at, { ...said, issuer: 'https://o.example' }),
      await postOut(at, { ...said, destination: destinationOf(elsewhere) }),
      await postOut(at, { ...said, moved: -11 * 60_000 }),
      await postedOut(path, ''),
      await getOut(at, { ...said, until: -30_000 }),
      await raw(`${path}?${logoutQuery(logoutXml(said), stranger)}`),
      await raw(`${path}?${logoutQuery(logoutXml(said), at.signer).replace(/&Signature=.*/, '')}`),
      await raw(path),
    ];
    for (const [nth, { status, text, headers }] of forged.entries())
      expect([status, outcomeOn({ text }), headers.location], `${nth}`).to.deep.equal([403, 'no', undefined]);
    expect(await isIn(browser)).to.equal(true);
    expect(await refusedOf(at)).to.equal(before + forged.length);
    expect(world().logged.join('')).to.include('SamlFault unsigned').and.to.not.include('zoe');
  });

  it('cannot sign out the people of another organisation that uses it, too', async () => {
    const other = await samlSigning();
    const [here, there] = [await signIn(at, 'pia', 'p'), await signIn(other, 'pia', 'p')];
    await postOut(other, saidOf(other, 'pia', { sessions: ['p'] }));
    expect(await areIn(here, there)).to.deep.equal([true, false]);
  });

  it('may be slow to be believed: whoever sends much that is refused waits', async () => {
    const answers: number[] = [];
    for (let nth = 0; nth < 61; nth += 1) answers.push((await raw(signOutPath(at))).status);
    expect([answers[59], answers[60]]).to.deep.equal([403, 429]);
  });

  it('may be any that speaks SAML: another program that signs, and reads what it is told', async () => {
    const browser = await signIn(at, 'eva', 'e');
    const provider = new SAML({
      ...{
        issuer: ISSUER,
        idpIssuer: `${world().base}/sign-in/organisation/${at.organisation.id}/saml/${at.id}/metadata.xml`,
      },
      ...{ callbackUrl: ANSWERED, entryPoint: destinationOf(at), logoutUrl: destinationOf(at) },
      ...{
        privateKey: at.signer.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        idpCert: at.signer.certificate,
      },
      signatureAlgorithm: 'sha256',
    });
    const user = {
      issuer: '',
      nameID: 'eva',
      nameIDFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
      sessionIndex: 'e',
    };
    const to = new URL(await provider.getLogoutUrlAsync(user, 'its+&=own', {}));
    const answer = await raw(to.pathname + to.search);
    expect(await isIn(browser)).to.equal(false);
    const back = new URL(String(answer.headers.location));
    const { loggedOut } = await provider.validateRedirectAsync(
      { SAMLResponse: back.searchParams.get('SAMLResponse') ?? '' },
      back.search.slice(1),
    );
    expect([loggedOut, back.searchParams.get('RelayState')]).to.deep.equal([true, 'its+&=own']);
  });

  it('is answered with a form where it takes nothing else', async () => {
    const only = await samlSigning(undefined, answeredBy('POST'));
    const browser = await signIn(only, 'mara');
    const path = `${signOutPath(only)}?${logoutQuery(logoutXml(saidOf(only, 'mara', { id: '_form' })), only.signer, { relayState: '"x' })}`;
    const page = await browser.get(path);
    expect([page.status, outcomeOn(page)]).to.deep.equal([200, 'yes']);
    expect(page.text, 'nobody is greeted').to.not.include('action="/sign-out"');
    const form = /<form[^>]*action="https[\s\S]*?<\/form>/.exec(page.text)?.[0] ?? '';
    const fields = Object.fromEntries(
      [...form.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
    );
    expect(form).to.include(`action="${ANSWERED}"`);
    expect([Object.keys(fields), plain(fields.RelayState ?? '')]).to.deep.equal([
      ['SAMLResponse', 'RelayState'],
      '"x',
    ]);
    const response = Buffer.from(fields.SAMLResponse ?? '', 'base64').toString();
    expect(response).to.include('InResponseTo="_form"').and.to.include(`${STATUS}:Success`);
    const allowed = /form-action ([^;]*)/.exec(page.headers.get('content-security-policy') ?? '')?.[1];
    expect(allowed).to.include('https://saml.northern.example').and.to.include("'self'");
    expect(await isIn(browser)).to.equal(false);
  });

  it('needs no address for an answer: whoever signed out is told', async () => {
    const silent = await samlSigning();
    const browser = await signIn(silent, 'mara');
    const page = await postOut(silent, saidOf(silent, 'mara'));
    expect([page.status, outcomeOn(page), page.headers.location]).to.deep.equal([200, 'yes', undefined]);
    expect(await isIn(browser)).to.equal(false);
    const nobody = await postOut(silent, saidOf(silent, 'nobody'));
    expect([nobody.status, outcomeOn(nobody)]).to.deep.equal([403, 'no']);
  });

  it('is known to us, and speaks SAML', async () => {
    const { organisation, provider } = await signing();
    for (const path of [
      signOutPath({ organisation, id: provider.id }),
      signOutPath({ organisation, id: at.id }),
      signOutPath({ organisation: at.organisation, id: provider.id }),
    ]) {
      expect((await raw(path)).status, path).to.equal(404);
      expect((await postedOut(path, '')).status, path).to.equal(404);
    }
  });

  it('reads in our metadata, and whoever runs it on its page, where to say so', async () => {
    const by = await signedIn();
    await appoint(by, 'administrator', at.organisation.id);
    const page = await by.browser.get(`/organisations/${at.organisation.id}/sign-in/providers/${at.id}`);
    expect(plain(page.text)).to.include(destinationOf(at));
    const { text } = await raw(`/sign-in/organisation/${at.organisation.id}/saml/${at.id}/metadata.xml`);
    for (const binding of ['POST', 'Redirect'])
      expect(text).to.include(
        `<md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-${binding}" Location="${destinationOf(at)}"/>`,
      );
    expect(text.indexOf('SingleLogoutService'), 'as the schema wants it').to.be.below(
      text.indexOf('AssertionConsumer'),
    );
  });

  it('alone may send a form from another site, and to this address alone', async () => {
    const path = signOutPath(at);
    expect(isSamlSignOut(path)).to.equal(true);
    const near = [
      `${path}/`,
      `${path}/x`,
      `/x${path}`,
      path.toUpperCase(),
      path.replace(at.id, 'x'),
      path.replace(at.organisation.id, `${at.organisation.id}/x`),
      path.replace('/saml/', '/other/'),
      path.replace('sign-out', 'metadata.xml'),
      '',
    ];
    for (const each of near) expect(isSamlSignOut(each), each).to.equal(false);
    expect((await postedOut(`${path}/`, '')).status).to.equal(403);
  });
});
