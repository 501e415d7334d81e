import { expect } from 'chai';
import { remindOfDuties } from '../../../../server/proof/reminders/duties/remind.js';
import { remindByHand } from '../../../../server/proof/reminders/duties/remind-by-hand.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { acceptInvitation } from '../../../../server/people/organisations/invitations/accept.js';
import { INVITATION_LIFETIME, invite } from '../../../../server/people/organisations/invitations/invite.js';
import { invitationLimits } from '../../../../server/people/organisations/invitations/invitation-limits.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import { endEmployment } from '../../../../server/people/organisations/people/members.js';
import { makeExemption } from '../../../../server/proof/requirements/exemptions/exemptions.js';
import { linksIn } from '../../../../server/workshop/smoke/client.js';
import { formatDate } from '../../../../server/platform/i18n/i18n.js';
import { RateLimits } from '../../../../server/platform/http/security/rate-limits.js';
import { tokenIn } from '../../../people/accounts/mails.js';
import { bySystem, employer, inDays, linked, member, noon, TODAY } from '../../../support/organisations.js';
import { person } from '../../../support/people.js';
import { plain } from '../../../support/pages.js';
import { row, rows, write } from '../../../support/rows.js';
import { said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';
import { reckoned } from '../../reports/reckoned.js';
import { assignmentOf, dueOn, employee, expectCounted, remindedAt, workedAt } from './duties.js';

describe('reminders of people without an account', () => {
  ownWorld();
  let organisation: OrganisationFacts;
  beforeEach(async () => (organisation = await employer()));
  afterEach(expectCounted);

  /** Somebody on the list with an address, and no account. */
  async function listed({ name = 'Mara Lind', email = `${newId()}@example.org` as string | null } = {}) {
    const id = await member(organisation, { name });
    await write('update membership_people set email = $2 where membership_id = $1', [id, email]);
    return { id, email: email ?? '' };
  }

  const required = (day: string, reminders: number[] = []) =>
    dueOn(organisation, day, { now: Date.parse(`${TODAY}T05:00:00Z`), today: TODAY, reminders });

  const remind = (day: string) => remindedAt(noon(day));

  const mails = (email: string) =>
    world()
      .mailbox.to(email)
      .filter(({ subject }) => subject === said('mail.subject.invitation'));

  /** Stage and outcome of everything that was recorded of somebody, oldest first; the day of an invitation left out. */
  const recorded = async (membershipId: string) =>
    (
      await rows<{ stage: string; outcome: string }>(
        'select stage, outcome from duty_reminders where membership_id = $1 order by recorded_at, stage',
        [membershipId],
      )
    ).map(({ stage, outcome }) => `${stage.replace(/-\d{4}-.*/, '')}: ${outcome}`);

  const dayText = (day: string) => formatDate(Date.parse(day), { locale: 'en-GB', timeZone: 'UTC' });

  it('invite at once, once, and again at each stage, with the day and nothing about the person or the duty', async () => {
    const mara = await listed();
    await required(inDays(40), [30, 7]);
    for (const days of [0, 0, 1, 9, 10, 11, 33, 40, 41, 42, 54, 55]) await remind(inDays(days));
    expect(await recorded(mara.id)).to.deep.equal([
      ...['invite: due', 'before-30: due', 'before-7: due'],
      ...['in-grace: overtaken', 'overdue: due', 'overdue-14: due'],
    ]);
    const sent = mails(mara.email);
    expect(sent).to.have.length(5);
    for (const { text = '', html } of sent) {
      expect(text).to.include(organisation.name);
      expect(`${text} ${String(html)}`).not.to.match(/Mara|Lind|Crew|airline|traffick/i);
    }
    const [first, , , overdue] = sent;
    expect(plain(first?.text ?? '')).to.include(said('mail.invitation.by', { day: dayText(inDays(40)) }));
    expect(plain(overdue?.text ?? '')).to.include(
      said('mail.invitation.overdue', { day: dayText(inDays(40)) }),
    );
  });

  /** Two people of whom it is required in ten days: nobody keeps the first from being invited. The second is changed by `change`. */
  async function besideSomebody(change: (out: { id: string; email: string }) => Promise<unknown>) {
    organisation = await employer();
    const [into, out] = [await listed({ name: 'In' }), await listed({ name: 'Out' })];
    await required(inDays(10), [30]);
    await change(out);
    await remind(TODAY);
    expect(mails(into.email), 'in').to.have.length(1);
    expect(mails(out.email), 'out').to.deep.equal([]);
    return out;
  }

  it('say why nobody is mailed who has no address', async () => {
    const { id } = await besideSomebody(({ id }) =>
      write('update membership_people set email = null where membership_id = $1', [id]),
    );
    expect(await recorded(id)).to.deep.equal(['before-30: no-address']);
  });

  it('mail nobody whose address is on the list twice, as somebody without an account or with one', async () => {
    const twins: string[] = [];
    const { id } = await besideSomebody(async ({ email }) => {
      twins.push((await listed({ name: 'Twin', email })).id);
      await reckoned(organisation);
    });
    expect(await recorded(id)).to.deep.equal(['before-30: shared']);
    expect(await recorded(twins[0] ?? '')).to.deep.equal(['before-30: shared']);
    const joined = await employee(organisation, { name: 'Joined' });
    const other = await listed({ name: 'Other', email: joined.email });
    await reckoned(organisation);
    await remind(inDays(1));
    expect(await recorded(other.id)).to.deep.equal(['before-30: shared']);
  });

  it('mail the one who stays, once the other has left or has another address', async () => {
    const [ada, ben] = [await listed(), await listed()];
    await write('update membership_people set email = $1 where membership_id = $2', [ada.email, ben.id]);
    await required(inDays(10), [30]);
    await remind(TODAY);
    expect(mails(ada.email)).to.deep.equal([]);
    await write('update membership_people set email = $1 where membership_id = $2', [ben.email, ben.id]);
    await remind(inDays(1));
    expect([mails(ada.email).length, mails(ben.email).length]).to.deep.equal([1, 1]);
    expect(await recorded(ada.id)).to.deep.equal(['before-30: shared', 'invite: due']);
  });

  it('mail nobody at an address that does not exist, and go on once it is corrected', async () => {
    const right = `${newId()}@example.org`;
    const { id, email } = await besideSomebody(async ({ email }) =>
      world().mailbox.refuse(email, '550 5.1.1 No such user'),
    );
    world().mailbox.refuse(email, null);
    expect(await recorded(id)).to.deep.equal(['before-30: bounced']);
    for (const days of [1, 10, 11]) await remind(inDays(days));
    expect(mails(email)).to.deep.equal([]);
    await write('update membership_people set email = $1 where membership_id = $2', [right, id]);
    await remind(inDays(12));
    expect(mails(right)).to.have.length(1);
  });

  it('mail nobody who said that it was not for them, or whose invitation somebody withdrew', async () => {
    for (const outcome of ['declined', 'withdrawn'] as const) {
      const { id } = await besideSomebody(async out => {
        const by = { organisationId: organisation.id, key: world().secrets.links, now: noon(TODAY) };
        await invite(out.id, { ...by, actorId: (await person()).id });
        await write(
          'update invitations set ended_at = 2, sent_at = 1, outcome = $2 where membership_id = $1',
          [out.id, outcome],
        );
      });
      expect(await recorded(id)).to.deep.equal([`before-30: ${outcome}`]);
    }
  });

  it('mail nobody whose account with that address is blocked', async () => {
    const { id } = await besideSomebody(async ({ email }) => {
      const { id: userId } = await person();
      await write('update users set email = $1, disabled_at = 1 where id = $2', [email, userId]);
    });
    expect(await recorded(id)).to.deep.equal(['before-30: blocked']);
  });

  it('remind nobody whose own account is blocked or has no address', async () => {
    const [blocked, card, ada] = [
      await employee(organisation),
      await employee(organisation),
      await employee(organisation),
    ];
    await write('update users set disabled_at = 1 where id = $1', [blocked.id]);
    await write('update users set email = $1 where id = $2', [`${card.id}@no-address.invalid`, card.id]);
    await required(inDays(10), [30]);
    await remind(TODAY);
    expect(await recorded(blocked.membershipId)).to.deep.equal(['before-30: blocked']);
    expect(await recorded(card.membershipId)).to.deep.equal(['before-30: no-address']);
    expect(await recorded(ada.membershipId)).to.deep.equal(['before-30: due']);
  });

  it('leave those to the organisation’s own sign-in who come by it alone', async () => {
    const { id } = await besideSomebody(async out => {
      const domain = `${newId()}.example`;
      await write('update membership_people set email = $1 where membership_id = $2', [
        `a@${domain}`,
        out.id,
      ]);
      await write(
        `insert into identity_domains (id, organisation_id, domain, proof, added_at, proven_at) values ($1, $2, $3, 'x', 1, 1)`,
        [newId(), organisation.id, domain],
      );
      await write(
        `insert into identity_providers (id, organisation_id, protocol, name, issuer, client_id, secret, metadata, read_at, state, tested_at, keyholder_id, created_at)
         values ($1, $2, 'openid', 'Login', 'https://login.example', 'x', '', '', 1, 'enforced', 1, $3, 1)`,
        [newId(), organisation.id, (await person()).id],
      );
    });
    expect(await recorded(id)).to.deep.equal(['before-30: provider']);
  });

  it('leave those whom a directory keeps, unless an administrator chose that it invites', async () => {
    const keep = ({ id }: { id: string }) =>
      write(
        `insert into provisioned_people (id, organisation_id, membership_id, user_name, told, created_at, changed_at)
         values ($1, $2, $3, $1, '{}', 1, 1)`,
        [newId(), organisation.id, id],
      );
    const { id } = await besideSomebody(keep);
    expect(await recorded(id)).to.deep.equal(['before-30: provider']);
    await write(
      `insert into provisioning_settings (organisation_id, unit_from, invites, kept_at) values ($1, 'none', $2, 1)`,
      [organisation.id, true],
    );
    await remind(inDays(1));
    expect(await recorded(id)).to.deep.equal(['before-30: provider', 'invite: due']);
  });

  it('mail nobody who has left, is exempt or has done it', async () => {
    await besideSomebody(({ id }) =>
      endEmployment({ organisation, membershipId: id, fromDay: TODAY, ...bySystem() }),
    );
    await besideSomebody(async ({ id }) => {
      const [found] = await rows<{ requirement_id: string }>(
        'select requirement_id from assignments where membership_id = $1',
        [id],
      );
      await makeExemption(
        { organisation, requirementId: found?.requirement_id ?? '', membershipId: id, ...bySystem() },
        { kind: 'waiver', reason: 'operations', note: '', fromDay: TODAY, toDay: inDays(60), dueDay: null },
      );
      await reckoned(organisation);
    });
    await besideSomebody(({ id }) =>
      write(`update standing_intervals set standing = 'current' where membership_id = $1`, [id]).then(() =>
        write(`update standing_intervals set due_day = $2 where membership_id = $1`, [id, inDays(300)]),
      ),
    );
  });

  it('are not sent at once to somebody who has a link that works, and renew it at the next stage', async () => {
    const mara = await listed();
    const by = { organisationId: organisation.id, key: world().secrets.links, now: noon(TODAY) };
    await workedAt(noon(TODAY), async () => invite(mara.id, { ...by, actorId: (await person()).id }));
    await required(inDays(40), [30]);
    await remind(TODAY);
    expect(mails(mara.email)).to.have.length(1);
    await remind(inDays(10));
    const [hand, reminder] = mails(mara.email);
    expect(linkIn(reminder)).to.equal(linkIn(hand));
    await remind(inDays(41));
    const late = mails(mara.email).at(-1);
    expect(linkIn(late)).to.not.equal(linkIn(hand));
    const userId = (await person()).id;
    const now = noon(inDays(41)) + INVITATION_LIFETIME - 1;
    expect(await acceptInvitation(tokenIn(linkIn(late)), { userId, now })).to.equal('accepted');
  });

  it('follow a change of what is required on the same day, an hour later, to those who have no account alone', async () => {
    const mara = await listed();
    await remind(TODAY);
    const ada = await employee(organisation);
    const changed = Date.parse(`${TODAY}T14:00:00Z`);
    await dueOn(organisation, inDays(10), { now: changed, today: TODAY, reminders: [30] });
    await remindedAt(changed + 3_000_000);
    expect(mails(mara.email)).to.deep.equal([]);
    for (const minutes of [61, 76]) await remindedAt(changed + minutes * 60_000);
    expect(mails(mara.email)).to.have.length(1);
    expect(await recorded(mara.id)).to.deep.equal(['invite: due']);
    expect(await recorded(ada.membershipId)).to.deep.equal([]);
  });

  it('make one mail of several days on which mail was away, and none for somebody who joined meanwhile', async () => {
    const [mara, gil] = [await listed(), await listed()];
    await required(inDays(10), [30, 7]);
    await workedAt(noon(inDays(3)), async () => {
      for (const days of [0, 3]) await remindOfDuties(noon(inDays(days)));
      await linked(gil.id, (await person()).id);
    });
    expect(mails(mara.email)).to.have.length(1);
    expect(mails(gil.email)).to.deep.equal([]);
  });

  it('are one mail at one moment, however many go through the day at once', async () => {
    const mara = await listed();
    await required(inDays(10), [30]);
    await workedAt(noon(TODAY), () => Promise.all([1, 2, 3].map(() => remindOfDuties(noon(TODAY)))));
    expect(mails(mara.email)).to.have.length(1);
    expect(await recorded(mara.id)).to.deep.equal(['before-30: due']);
  });

  it('keep to the limit of mails to one address', async () => {
    const out = await besideSomebody(async ({ email }) => {
      const limits = new RateLimits(world().secrets.limits);
      for (let time = 0; time < invitationLimits.mail.points; time += 1)
        await limits.count(invitationLimits.mail, email, noon(TODAY));
    });
    expect(await recorded(out.id)).to.deep.equal(['before-30: too-many']);
  });

  it('reach somebody by hand who is overdue, too', async () => {
    const mara = await listed();
    const requirementId = await required(inDays(1));
    for (const days of [0, 2]) await remind(inDays(days));
    const duty = { assignmentId: await assignmentOf(mara.id, requirementId), membershipId: mara.id };
    const nudge = { ...duty, requirementId, dueDay: inDays(1) };
    const before = mails(mara.email).length;
    const now = noon(inDays(3));
    await remind(inDays(3));
    await workedAt(now, async () =>
      remindByHand([nudge], { organisation, actorId: (await person()).id, now }),
    );
    expect(mails(mara.email)).to.have.length(before + 1);
    expect((await recorded(mara.id)).at(-1)).to.equal('nudge: due');
  });

  it('are invitations that name no inviter, with the role that an earlier one brought', async () => {
    const mara = await listed();
    const by = { organisationId: organisation.id, key: world().secrets.links, now: noon(TODAY) };
    const { id: actorId } = await person();
    const role = { role: 'manager', roleUnitId: null, roleFromDay: null, roleUntilDay: null } as const;
    await invite(mara.id, { ...by, actorId }, role);
    await required(inDays(40), [20]);
    await remind(inDays(20));
    expect(
      await rows('select invited_by, role from invitations where membership_id = $1 and ended_at is null', [
        mara.id,
      ]),
    ).to.deep.equal([{ invited_by: actorId, role: 'manager' }]);
    const gil = await listed();
    await reckoned(organisation);
    await remind(inDays(21));
    expect(
      await row('select invited_by, role from invitations where membership_id = $1', [gil.id]),
    ).to.deep.equal({ invited_by: null, role: null });
  });
});

const linkIn = (mail: { html?: string | false } | undefined): string =>
  linksIn(String(mail?.html), /\/invitation\?[^"]*/)[0] ?? '';
