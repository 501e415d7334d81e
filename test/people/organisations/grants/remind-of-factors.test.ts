import { expect } from 'chai';
import { recentActors } from '../../../../server/people/accounts/people.js';
import { enforcedFor } from '../../../../server/people/identity/enforcement.js';
import { remindOfFactors } from '../../../../server/people/organisations/grants/remind-of-factors.js';
import { giveApp } from '../../accounts/factors/with-app.js';
import { dina, signedIn, type Person } from '../../../support/people.js';
import { appoint, otherOrganisation } from '../../../support/roles.js';
import { write } from '../../../support/rows.js';
import { said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';

const DAY = 86_400_000;

describe('the reminder of the second step that a role asks for', () => {
  ownWorld();

  /** Somebody whose role was given so many days ago. */
  async function appointed(
    daysAgo: number,
    role: 'manager' | 'instructor' = 'manager',
    organisation?: string,
  ) {
    const somebody = await signedIn();
    await appoint(somebody, role, organisation);
    const at = Date.now() - daysAgo * DAY;
    await write('update users set created_at = $2, factor_asked_from = null where id = $1', [
      somebody.id,
      at - 400 * DAY,
    ]);
    await write('update role_grants set granted_at = $2 where user_id = $1', [somebody.id, at]);
    recentActors().remove(somebody.id);
    return somebody;
  }

  async function remind(answering: readonly string[] = []): Promise<void> {
    await remindOfFactors(Date.now(), id =>
      answering.length > 0 ? Promise.resolve(answering) : enforcedFor(id),
    );
    await world().worker.drain();
  }

  const mails = ({ email }: Person): number =>
    world()
      .mailbox.to(email)
      .filter(({ subject }) => subject === said('mail.subject.factor-due')).length;

  it('comes once, some days before the day, and not after it', async () => {
    const [early, soon, late] = [await appointed(3), await appointed(11), await appointed(15)];
    for (let runs = 0; runs < 3; runs += 1) await remind();
    expect([early, soon, late].map(mails)).to.deep.equal([0, 1, 0]);
  });

  it('comes to administrators of the installation, too', async () => {
    const admin = await dina();
    await write('update users set factor_asked_from = $2 where id = $1', [admin.id, Date.now() - 12 * DAY]);
    await remind();
    expect(mails(admin)).to.equal(1);
  });

  it('does not come to whoever has a second step, or a role that asks for none', async () => {
    const [has, teaches] = [await appointed(12), await appointed(12, 'instructor')];
    await giveApp(has);
    await remind();
    expect([has, teaches].map(mails)).to.deep.equal([0, 0]);
  });

  it('does not come where the organisation answers for each sign-in', async () => {
    const organisation = await otherOrganisation();
    const somebody = await appointed(12, 'manager', organisation);
    await remind([organisation]);
    expect(mails(somebody)).to.equal(0);
  });

  it('comes again when the time begins anew', async () => {
    const somebody = await appointed(12);
    await remind();
    await write('update users set factor_asked_from = $2 where id = $1', [
      somebody.id,
      Date.now() - 11 * DAY,
    ]);
    await write('update role_grants set granted_at = $2 where user_id = $1', [
      somebody.id,
      Date.now() - 11 * DAY,
    ]);
    recentActors().remove(somebody.id);
    await remind();
    expect(mails(somebody)).to.equal(2);
  });
});
