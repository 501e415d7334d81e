import { expect } from 'chai';
import { dayOf, daysAfter } from '../../../../server/platform/lib/days.js';
import { endExemption, makeExemption } from '../../../../server/proof/requirements/exemptions/exemptions.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import { employer, member, noon, unit } from '../../../support/organisations.js';
import { cleo, signedIn, type Person } from '../../../support/people.js';
import { appoint } from '../../../support/roles.js';
import { ownWorld } from '../../../support/world.js';
import { completed, required, YEARLY } from '../reckoned.js';

const now = Date.now();
const today = dayOf(now, 'UTC');
const ago = (days: number) => daysAfter(today, -days);

const answerOn = (text: string): string | undefined =>
  /data-answer><strong[^>]*data-state="([\w-]+)"/.exec(text)?.[1];
const stepsOn = (text: string): number =>
  [...(/<ol data-steps>[\s\S]*?<\/ol>/.exec(text)?.[0] ?? '').matchAll(/<li>/g)].length;

describe('why somebody stands as they do', () => {
  ownWorld();
  let organisation: OrganisationFacts;
  let requirementId: string;
  let [late, other] = ['', ''];
  let otto: Person;
  let luc: Person;
  const page = (by: Person, membershipId: string, query = '') =>
    by.browser.get(
      `/organisations/${organisation.id}/people/${membershipId}/requirements/${requirementId}/why${query}`,
    );

  before(async () => {
    organisation = await employer();
    const [oslo, rome] = [await unit(organisation, 'Oslo'), await unit(organisation, 'Rome')];
    [otto, luc] = [await signedIn({ name: 'Otto Berg' }), await signedIn({ name: 'Luc Moreau' })];
    await appoint(otto, 'administrator', organisation.id);
    await appoint(luc, 'manager', organisation.id, oslo);
    requirementId = await required(organisation, { fromDay: ago(800), rule: YEARLY });
    const crew = (name: string, unitId: string) =>
      member(organisation, {
        name,
        fromDay: ago(800),
        hiredOn: ago(800),
        home: { unitId, job: 'Cabin crew' },
      });
    [late, other] = [await crew('Late Paper', oslo), await crew('In Rome', rome)];
    await completed(organisation, late, { on: ago(100), said: Date.parse(`${ago(10)}T12:00:00Z`) });
  });

  it('is told step by step, on any day', async () => {
    const { status, text } = await page(otto, late);
    expect([status, answerOn(text)]).to.deep.equal([200, 'current']);
    expect(stepsOn(text)).to.be.greaterThan(3);
    expect(answerOn((await page(otto, late, `?on=${daysAfter(today, 400)}`)).text)).to.equal('overdue');
  });

  it('is told as we said it then, with what has been recorded since', async () => {
    const { text } = await page(otto, late, `?on=${ago(50)}&known=${ago(20)}`);
    expect(answerOn(text)).to.equal('overdue');
    const difference = /<section[^>]*data-difference>[\s\S]*?<\/section>/.exec(text)?.[0] ?? '';
    expect(difference).to.include('data-state="current"');
    expect([...difference.matchAll(/data-line="(\w+)"/g)].map(([, kind]) => kind)).to.deep.equal(['added']);
  });

  it('is told as we said it then, although we do not say it any more', async () => {
    const of = { organisation, requirementId, membershipId: other, actorId: otto.id };
    const days = { fromDay: ago(40), toDay: ago(10), dueDay: null };
    const waiver = { kind: 'waiver', reason: 'operations', ...days, note: '' } as const;
    const made = await makeExemption({ ...of, now: noon(ago(40)) }, waiver);
    if (made.kind !== 'made') throw new Error(made.kind);
    await endExemption({ ...of, now: noon(ago(30)) }, made.exemptionId);
    expect(answerOn((await page(otto, other, `?on=${ago(20)}`)).text)).to.equal('overdue');
    expect(answerOn((await page(otto, other, `?on=${ago(20)}&known=${ago(35)}`)).text)).to.equal('waived');
  });

  it('is told to those who manage the person, and to nobody else', async () => {
    expect((await page(luc, late)).status).to.equal(200);
    expect((await page(luc, other)).status).to.equal(404);
    expect((await page(await cleo(), late)).status).to.equal(404);
  });

  it('shows the note of a waiver to the organisation’s administrators alone', async () => {
    const of = { organisation, requirementId, membershipId: late, actorId: otto.id, now };
    const days = { fromDay: today, toDay: daysAfter(today, 10), dueDay: null };
    await makeExemption(of, { kind: 'waiver', reason: 'operations', ...days, note: 'Kept apart' });
    const [seen, unseen] = [(await page(otto, late)).text, (await page(luc, late)).text];
    expect([answerOn(seen), answerOn(unseen)]).to.deep.equal(['waived', 'waived']);
    expect(seen).to.include('Kept apart');
    expect(unseen).not.to.include('Kept apart');
  });
});
