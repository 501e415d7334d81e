import { addDomain, domainsOf } from '../../../../../server/people/identity/domains/domains.js';
import { addProvider } from '../../../../../server/people/identity/providers/providers.js';
import { addRule } from '../../../../../server/people/identity/providers/provider-rules.js';
import {
  answerFrom,
  colleague,
  signing,
  signInAs,
  type Signing,
} from '../../../../people/identity/of-providers.js';
import { awayAt, comeBack as comeBackBySaml, samlSigning } from '../../../../people/identity/saml/of-saml.js';
import { honest } from '../../../../people/identity/saml/saml-provider.js';
import {
  answeredBy,
  destinationOf,
  logoutQuery,
  logoutXml,
  signOutPath,
} from '../../../../people/identity/saml/signing-out.js';
import { memberOf, unit } from '../../../../support/organisations.js';
import { signedIn } from '../../../../support/people.js';
import { appoint, otherOrganisation } from '../../../../support/roles.js';
import { row, write } from '../../../../support/rows.js';
import { enrolled } from '../../../../support/walk.js';
import { world } from '../../../../support/world.js';
import { NONE, refused } from '../../../looks/look-refusal.js';
import { seenBy, type Act, type Scene } from '../../scene.js';

/** An organisation's own sign-in: for whoever sets it up, for whoever signs in with it, and for whoever cannot. */
export async function identityScenes(): Promise<Scene[]> {
  const [at, alone] = [await signing(), await signing({ state: 'enforced' })];
  const all = [
    ...(await settingsScenes(at)),
    ...(await samlScenes(at)),
    ...(await visitorScenes(at, alone)),
    ...(await signedOutScenes()),
    ...(await ownScenes(at)),
  ];
  // Whoever is on the way back comes when all scenes are looked at, which takes longer than a trip may.
  await write('update identity_trips set expires_at = 9999999999999');
  return all;
}

async function settingsScenes(at: Signing): Promise<Scene[]> {
  const { organisation, provider, administrator, party } = at;
  const base = await unit(organisation, 'Maximiliane-Friederike-Klassenzimmer für Fortgeschrittene');
  const by = { organisationId: organisation.id, actorId: administrator.id, now: Date.now() };
  const rule = { claim: 'groups', value: 'cabin-crew', unitId: base, job: 'cabin', role: 'manager' } as const;
  await addRule(provider.id, rule, by);
  await addDomain('staff.northern.example', by);
  const open = (await domainsOf(organisation.id)).find(({ provenAt }) => provenAt === null);
  const home = `/organisations/${organisation.id}/sign-in`;
  const one = `${home}/providers/${provider.id}`;
  const see = seenBy(administrator.browser);
  const tested = async (who: object): Promise<string> => {
    Object.assign(party, { who });
    return answerFrom(party, await administrator.browser.get(`${one}/test`));
  };
  return [
    see('sign-in-settings', home),
    see('sign-in-settings-none', `/organisations/${await otherOrganisation()}/sign-in`),
    see('sign-in-settings-wrong', home, refused(`${home}/domains`, { domain: 'no domain' })),
    see('sign-in-domain-absent', `${home}?absent=${open?.id}`),
    see('sign-in-domain-unanswered', `${home}?unanswered=${open?.id}`),
    see('sign-in-domains-gone', `/organisations/${await withLostRecords()}/sign-in`),
    see('sign-in-domain-taken', `${home}?taken=${open?.id}`),
    see('sign-in-provider-new', `${home}/providers/new`),
    see(
      'sign-in-provider-new-wrong',
      `${home}/providers/new`,
      refused(`${home}/providers/new`, { issuer: 'here' }),
    ),
    see('sign-in-provider', one),
    see('sign-in-provider-wrong', one, refused(one, { state: 'enforced', keyholder: NONE })),
    see('sign-in-provider-settings', `${one}/settings`),
    see('sign-in-provider-settings-wrong', `${one}/settings`, refused(`${one}/settings`, { clientId: '' })),
    see('sign-in-rule-new', `${one}/rules/new`),
    see(
      'sign-in-rule-new-wrong',
      `${one}/rules/new`,
      refused(`${one}/rules/new`, { claim: 'groups', value: 'crew' }),
    ),
    see('sign-in-test', one, comeBack(await tested(colleague(at)))),
    see(
      'sign-in-test-foreign',
      one,
      comeBack(await tested({ ...colleague(at), email: 'mara@elsewhere.example' })),
    ),
    see('sign-in-test-no-address', one, comeBack(await tested({ sub: 'mara' }))),
  ];
}

/** An organisation with domains whose record is missing: for the first time, and for the third. */
async function withLostRecords(): Promise<string> {
  const organisationId = await otherOrganisation();
  const by = { organisationId, actorId: null, now: Date.now() };
  for (const domain of ['missed.example', 'lapsed.example']) await addDomain(domain, by);
  await write(
    `update identity_domains set proven_at = 1793000000000, seen_at = 1793000000000, missed_at = 1801000000000,
       lapsed_at = case domain when 'lapsed.example' then 1801000000000 end where organisation_id = $1`,
    [organisationId],
  );
  return organisationId;
}

/** A provider that speaks SAML: new, without its metadata, and with a certificate that ends soon. */
async function samlScenes({ organisation, administrator }: Signing): Promise<Scene[]> {
  const see = seenBy(administrator.browser);
  const soon = await samlSigning(Date.now() + 10 * 86_400_000);
  const home = `/organisations/${organisation.id}/sign-in/providers`;
  const by = { organisationId: organisation.id, actorId: administrator.id, now: Date.now() };
  const open = { protocol: 'saml', name: 'Northern SAML', unitId: null, letsJoin: true } as const;
  const nothing = { issuer: '', clientId: '', metadata: '', secret: null };
  const id = await addProvider({ ...open, ...nothing }, world().secrets.providers, by);
  const wrong = { name: '', unit: '', metadata: '<a/>' };
  return [
    see('sign-in-saml-new', `${home}/new-saml`),
    see('sign-in-saml-new-wrong', `${home}/new-saml`, refused(`${home}/new-saml`, wrong)),
    see('sign-in-saml-open', `${home}/${id}`),
    see('sign-in-saml-settings', `${home}/${id}/settings`),
    see(
      'sign-in-saml-metadata-wrong',
      `${home}/${id}/settings`,
      refused(`${home}/${id}/settings`, { ...wrong, name: 'Northern' }),
    ),
    see('sign-in-saml-ending', `/organisations/${soon.organisation.id}/sign-in/providers/${soon.id}`),
  ];
}

async function visitorScenes(at: Signing, alone: Signing): Promise<Scene[]> {
  const see = seenBy(null);
  const page = `/sign-in/organisation/${at.organisation.id}`;
  const stranger = world().visitor();
  const left = await stranger.get(`${page}/to/${at.provider.id}`);
  Object.assign(at.party, { who: { sub: 'nobody' } });
  return [
    see('sign-in-organisation', '/sign-in/organisation?next=%2Faccount'),
    see(
      'sign-in-organisation-wrong',
      '/sign-in/organisation',
      refused('/sign-in/organisation', { email: 'x@nowhere.example' }),
    ),
    see('sign-in-of-organisation', page),
    see('sign-in-left', `${page}/left/${at.provider.id}`),
    see('sign-in-of-organisation-only', `/sign-in/organisation/${alone.organisation.id}`),
    see('sign-in-answer-unknown', `${page}/answer?state=x`),
    seenBy(stranger)('sign-in-answer-address', page, comeBack(await answerFrom(at.party, left))),
    see('sign-in-enforced', '/sign-in', await asMember(alone)),
  ];
}

/** Somebody signed out at a SAML provider: one that wants no answer, one that takes it from a form alone; and one that nobody believes. */
async function signedOutScenes(): Promise<Scene[]> {
  const see = seenBy(null);
  const [silent, asking] = [await samlSigning(), await samlSigning(undefined, answeredBy('POST'))];
  const signedOut = async (at: typeof silent): Promise<Act> => {
    const { browser, asked } = await awayAt(at);
    const said = { nameId: 'mara', attributes: { mail: `mara@${at.domain}` } };
    await comeBackBySaml(browser, honest(asked, said, at.signer), asked.state);
    // It counts once, and for ten minutes: signed when the page is looked at.
    return page => {
      const query = logoutQuery(logoutXml({ nameId: 'mara', destination: destinationOf(at) }), at.signer);
      return page.goto(`${signOutPath(at)}?${query}`);
    };
  };
  return [
    see('sign-in-signed-out', '/sign-in', await signedOut(silent)),
    see('sign-in-signed-out-onward', '/sign-in', await signedOut(asking)),
    see('sign-in-signed-out-not', signOutPath(silent)),
  ];
}

/** Comes back from a provider, to an address that is answered once. */
const comeBack =
  (address: string): Act =>
  page =>
    page.goto(address);

/** Somebody whose organisation no longer wants their password types it. */
async function asMember({ organisation, domain }: Signing): Promise<Act> {
  const member = await signedIn();
  await memberOf(member, organisation.id);
  await write('update users set email = $1 where id = $2', [`tom@${domain}`, member.id]);
  return async page => {
    await page.fill('#email', `tom@${domain}`);
    await page.fill('#password', member.password);
    await Promise.all([
      page.waitForEvent('load'),
      page.locator('form[action="/sign-in"] .button').last().click(),
    ]);
  };
}

async function ownScenes(at: Signing): Promise<Scene[]> {
  const [browser, other] = [world().visitor(), await signedIn()];
  await signInAs(at, colleague(at, 'wilhelmina'), browser);
  await memberOf(other, at.organisation.id);
  return [
    seenBy(browser)('own-identities', '/account/identities'),
    seenBy(browser)('own-identities-last', '/account/identities?last'),
    seenBy(other.browser)('own-identities-none', '/account/identities'),
    seenBy(other.browser)('own-identity-connect', `/account/identities/${at.provider.id}`),
    seenBy(other.browser)('own-identity-onward', `/account/identities/${at.provider.id}`, answerQuestion),
    ...(await vouchedScenes(at)),
  ];
}

/** Somebody says that they want to connect it. */
const answerQuestion: Act = page =>
  Promise.all([page.waitForEvent('load'), page.locator('form[action$="/to"] .button').click()]);

/** Somebody whom one organisation let in: they administer it, have a role elsewhere, and began a course there. */
async function vouchedScenes(at: Signing): Promise<Scene[]> {
  const [who, browser] = [colleague(at, 'valeria'), world().visitor()];
  await signInAs(at, who, browser);
  const { id = '' } =
    (await row<{ id: string }>('select id from users where email = $1', [who.email ?? ''])) ?? {};
  const { id: cycle } = await enrolled({ id });
  await appoint({ id }, 'administrator', at.organisation.id);
  return [
    seenBy(browser)('account-one-organisation', '/account'),
    seenBy(browser)('not-vouched-for', `/learning/${cycle}`),
    seenBy(browser)('own-identities-vouched', '/account/identities'),
    seenBy(browser)('proof-by-provider', `/organisations/${at.organisation.id}/tokens/new`),
  ];
}
