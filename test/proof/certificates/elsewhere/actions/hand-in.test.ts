import { expect } from 'chai';
import { carriers } from '../../../open-badges/files/carriers.js';
import { strangerText } from '../../../open-badges/files/forging.js';
import { employer, linked, member } from '../../../../support/organisations.js';
import { signedIn } from '../../../../support/people.js';
import { appoint } from '../../../../support/roles.js';
import { count, row } from '../../../../support/rows.js';
import { errorsOn, said } from '../../../../support/said.js';
import { COURSE } from '../../../../support/walk.js';
import { holder } from '../../../../support/holders.js';
import { ownWorld } from '../../../../support/world.js';
import { recentActors } from '../../../../../server/people/accounts/people.js';
import { handInOn } from '../handing-in.js';
import { foreignText, trustAnother } from '../trusted.js';

const OWN = '/certificates/elsewhere';

/** An organisation with a manager, an administrator, and somebody with an account. */
async function people() {
  const organisation = await employer();
  const [manager, administrator, zoe] = [
    await signedIn(),
    await signedIn(),
    await signedIn({ name: 'Zoë Łukasz' }),
  ];
  await appoint(manager, 'manager', organisation.id);
  await appoint(administrator, 'administrator', organisation.id);
  const membershipId = await member(organisation, { name: 'Zoë Łukasz' });
  await linked(membershipId, zoe.id);
  recentActors().remove(zoe.id);
  const home = `/organisations/${organisation.id}/people/${membershipId}/elsewhere`;
  return { organisation, manager, administrator, zoe, membershipId, home };
}

const stateOf = async (membershipId: string) =>
  (
    await row<{ state: string }>('select state from certificates_elsewhere where membership_id = $1', [
      membershipId,
    ])
  )?.state ?? null;

describe('handing in a certificate from elsewhere', () => {
  ownWorld();
  before(trustAnother);

  for (const carrier of Object.keys(carriers))
    it(`takes a ${carrier} of an issuer that we trust, and an administrator decides`, async () => {
      const { organisation, administrator, zoe, membershipId } = await people();
      const file = (await carriers[carrier]?.(await foreignText())) as Buffer;
      const page = await handInOn(zoe, OWN, file, { organisation: organisation.id });
      expect(page.text).to.include(said('done.elsewhere-brought'));
      expect(await stateOf(membershipId)).to.equal('waiting');
      const found = await row<{ id: string }>(
        'select id from certificates_elsewhere where membership_id = $1',
        [membershipId],
      );
      const one = `/organisations/${organisation.id}/evidence/elsewhere/${found?.id ?? ''}`;
      await administrator.browser.get(one);
      await administrator.browser.submit(`${one}/decision`, { decision: 'count', course: COURSE });
      expect(await stateOf(membershipId)).to.equal('counted');
      expect(
        await count(`credits where membership_id = $1 and source = 'elsewhere'`, [membershipId]),
      ).to.equal(1);
    });

  it('refuses what it cannot verify, and says what to do', async () => {
    const { organisation, zoe, membershipId } = await people();
    const ours = (await holder()).certificate.credential;
    const stranger = (await strangerText('stranger', ours)).text;
    const text = await foreignText();
    for (const [file, why] of [
      ['nothing', 'unreadable'],
      [ours, 'ours'],
      [stranger, 'stranger'],
      [text.replace('Zoë', 'Eve'), 'altered'],
    ] as const) {
      const page = await handInOn(zoe, OWN, Buffer.from(file), { organisation: organisation.id });
      expect([page.status, errorsOn(page)], why).to.deep.equal([
        422,
        { file: said(`elsewhere.refused.${why}`) },
      ]);
    }
    expect(await stateOf(membershipId)).to.equal(null);
  });

  it('takes none for an organisation to which the holder does not belong', async () => {
    const { zoe } = await people();
    const other = await employer();
    const page = await handInOn(zoe, OWN, Buffer.from(await foreignText()), { organisation: other.id });
    expect(errorsOn(page)).to.deep.equal({ organisation: said('elsewhere.error.organisation') });
  });

  it('nobody enters a paper for themselves, nor decides on their own', async () => {
    const { organisation, home, zoe, manager, membershipId } = await people();
    await appoint(zoe, 'administrator', organisation.id);
    expect((await zoe.browser.get(`${home}/paper`)).status).to.equal(403);
    await handInOn(manager, home, Buffer.from(await foreignText()));
    const found = await row<{ id: string }>(
      'select id from certificates_elsewhere where membership_id = $1',
      [membershipId],
    );
    const one = `/organisations/${organisation.id}/evidence/elsewhere/${found?.id ?? ''}`;
    const page = await zoe.browser.get(one);
    expect(page.text).to.not.include('/decision"');
    expect(await stateOf(membershipId)).to.equal('waiting');
  });

  it('is nowhere for people outside', async () => {
    const { organisation, home, manager, membershipId } = await people();
    await handInOn(manager, home, Buffer.from(await foreignText()));
    const found = await row<{ id: string }>(
      'select id from certificates_elsewhere where membership_id = $1',
      [membershipId],
    );
    const outsider = await signedIn();
    const list = `/organisations/${organisation.id}/evidence/elsewhere`;
    for (const path of [home, `${home}/paper`, list, `${list}/${found?.id ?? ''}`])
      expect((await outsider.browser.get(path)).status, path).to.equal(404);
  });
});
