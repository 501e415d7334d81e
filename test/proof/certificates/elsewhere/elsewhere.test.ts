import { expect } from 'chai';
import {
  bringCertificate,
  type BroughtFacts,
} from '../../../../server/proof/certificates/elsewhere/bring.js';
import {
  decideCourse,
  endElsewhere,
  refuseElsewhere,
} from '../../../../server/proof/certificates/elsewhere/decide.js';
import { elsewhereOfMember } from '../../../../server/proof/certificates/elsewhere/stored-elsewhere.js';
import { creditsOf } from '../../../../server/teaching/learning/credits/credits.js';
import { voidsOf } from '../../../../server/teaching/learning/credits/voids.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import { employer, member } from '../../../support/organisations.js';
import { dina, signedIn } from '../../../support/people.js';
import { COURSE } from '../../../support/walk.js';
import { ownWorld } from '../../../support/world.js';

const facts = (more: Partial<BroughtFacts> = {}): BroughtFacts => ({
  ...{
    way: 'file',
    issuer: 'did:web:other.example',
    issuerName: 'Other',
    achievement: 'https://other.example/a/1',
  },
  ...{
    title: 'Awareness',
    holderName: 'Mara Lind',
    number: null,
    completedOn: '2026-03-03',
    lastDay: '2026-12-31',
  },
  sha256: newId(),
  ...{ statusUrl: null, statusIndex: null },
  ...more,
});

async function brought(
  more: Partial<BroughtFacts> = {},
  { organisation, userId = null }: { organisation?: OrganisationFacts; userId?: string | null } = {},
) {
  const own = organisation ?? (await employer());
  const [administrator, manager] = [await dina(), await signedIn()];
  const membershipId = await member(own, { name: 'Mara Lind' });
  const by = { organisation: own, actorId: administrator.id, now: Date.now() };
  const whose = { organisation: own, membershipId, userId, name: 'Mara Lind', now: Date.now() };
  const outcome = await bringCertificate(facts(more), { ...whose, actorId: manager.id });
  const find = async () => (await elsewhereOfMember(membershipId))[0];
  const id = (await find())?.id ?? '';
  return { organisation: own, membershipId, administrator, manager, by, whose, outcome, find, id };
}

const creditOf = async (membershipId: string) => (await creditsOf([membershipId]))[0];

describe('a certificate from elsewhere', () => {
  ownWorld();

  it('waits for an administrator, and then counts with its own days', async () => {
    const { membershipId, outcome, id, by, find } = await brought();
    expect(outcome).to.equal('waiting');
    expect(await creditOf(membershipId)).to.equal(undefined);
    expect(await decideCourse(id, COURSE, by)).to.equal(true);
    expect(await creditOf(membershipId)).to.include({
      ...{ source: 'elsewhere', sourceId: id, courseSlug: COURSE, version: null },
      ...{ completedOn: '2026-03-03', lastDay: '2026-12-31' },
    });
    expect((await find())?.state).to.equal('counted');
  });

  it('counts as long as one of ours would where it prints no end', async () => {
    const { membershipId, id, by } = await brought({ lastDay: null });
    await decideCourse(id, COURSE, by);
    expect((await creditOf(membershipId))?.lastDay).to.match(/^202[78]-/);
  });

  it('counts at once where the same was decided before, and the name is the same in any order', async () => {
    const first = await brought();
    await decideCourse(first.id, COURSE, first.by);
    const { organisation } = first;
    const second = await brought({ holderName: 'LIND, Mara' }, { organisation });
    expect(second.outcome).to.equal('counted');
    expect(await creditOf(second.membershipId)).to.include({ courseSlug: COURSE });
    expect((await brought({ holderName: 'Somebody Else' }, { organisation })).outcome).to.equal('waiting');
    expect((await brought({ holderName: null }, { organisation })).outcome).to.equal('waiting');
    expect((await brought({ achievement: 'https://other.example/a/2' }, { organisation })).outcome).to.equal(
      'waiting',
    );
    expect((await brought()).outcome, 'in another organisation').to.equal('waiting');
  });

  it('does not count at once for whoever decided what it stands for', async () => {
    const first = await brought();
    await decideCourse(first.id, COURSE, first.by);
    const { organisation, administrator } = first;
    const own = await brought({}, { organisation, userId: administrator.id });
    expect(own.outcome).to.equal('waiting');
  });

  it('is taken once, whoever hands it in, and again after it was refused', async () => {
    const { whose, manager, id, by } = await brought({ sha256: 'same' });
    const again = () => bringCertificate(facts({ sha256: 'same' }), { ...whose, actorId: manager.id });
    expect(await again()).to.equal('again');
    await refuseElsewhere(id, 'It is somebody else’s', by);
    expect(await again()).to.equal('waiting');
  });

  it('from paper is not confirmed by whoever entered it, and is not remembered', async () => {
    const paper = {
      way: 'paper' as const,
      sha256: null,
      holderName: null,
      issuer: 'Other',
      achievement: 'Awareness',
    };
    const { organisation, id, by, manager, membershipId } = await brought(paper);
    expect(await decideCourse(id, COURSE, { ...by, actorId: manager.id })).to.equal(false);
    expect(await creditOf(membershipId)).to.equal(undefined);
    expect(await decideCourse(id, COURSE, by)).to.equal(true);
    expect((await brought(paper, { organisation })).outcome).to.equal('waiting');
  });

  it('ends from the day that its issuer names, or from the start where it was an error', async () => {
    for (const [endedOn, because, fromDay] of [
      ['2026-06-01', 'revoked-elsewhere', '2026-06-01'],
      [null, 'undone', '2026-03-03'],
    ] as const) {
      const { membershipId, id, by, find } = await brought();
      await decideCourse(id, COURSE, by);
      expect(await endElsewhere(id, { endedOn, reason: 'They told us' }, by)).to.equal(true);
      expect(await endElsewhere(id, { endedOn, reason: 'They told us' }, by), 'twice').to.equal(false);
      const voids = await voidsOf([(await creditOf(membershipId))?.id ?? '']);
      expect(voids.map(each => [each.because, each.fromDay])).to.deep.equal([[because, fromDay]]);
      expect((await find())?.state).to.equal(endedOn === null ? 'taken-back' : 'revoked');
    }
  });
});
