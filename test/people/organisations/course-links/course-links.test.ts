import { expect } from 'chai';
import { cycleIn } from '../../../../server/teaching/learning/enrolments.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { readAddressees } from '../../../../server/people/organisations/course-links/addressees.js';
import { linkMailedTo, mailsTo } from '../../accounts/mails.js';
import { employer, inDays, member, memberOf, placeIn, unitIn } from '../../../support/organisations.js';
import { send } from '../../../support/pages.js';
import { ada, signedIn, type Person } from '../../../support/people.js';
import { appoint, otherOrganisation } from '../../../support/roles.js';
import { count, row, rows, write } from '../../../support/rows.js';
import { errorsOn } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';

const COURSE = 'volunteers';
const homeOf = (organisation: string) => `/organisations/${organisation}/course-links`;
const anyone = () => `zoe-${newId()}@example.org`;

async function managed() {
  const [organisation, manager] = [await otherOrganisation(), await signedIn()];
  await appoint(manager, 'manager', organisation);
  return { organisation, manager };
}

async function sendTo({ browser }: Person, organisation: string, to: string, more = {}) {
  await browser.get(`${homeOf(organisation)}/new`);
  return browser.submit(`${homeOf(organisation)}/new`, { course: COURSE, to, ...more });
}

/** A browser in which the newest link to an address was opened. */
async function open(email: string, fields: Record<string, string> = {}) {
  const browser = world().visitor();
  await browser.get(await linkMailedTo(email));
  await browser.submit('/sent-course', fields);
  return browser;
}

const memberWith = (organisation: string, email: string) =>
  row<{ id: string; unit: string | null }>(
    `select m.id, p.unit_id as unit from memberships m join users u on u.id = m.user_id
     left join placements p on p.membership_id = m.id where m.organisation_id = $1 and u.email = $2`,
    [organisation, email],
  );

const outcomes = async (organisation: string) =>
  (
    await rows<{ outcome: string | null }>(
      'select outcome from course_links where organisation_id = $1 order by created_at, id',
      [organisation],
    )
  ).map(({ outcome }) => outcome);

describe('a link for one course from an organisation', () => {
  ownWorld();

  it('opens the course for each of a list, and nothing else, without a password; they belong there from then on', async () => {
    const { organisation, manager } = await managed();
    const unit = await unitIn(organisation);
    const [one, other] = [anyone(), anyone()];
    const page = await sendTo(manager, organisation, `Zoë Lind <${one}>\n${other}`, { unit });
    expect([page.status, page.path]).to.deep.equal([200, `${homeOf(organisation)}?done=course-links-sent`]);
    expect(await memberWith(organisation, one)).to.equal(null);
    const browser = await open(one);
    expect(browser.last?.path).to.equal(`/courses/${COURSE}`);
    const begun = await browser.submit('/learning');
    expect((await memberWith(organisation, one))?.unit).to.equal(unit);
    const user = await row<{ id: string; name: string }>('select id, name from users where email = $1', [
      one,
    ]);
    expect(user?.name).to.equal('Zoë Lind');
    expect((await cycleIn(user?.id ?? '', COURSE))?.organisationId).to.equal(organisation);
    expect(begun.text).to.include('data-shared');
    for (const path of ['/account', '/certificates', '/courses'])
      expect((await browser.get(path)).text, path).to.not.include('Zoë Lind');
    expect(await memberWith(organisation, other)).to.equal(null);
  });

  it('asks for a name where nobody knows it', async () => {
    const { organisation, manager } = await managed();
    const email = anyone();
    await sendTo(manager, organisation, email);
    const unnamed = await open(email, { name: '' });
    expect([unnamed.last?.status, Object.keys(errorsOn({ text: unnamed.last?.text ?? '' }))]).to.deep.equal([
      422,
      ['name'],
    ]);
    expect(await count('users where email = $1', [email])).to.equal(0);
    expect((await open(email, { name: 'Zoë Lind' })).last?.path).to.equal(`/courses/${COURSE}`);
  });

  it('belongs to the person on the list with this address, and is undone like an invitation', async () => {
    const organisation = await employer();
    const administrator = await signedIn();
    await appoint(administrator, 'administrator', organisation.id);
    const email = anyone();
    const membershipId = await member(organisation, { name: 'Zoë Lind', fromDay: inDays(-10) });
    await write('update membership_people set email = $1 where membership_id = $2', [email, membershipId]);
    const form = await administrator.browser.get(`${homeOf(organisation.id)}/new?person=${membershipId}`);
    expect(form.text).to.include(`&lt;${email}&gt;`);
    await sendTo(administrator, organisation.id, email);
    await open(email);
    expect((await memberWith(organisation.id, email))?.id).to.equal(membershipId);
    const account = `/organisations/${organisation.id}/people/${membershipId}/account`;
    await administrator.browser.get(account);
    expect((await administrator.browser.submit(account, { sure: 'yes' })).path).to.include(
      'invitation-undone',
    );
    expect(await memberWith(organisation.id, email)).to.equal(null);
  });

  it('works once; whoever has used it gets another by mail, at the same place', async () => {
    const { organisation, manager } = await managed();
    const email = anyone();
    await sendTo(manager, organisation, `Zoë <${email}>`);
    const link = await linkMailedTo(email);
    await (await open(email)).submit('/learning');
    const later = world().visitor();
    expect((await later.get(link)).status).to.equal(404);
    expect((await later.submit('/sent-course/again')).path).to.equal('/sent-course/sent');
    expect((await open(email)).last?.path).to.match(/^\/learning\/[\w-]{36}$/);
    expect(await mailsTo(email)).to.have.lengthOf(2);
  });

  it('that was taken back works no more, and leads to no other', async () => {
    const { organisation, manager } = await managed();
    const email = anyone();
    await sendTo(manager, organisation, email);
    const link = await linkMailedTo(email);
    const id = (await row<{ id: string }>('select id from course_links where email = $1', [email]))?.id ?? '';
    const outsider = await signedIn();
    await appoint(outsider, 'manager', await otherOrganisation());
    expect((await send(outsider.browser, `${homeOf(organisation)}/${id}/withdrawal`)).status).to.equal(404);
    await send(manager.browser, `${homeOf(organisation)}/${id}/withdrawal`);
    const visitor = world().visitor();
    expect((await visitor.get(link)).text).to.not.include('/sent-course/again');
    expect(
      (await send(visitor, '/sent-course', { token: link.split('token=')[1] ?? '', name: 'Zoë' })).status,
    ).to.equal(404);
    expect(await outcomes(organisation)).to.deep.equal(['withdrawn']);
  });

  it('replaces the one before it, and is opened once of two at the same moment', async () => {
    const { organisation, manager } = await managed();
    const email = anyone();
    await sendTo(manager, organisation, `Zoë <${email}>`);
    const first = await linkMailedTo(email);
    await sendTo(manager, organisation, `Zoë <${email}>`);
    expect((await world().visitor().get(first)).status).to.equal(404);
    const link = await linkMailedTo(email);
    const pages = await Promise.all(
      [1, 2].map(async () => {
        const visitor = world().visitor();
        await visitor.get(link);
        return visitor.submit('/sent-course');
      }),
    );
    expect(pages.map(({ status }) => status).sort()).to.deep.equal([200, 404]);
    expect((await outcomes(organisation)).sort()).to.deep.equal(['opened', 'replaced']);
  });

  it('is not sent where a line is wrong, a course is not open to them, or an address has had many', async () => {
    const { organisation, manager } = await managed();
    const email = anyone();
    const wrong = await sendTo(manager, organisation, `${email}\nnobody`);
    expect([wrong.status, Object.keys(errorsOn(wrong))]).to.deep.equal([422, ['to']]);
    expect(wrong.text).to.include(email);
    const closed = await sendTo(manager, organisation, email, { course: 'law-enforcement' });
    expect(Object.keys(errorsOn(closed))).to.deep.equal(['course']);
    expect(await count('course_links where organisation_id = $1', [organisation])).to.equal(0);
    for (let time = 1; time <= 5; time += 1) await sendTo(manager, organisation, email);
    const another = anyone();
    const many = await sendTo(manager, organisation, `${another}\n${email}`);
    expect([many.status, errorsOn(many)['to']?.includes(another)]).to.deep.equal([422, false]);
    expect(await count('course_links where email = $1', [another])).to.equal(0);
  });

  it('is sent into the units of whoever manages them alone, who sees no others', async () => {
    const { organisation, manager } = await managed();
    const [unit, other] = [await unitIn(organisation), await unitIn(organisation)];
    const luc = await signedIn();
    await placeIn(luc, unit);
    await appoint(luc, 'manager', organisation, unit);
    const [here, there] = [anyone(), anyone()];
    for (const wrong of ['', other])
      expect((await sendTo(luc, organisation, here, { unit: wrong })).status).to.equal(422);
    await sendTo(luc, organisation, here, { unit });
    await sendTo(manager, organisation, there, { unit: other });
    const { text } = await luc.browser.get(homeOf(organisation));
    expect(text).to.include(here).and.not.include(there);
    const learner = await ada();
    await memberOf(learner, organisation);
    for (const path of ['', '/new'])
      expect((await learner.browser.get(`${homeOf(organisation)}${path}`)).status).to.equal(404);
  });
});

describe('addresses in a text', () => {
  it('stand one on a line, with a name or without', () => {
    const { to, wrong } = readAddressees(
      'Ada Marlow <Ada@Example.org>\n\n "Zoë" <zoe@example.org>\nben@example.org\nada@example.org; x',
    );
    expect(to).to.have.deep.members([
      { email: 'ada@example.org', name: 'Ada Marlow' },
      { email: 'zoe@example.org', name: 'Zoë' },
      { email: 'ben@example.org', name: '' },
    ]);
    expect(wrong).to.deep.equal(['x']);
  });
});
