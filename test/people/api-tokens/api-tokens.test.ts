import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { endToken, makeToken, MOST_DAYS, tokensOf } from '../../../server/people/api-tokens/api-tokens.js';
import { heldToken, TokenRefused } from '../../../server/people/api-tokens/bearer.js';
import { remindOfTokens } from '../../../server/people/api-tokens/remind-of-tokens.js';
import type { Scope } from '../../../server/people/api-tokens/scopes.js';
import { TooMany } from '../../../server/errors.js';
import { RateLimits } from '../../../server/platform/http/security/rate-limits.js';
import { mailsTo } from '../accounts/mails.js';
import { person } from '../../support/people.js';
import { appoint, dismiss, otherOrganisation } from '../../support/roles.js';
import { said } from '../../support/said.js';
import { row, write } from '../../support/rows.js';
import { ownWorld } from '../../support/world.js';

const DAY = 86_400_000;
const NOW = Date.parse('2026-06-15T12:00:00Z');
const limits = new RateLimits(randomBytes(32));

const tokenOf = (organisationId: string, days = 30, scopes: readonly Scope[] = ['people.read']) =>
  makeToken({ name: 'Staff directory', scopes, days }, { organisationId, actorId: null, now: NOW });

/** What a route for programs is told of a request: whose it is, or its status and challenge. */
async function asked(
  authorization: string | undefined,
  { now = NOW, scope = 'people.read' }: { now?: number; scope?: Scope } = {},
) {
  try {
    return (await heldToken({ authorization, address: '192.0.2.7', scope, limits, now })).organisationId;
  } catch (fault) {
    if (fault instanceof TokenRefused) return `${fault.status} ${fault.challenge}`;
    if (fault instanceof TooMany) return '429';
    throw fault;
  }
}

const stored = (organisationId: string) =>
  row<{ id: string; used_at: number | null; expires_at: number; text: string }>(
    'select *, token_hash as text from api_tokens where organisation_id = $1',
    [organisationId],
  );

describe('a token of a program', () => {
  ownWorld();

  it('proves its organisation until its last day, and is stored as a hash', async () => {
    const organisation = await otherOrganisation();
    const token = await tokenOf(organisation);
    expect(await asked(`Bearer ${token}`)).to.equal(organisation);
    expect(await asked(`bearer  ${token}`)).to.equal(organisation);
    expect(JSON.stringify(await stored(organisation))).not.to.include(token.slice(9));
    expect(await asked(`Bearer ${token}`, { now: NOW + 30 * DAY - 1 })).to.equal(organisation);
    expect(await asked(`Bearer ${token}`, { now: NOW + 30 * DAY })).to.include('401');
  });

  it('is told of once before it ends, to whoever made it and those who administer the organisation', async () => {
    const organisationId = await otherOrganisation();
    const [maker, administrator, left] = [await person(), await person(), await person()];
    for (const one of [administrator, left]) await appoint(one, 'administrator', organisationId);
    await dismiss(left);
    await makeToken(
      { name: 'Staff directory', scopes: ['people.read'], days: 30 },
      { organisationId, actorId: maker.id, now: NOW },
    );
    const told = async () =>
      Promise.all([maker, administrator, left].map(async ({ email }) => (await mailsTo(email)).length));
    await remindOfTokens(NOW + 22 * DAY);
    expect(await told(), 'not in the first three quarters of its time').to.deep.equal([0, 0, 0]);
    for (const day of [23, 23, 29]) await remindOfTokens(NOW + day * DAY);
    expect(await told()).to.deep.equal([1, 1, 0]);
    const [mail] = await mailsTo(maker.email);
    expect(mail?.subject).to.equal(said('mail.subject.token-ending'));
    expect(mail?.text).to.include('Staff directory').and.include(`/organisations/${organisationId}/tokens`);
  });

  it('that was withdrawn, or has ended, is told of to nobody', async () => {
    const organisationId = await otherOrganisation();
    const maker = await person();
    const by = { organisationId, actorId: maker.id, now: NOW };
    for (const name of ['one', 'two']) await makeToken({ name, scopes: ['people.read'], days: 30 }, by);
    const [first] = await tokensOf(organisationId);
    await endToken(first?.id ?? '', by);
    await remindOfTokens(NOW + 31 * DAY);
    await write('update api_tokens set reminded_at = 1 where organisation_id = $1 and ended_at is null', [
      organisationId,
    ]);
    await remindOfTokens(NOW + 29 * DAY);
    expect(await mailsTo(maker.email)).to.deep.equal([]);
  });

  it('never works for longer than a year', async () => {
    const organisation = await otherOrganisation();
    await tokenOf(organisation, 4_000);
    expect(Number((await stored(organisation))?.expires_at)).to.equal(NOW + MOST_DAYS * DAY);
  });

  it('is asked for with the words of RFC 6750, and nothing else is taken for one', async () => {
    expect(await asked(undefined)).to.equal('401 Bearer realm="Safe Passage"');
    const wrong = '401 Bearer realm="Safe Passage", error="invalid_token"';
    for (const text of [
      '',
      'Bearer',
      'Bearer x',
      'Basic YTpi',
      `Bearer spt_${'A'.repeat(43)}`,
      'Bearer \u0000',
    ])
      expect(await asked(text), text).to.equal(wrong);
  });

  it('does only what it was made for', async () => {
    const token = await tokenOf(await otherOrganisation());
    expect(await asked(`Bearer ${token}`, { scope: 'people.write' })).to.equal(
      '403 Bearer realm="Safe Passage", error="insufficient_scope"',
    );
  });

  it('is withdrawn at once, by its own organisation alone', async () => {
    const [organisation, other] = [await otherOrganisation(), await otherOrganisation()];
    const token = await tokenOf(organisation);
    const { id = '' } = (await stored(organisation)) ?? {};
    const by = { actorId: null, now: NOW };
    expect(await endToken(id, { organisationId: other, ...by })).to.equal(false);
    expect(await asked(`Bearer ${token}`)).to.equal(organisation);
    expect(await endToken(id, { organisationId: organisation, ...by })).to.equal(true);
    expect(await endToken(id, { organisationId: organisation, ...by })).to.equal(false);
    expect(await asked(`Bearer ${token}`)).to.include('401');
  });

  it('notes its last use, at most once a minute', async () => {
    const organisation = await otherOrganisation();
    const token = await tokenOf(organisation);
    const usedAt = async (now: number) => {
      await asked(`Bearer ${token}`, { now });
      return Number((await stored(organisation))?.used_at) - NOW;
    };
    expect(await usedAt(NOW)).to.equal(0);
    expect(await usedAt(NOW + 59_999)).to.equal(0);
    expect(await usedAt(NOW + 60_000)).to.equal(60_000);
  });

  it('is not refused for the wrong ones that come from its network, which wait', async () => {
    const organisation = await otherOrganisation();
    const token = await tokenOf(organisation);
    for (let at = 0; at < 60; at += 1) expect(await asked('Bearer guess')).to.include('401');
    expect(await asked('Bearer guess')).to.equal('429');
    expect(await asked(`Bearer ${token}`)).to.equal(organisation);
  });

  it('waits when it is used too often', async () => {
    const organisation = await otherOrganisation();
    const token = await tokenOf(organisation);
    for (let at = 0; at < 20; at += 1) await asked(`Bearer ${token}`);
    await write(`update rate_limits set points = 3000 where key like 'api-token:%'`);
    for (let at = 0; at < 20; at += 1) await asked(`Bearer ${token}`);
    expect(await asked(`Bearer ${token}`)).to.equal('429');
  });

  it('is one of twenty at most', async () => {
    const organisation = await otherOrganisation();
    for (let at = 0; at < 20; at += 1) await tokenOf(organisation);
    const refused = await tokenOf(organisation).then(
      () => null,
      (fault: Error) => fault.name,
    );
    expect(refused).to.equal('Conflict');
  });
});
