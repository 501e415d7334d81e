import { expect } from 'chai';
import { onNudge } from '../../../../server/platform/events/jobs/nudge.js';
import { askDomainsAgain } from '../../../../server/people/identity/domains/ask-again.js';
import { domainsOf, proveDomain } from '../../../../server/people/identity/domains/domains.js';
import {
  askForRecord,
  dnsRecordOf,
  nameSystem,
} from '../../../../server/people/identity/domains/name-system.js';
import { mailsTo } from '../../accounts/mails.js';
import { signedIn, type Person } from '../../../support/people.js';
import { send } from '../../../support/pages.js';
import { appoint } from '../../../support/roles.js';
import { count, rows, write } from '../../../support/rows.js';
import { said } from '../../../support/said.js';
import { ownWorld, reactToNews, world } from '../../../support/world.js';
import { closeProviders, colleague, reasonOn, signing, signInAs, type Signing } from '../of-providers.js';

const [HOUR, DAY] = [3_600_000, 86_400_000];

type Answer = 'there' | 'ENOTFOUND' | 'ENODATA' | 'ETIMEOUT' | 'ESERVFAIL';

describe('a proven domain', () => {
  ownWorld();
  const asked = nameSystem.txt;
  let at: Signing;
  let keeper: Person;
  let start: number;
  /** The names that were asked for. */
  let names: string[];

  const found = async () => {
    const [domain] = await domainsOf(at.organisation.id);
    if (!domain) throw new Error('The domain is gone');
    return domain;
  };
  const answer = (how: Answer, value = 'none') => {
    nameSystem.txt = name => {
      names.push(name);
      return how === 'there'
        ? Promise.resolve([value])
        : Promise.reject(Object.assign(new Error(how), { code: how }));
    };
  };
  const answers = async (how: Answer) => answer(how, dnsRecordOf(await found()).value);
  const askOn = async (...days: number[]) => {
    for (const day of days) await askDomainsAgain(start + day * DAY);
  };
  const prove = async (how: 'record' | 'administrator', now: number) =>
    proveDomain(await found(), how, { organisationId: at.organisation.id, actorId: null, now });
  const mails = async () =>
    (await mailsTo(keeper.email)).filter(({ subject }) => subject === said('mail.subject.domain-lapsed'));
  const lapses = () =>
    count(`events where name = 'identity-domain.lapsed' and organisation_id = $1`, [at.organisation.id]);

  beforeEach(async () => {
    // Domains of other tests are not asked for.
    await write('update identity_domains set seen_at = null');
    [at, keeper, names] = [await signing({ isProven: false }), await signedIn(), []];
    await appoint(keeper, 'administrator', at.organisation.id);
    start = Date.now() - 1_000 * DAY;
    await prove('record', start);
  });
  after(async () => {
    nameSystem.txt = asked;
    await closeProviders();
  });

  it('is asked for every 90 days, and its day is kept', async () => {
    await answers('there');
    await askOn(1, 89);
    expect(names).to.deep.equal([]);
    await askOn(90, 91, 179);
    expect(names).to.deep.equal([`_safe-passage.${at.domain}`]);
    expect(await found()).to.include({ provenAt: start, seenAt: start + 90 * DAY, lapsedAt: null });
    await askOn(180);
    expect(names).to.have.length(2);
  });

  it('that an administrator of the installation confirmed is never asked for', async () => {
    await write('update identity_domains set proven_at = null, seen_at = null where organisation_id = $1', [
      at.organisation.id,
    ]);
    await prove('administrator', start);
    await answers('ENOTFOUND');
    await askOn(90, 91, 92, 900);
    expect(names).to.deep.equal([]);
    expect(await found()).to.include({ provenAt: start, lapsedAt: null });
  });

  for (const how of ['ENOTFOUND', 'ENODATA'] as const)
    it(`lapses when its record is missing three times within a week, and says so once: ${how}`, async () => {
      await answers(how);
      await askOn(90, 91);
      expect(await found()).to.include({ missedAt: start + 91 * DAY, lapsedAt: null });
      expect(await lapses()).to.equal(0);
      await askOn(92, 93, 94);
      expect(await found()).to.include({ missedAt: start + 94 * DAY, lapsedAt: start + 92 * DAY });
      const told = await mails();
      expect(told).to.have.length(1);
      expect(told[0]?.text).to.include(at.domain).and.include(`/organisations/${at.organisation.id}/sign-in`);
    });

  it('is missed once by all that ask within hours, or at the same moment', async () => {
    await answers('ENOTFOUND');
    const together = (now: number) => Promise.all([now, now, now].map(askDomainsAgain));
    await together(start + 90 * DAY);
    await together(start + 90 * DAY + 19 * HOUR);
    await together(start + 91 * DAY);
    await together(start + 91 * DAY + HOUR);
    expect(await lapses()).to.equal(0);
    await together(start + 92 * DAY);
    expect(await lapses()).to.equal(1);
  });

  it('does not lapse by misses that lie further apart', async () => {
    await answers('ENOTFOUND');
    await askOn(90, 94, 95, 99, 103);
    expect(await lapses()).to.equal(0);
  });

  for (const how of ['ETIMEOUT', 'ESERVFAIL'] as const)
    it(`loses nothing while no name server answers: ${how}`, async () => {
      await answers(how);
      const before = await found();
      await askOn(90, 91, 92, 93);
      expect(names).to.have.length(4);
      expect(await found()).to.deep.equal(before);
      await answers('there');
      await askOn(94);
      expect(await found()).to.include({ seenAt: start + 94 * DAY });
    });

  it('has no record where another text stands there', async () => {
    answer('there', 'safe-passage-domain=another');
    expect(await askForRecord(await found())).to.equal('absent');
  });

  it('that has lapsed lets nobody arrive for the first time, and everybody else as before', async () => {
    await signInAs(at, colleague(at, 'mara'));
    await answers('ENOTFOUND');
    await askOn(90, 91, 92);
    expect((await signInAs(at, colleague(at, 'mara'))).path).to.equal('/learning');
    expect(reasonOn(await signInAs(at, colleague(at, 'noor')))).to.equal('address');
    expect(await count('users where email = $1', [`noor@${at.domain}`])).to.equal(0);
    const visitor = world().visitor();
    const led = await send(visitor, '/sign-in/organisation', { email: `mara@${at.domain}` });
    expect(led.path, 'people find it still').to.equal(`/sign-in/organisation/${at.organisation.id}`);
  });

  it('heals itself when the record is back, and lapses again if it goes again', async () => {
    await answers('ENOTFOUND');
    await askOn(90, 91, 92, 93);
    await answers('there');
    await askOn(94);
    expect(await found()).to.include({ seenAt: start + 94 * DAY, missedAt: null, lapsedAt: null });
    expect(reasonOn(await signInAs(at, colleague(at, 'noor')))).to.equal(null);
    await answers('ENOTFOUND');
    await askOn(184, 185);
    expect(await lapses()).to.equal(1);
    await askOn(186);
    expect(await lapses()).to.equal(2);
  });

  it('shows its state to those who administer the organisation, who can have it checked, or removed', async () => {
    const home = `/organisations/${at.organisation.id}/sign-in`;
    const state = async () => {
      const { text } = await keeper.browser.get(home);
      return /data-domain[^]*?data-state="(\w+)"/.exec(text)?.[1];
    };
    expect(await state()).to.equal('proven');
    await answers('ENOTFOUND');
    await askOn(90);
    expect(await state()).to.equal('missed');
    await askOn(91, 92);
    expect(await state()).to.equal('lapsed');
    const { id } = await found();
    expect((await send(keeper.browser, `${home}/domains/${id}/proof`)).path).to.equal(`${home}?absent=${id}`);
    expect(await state()).to.equal('lapsed');
    await answers('there');
    await send(keeper.browser, `${home}/domains/${id}/proof`);
    expect(await state()).to.equal('proven');
    const proofs = await rows(
      `select actor_id from events where name = 'identity-domain.proven' and organisation_id = $1 order by seq`,
      [at.organisation.id],
    );
    expect(proofs).to.deep.equal([{ actor_id: null }, { actor_id: keeper.id }]);
  });

  it('that has lapsed is confirmed by an administrator of the installation, and then not asked for', async () => {
    await answers('ENOTFOUND');
    await askOn(90, 91, 92);
    const { id } = await found();
    await send(at.administrator.browser, `/organisations/${at.organisation.id}/sign-in/domains/${id}/word`);
    expect(await found()).to.include({ seenAt: null, missedAt: null, lapsedAt: null });
    await askOn(93, 300);
    expect(await lapses()).to.equal(1);
  });

  it('is mailed about to nobody if it is back before the mail is written', async () => {
    await world().worker.drain();
    onNudge(() => undefined);
    try {
      await answers('ENOTFOUND');
      await askOn(90, 91, 92);
      await prove('record', start + 92 * DAY);
    } finally {
      reactToNews();
    }
    expect(await mails()).to.deep.equal([]);
  });
});
