import { expect } from 'chai';
import { remindOfCertificates } from '../../../../server/people/identity/saml/remind-of-certificates.js';
import { readSamlMetadata } from '../../../../server/people/identity/saml/saml-description.js';
import { mailsTo } from '../../accounts/mails.js';
import { person, signedIn } from '../../../support/people.js';
import { plain, send } from '../../../support/pages.js';
import { appoint } from '../../../support/roles.js';
import { count, row, write } from '../../../support/rows.js';
import { errorsOn, said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';
import { closeProviders, reasonOn, signing } from '../of-providers.js';
import { awayAt, comeBack, posted, samlSigning, type SamlSigning } from '../saml/of-saml.js';
import { askedIn, honest, metadataOf, newSigner, type Asked } from '../saml/saml-provider.js';

const mara = ({ domain }: SamlSigning) => ({ nameId: 'mara', attributes: { mail: `mara@${domain}` } });

const refusals = (providerId: string) =>
  count(`events where name = 'identity.refused' and payload like $1`, [`%${providerId}%`]);

describe('somebody who signs in by SAML', () => {
  ownWorld();
  let at: SamlSigning;
  before(async () => {
    at = await samlSigning();
  });
  after(closeProviders);

  const isSignedIn = async (browser: Awaited<ReturnType<typeof awayAt>>['browser']) =>
    (await browser.get('/account')).path === '/account';

  it('comes back from another site, gets an account, and belongs to the organisation', async () => {
    const { browser, asked } = await awayAt(at);
    expect(asked.answer).to.equal(`${world().base}/sign-in/saml`);
    const page = await comeBack(browser, honest(asked, mara(at), at.signer), asked.state);
    expect(page.path).to.equal('/learning');
    expect(
      await count(
        'memberships m join users u on u.id = m.user_id where u.email = $1 and m.organisation_id = $2',
        [`mara@${at.domain}`, at.organisation.id],
      ),
    ).to.equal(1);
  });

  it('is let in once by what the provider said', async () => {
    const { browser, asked } = await awayAt(at);
    const response = honest(asked, mara(at), at.signer);
    await comeBack(browser, response, asked.state);
    const twice = await posted(response, asked.state);
    expect([twice.status, reasonOn({ ...(await browser.get('/account')), text: twice.text })]).to.deep.equal([
      403,
      'unknown',
    ]);
    const later = await awayAt(at);
    const replayed = await comeBack(later.browser, response, later.asked.state);
    expect([replayed.status, reasonOn(replayed)]).to.deep.equal([403, 'failed']);
    expect(await isSignedIn(later.browser)).to.equal(false);
  });

  it('is let in by nothing that came before: the first answer to a trip counts', async () => {
    const { browser, asked } = await awayAt(at);
    expect((await posted('', asked.state)).status, 'nothing').to.equal(403);
    await posted('nonsense', asked.state);
    expect((await posted(honest(asked, mara(at), at.signer), asked.state)).status).to.equal(403);
    expect(reasonOn(await browser.get(`${answerOf(at)}?state=${asked.state}`))).to.equal('failed');
  });

  it('is not let in in another browser, nor by a provider that was not asked', async () => {
    const { asked } = await awayAt(at);
    const other = world().visitor();
    expect(reasonOn(await comeBack(other, honest(asked, mara(at), at.signer), asked.state))).to.equal(
      'unknown',
    );
    expect((await posted(honest(asked, mara(at), at.signer), '')).status).to.equal(403);
    expect(await isSignedIn(other)).to.equal(false);
  });

  it('meets a calm page, and the organisation an event, where the answer is not what it should be', async () => {
    const [before, stranger] = [await refusals(at.id), newSigner()];
    const { browser, asked } = await awayAt(at);
    const page = await comeBack(browser, honest(asked, mara(at), stranger), asked.state);
    expect([page.status, reasonOn(page)]).to.deep.equal([403, 'failed']);
    expect(await isSignedIn(browser)).to.equal(false);
    expect(await refusals(at.id)).to.equal(before + 1);
  });

  it('is turned away where the address is in no proven domain', async () => {
    const { browser, asked } = await awayAt(at);
    const foreign = { nameId: 'zoe', attributes: { mail: 'zoe@elsewhere.example' } };
    expect(reasonOn(await comeBack(browser, honest(asked, foreign, at.signer), asked.state))).to.equal(
      'address',
    );
  });
});

const answerOf = ({ organisation }: SamlSigning): string => `/sign-in/organisation/${organisation.id}/answer`;

const kept = (organisationId: string) =>
  row<{ id: string; state: string; issuer: string }>(
    'select id, state, issuer from identity_providers where organisation_id = $1',
    [organisationId],
  );

describe('whoever administers an organisation with a SAML provider', () => {
  ownWorld();
  after(closeProviders);

  it('sets it up, tests it, and replaces its certificate while people go on signing in', async () => {
    const [at, by, signer, next] = [await samlSigning(), await signedIn(), newSigner(), newSigner()];
    const { id } = at.organisation;
    await appoint(by, 'administrator', id);
    const { browser } = by;
    await send(browser, `/organisations/${id}/sign-in/providers/${at.id}/removal`);
    const fields = { name: 'Northern SAML', unit: '', letsJoin: 'yes' };
    const made = await send(browser, `/organisations/${id}/sign-in/providers/new-saml`, {
      ...fields,
      metadata: '',
    });
    const page = `/organisations/${id}/sign-in/providers/${(await kept(id))?.id}`;
    expect(made.path).to.equal(`${page}?done=provider-saved`);
    expect((await browser.get(`${page}/test`)).status, 'nothing is known of it yet').to.equal(404);
    const entity = `${world().base}/sign-in/organisation/${id}/saml/${(await kept(id))?.id}/metadata.xml`;
    expect(plain(made.text)).to.include(entity);
    const metadata = await world().visitor().get(new URL(entity).pathname);
    expect(metadata.text).to.include(`entityID="${entity}"`).and.to.include(`${world().base}/sign-in/saml`);

    const wrong = await send(browser, `${page}/settings`, { ...fields, metadata: '<a/>' });
    expect(errorsOn(wrong)).to.deep.equal({ metadata: said('errors.saml-metadata.unread') });
    const typed = { ...fields, metadata: metadataOf([signer]) };
    await send(browser, `${page}/settings`, typed);
    const asked: Asked = askedIn((await browser.get(`${page}/test`)).headers.get('location') ?? '');
    expect(asked.ourselves).to.equal(entity);
    const said1 = { nameId: 'x', attributes: { mail: `x@${at.domain}`, groups: 'crew' } };
    const tested = await comeBack(browser, honest(asked, said1, signer), asked.state);
    expect(tested.text).to.include('data-address="own"');
    await send(browser, page, { state: 'offered' });

    await send(browser, `${page}/settings`, { ...fields, name: 'Another name', metadata: '' });
    expect((await kept(id))?.state, 'it is the same provider').to.equal('offered');
    await send(browser, `${page}/settings`, { ...fields, metadata: metadataOf([signer, next]) });
    expect((await kept(id))?.state, 'one of its certificates is known').to.equal('offered');
    await send(browser, `${page}/settings`, { ...fields, metadata: metadataOf([newSigner()]) });
    expect((await kept(id))?.state, 'none of them is').to.equal('off');
  });

  it('is warned before its certificate ends, and of one that has ended', async () => {
    const by = await signedIn();
    const days = (count: number) => Date.now() + count * 86_400_000;
    for (const [ends, state] of [
      [days(20), 'soon'],
      [days(-2), 'ended'],
    ] as const) {
      const { organisation, id } = await samlSigning(ends);
      await appoint(by, 'administrator', organisation.id);
      const page = await by.browser.get(`/organisations/${organisation.id}/sign-in/providers/${id}`);
      expect(plain(page.text)).to.include(said(`identity.certificate.${state}`));
    }
  });

  it('is told of by mail once before its certificate ends, and again of the next one', async () => {
    const [by, DAY] = [await person(), 86_400_000];
    const end = Math.floor(Date.now() / 1000) * 1000 - 90 * DAY;
    const { organisation, id } = await samlSigning(end);
    await appoint(by, 'administrator', organisation.id);
    const told = async (now: number) => {
      await remindOfCertificates(now);
      return (await mailsTo(by.email)).length;
    };
    expect(await told(end - 30 * DAY), 'a month before').to.equal(0);
    await write(`update identity_providers set state = 'off' where id = $1`, [id]);
    expect(await told(end - 20 * DAY), 'of one that is off').to.equal(0);
    await write(`update identity_providers set state = 'offered' where id = $1`, [id]);
    expect(await told(end), 'of one that has ended').to.equal(0);
    expect(await told(end - 20 * DAY)).to.equal(1);
    expect(await told(end - 10 * DAY)).to.equal(1);
    const [mail] = await mailsTo(by.email);
    expect(mail?.subject).to.equal(said('mail.subject.provider-certificate'));
    expect(mail?.text).to.include('Northern SAML').and.include(`/sign-in/providers/${id}`);
    const next = readSamlMetadata(metadataOf([newSigner(end + 60 * DAY), newSigner(end)]), true);
    await write('update identity_providers set metadata = $2 where id = $1', [id, JSON.stringify(next)]);
    expect(await told(end - 10 * DAY), 'the next one is there').to.equal(1);
    expect(await told(end + 40 * DAY)).to.equal(2);
  });

  it('has no metadata for a provider that speaks something else', async () => {
    const { organisation, provider } = await signing();
    const path = `/sign-in/organisation/${organisation.id}/saml/${provider.id}/metadata.xml`;
    expect((await world().visitor().get(path)).status).to.equal(404);
  });
});
