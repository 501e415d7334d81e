import { expect } from 'chai';
import { daysAfter } from '../../../../server/platform/lib/days.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import {
  endExemption,
  makeExemption,
  type NewExemption,
} from '../../../../server/proof/requirements/exemptions/exemptions.js';
import { markPerson } from '../../../../server/proof/requirements/exemptions/marks.js';
import { keepVersion } from '../../../../server/proof/requirements/rules/keep-requirements.js';
import { bySystem, employer, linked, member, noon, TODAY } from '../../../support/organisations.js';
import { dina, person } from '../../../support/people.js';
import { appoint } from '../../../support/roles.js';
import { count, row, rows, write } from '../../../support/rows.js';
import { ownWorld } from '../../../support/world.js';
import { someRule } from '../some-rule.js';

describe('deciding about one person by hand', () => {
  ownWorld();
  let organisation: OrganisationFacts;
  let requirementId: string;
  let membershipId: string;
  beforeEach(async () => {
    organisation = await employer();
    membershipId = await member(organisation);
    const asked = { requirementId: null, after: 0, title: 'Crew', fromDay: TODAY, rule: someRule() };
    const outcome = await keepVersion({ organisation, ...bySystem() }, asked);
    requirementId = outcome.kind === 'kept' ? outcome.requirementId : '';
  });

  const of = (actorId: string | null = null, now = noon(TODAY)) => ({
    organisation,
    requirementId,
    membershipId,
    actorId,
    now,
  });
  const waiver = (more: Partial<NewExemption> = {}): NewExemption => ({
    ...{
      kind: 'waiver',
      reason: 'no-contact',
      fromDay: TODAY,
      toDay: daysAfter(TODAY, 30),
      dueDay: null,
      note: '',
    },
    ...more,
  });
  const made = async (more: Partial<NewExemption> = {}, actorId: string | null = null) => {
    const outcome = await makeExemption(of(actorId), waiver(more));
    if (outcome.kind !== 'made') throw new Error(outcome.why);
    return outcome.exemptionId;
  };
  const said = () =>
    rows<{ fromDay: string; toDay: string }>(
      `select from_day as "fromDay", to_day as "toDay" from exemptions where membership_id = $1 and retired_at is null`,
      [membershipId],
    );
  const told = (name: string) =>
    count('events where name = $1 and organisation_id = $2', [name, organisation.id]);

  it('exempts for a time, with a class of reason, and keeps the note apart', async () => {
    const id = await made({ note: 'As agreed with the base' });
    expect(await said()).to.deep.equal([{ fromDay: TODAY, toDay: daysAfter(TODAY, 30) }]);
    expect(await row('select note from exemption_notes where exemption_id = $1', [id])).to.deep.equal({
      note: 'As agreed with the base',
    });
    const event = await row<{ payload: string }>(
      `select payload from events where name = 'exemption.made' and organisation_id = $1`,
      [organisation.id],
    );
    expect(JSON.stringify(event)).not.to.include('As agreed');
  });

  it('refuses a second one of its kind on the same days, and takes one after it or of the other kind', async () => {
    await made();
    expect(
      (await makeExemption(of(), waiver({ fromDay: daysAfter(TODAY, 29), toDay: daysAfter(TODAY, 40) })))
        .kind,
    ).to.equal('refused');
    await made({ fromDay: daysAfter(TODAY, 30), toDay: daysAfter(TODAY, 40) });
    await made({ kind: 'extension', dueDay: daysAfter(TODAY, 29) });
    expect(await told('exemption.made')).to.equal(3);
  });

  it('ends one early from that day on: until then it stays as it was, with its note', async () => {
    const id = await made({ note: 'Why' });
    const later = noon(daysAfter(TODAY, 5));
    expect(await endExemption(of(null, later), id)).to.equal(true);
    expect(await said()).to.deep.equal([{ fromDay: TODAY, toDay: daysAfter(TODAY, 5) }]);
    expect(await count('exemption_notes where organisation_id = $1', [organisation.id])).to.equal(1);
    expect(await endExemption(of(null, later), id), 'twice').to.equal(false);
  });

  it('takes back whole what has not begun, and ends nothing that is over or of somebody else', async () => {
    const id = await made({ fromDay: daysAfter(TODAY, 3) });
    expect(await endExemption({ ...of(), membershipId: newId() }, id)).to.equal(false);
    expect(await endExemption({ ...of(), requirementId: newId() }, id)).to.equal(false);
    expect(await endExemption(of(), id)).to.equal(true);
    expect(await said()).to.deep.equal([]);
    const over = await made();
    expect(await endExemption(of(null, noon(daysAfter(TODAY, 30))), over)).to.equal(false);
    expect(await told('exemption.ended')).to.equal(1);
  });

  it('marks who was the only one to decide', async () => {
    const [otto, own] = [await person(), await person()];
    for (const each of [otto, own]) await appoint(each, 'administrator', organisation.id);
    await write('update users set is_administrator = $1', [false]);
    const isSole = async (id: string) =>
      Boolean(
        (await row<{ sole: unknown }>('select is_sole_decider as sole from exemptions where id = $1', [id]))
          ?.sole,
      );
    expect(await isSole(await made({}, otto.id)), 'the other could').to.equal(false);
    await linked(membershipId, own.id);
    const next = { fromDay: daysAfter(TODAY, 40), toDay: daysAfter(TODAY, 50) };
    expect(await isSole(await made(next, otto.id)), 'the other is this person').to.equal(true);
    await dina();
    const last = { fromDay: daysAfter(TODAY, 60), toDay: daysAfter(TODAY, 70) };
    expect(await isSole(await made(last, otto.id)), 'an administrator of the installation could').to.equal(
      false,
    );
  });

  it('adds by hand, takes out by hand, and lets the audience decide again; each is said until then', async () => {
    const marks = () =>
      rows(
        `select mark, from_day as "from", to_day as "to" from assignment_marks where membership_id = $1 and retired_at is null order by from_day`,
        [membershipId],
      );
    expect(await markPerson(of(), 'removed', TODAY)).to.equal(true);
    expect(await markPerson(of(), 'removed', TODAY), 'twice is once').to.equal(false);
    await markPerson(of(), 'added', daysAfter(TODAY, 5));
    await markPerson(of(), 'none', daysAfter(TODAY, 9));
    expect(await marks()).to.deep.equal([
      { mark: 'removed', from: TODAY, to: daysAfter(TODAY, 5) },
      { mark: 'added', from: daysAfter(TODAY, 5), to: daysAfter(TODAY, 9) },
    ]);
    expect(await told('assignment.marked')).to.equal(3);
  });
});
