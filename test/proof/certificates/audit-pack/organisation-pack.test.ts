import { buffer } from 'node:stream/consumers';
import { expect } from 'chai';
import { organisationPack } from '../../../../server/proof/certificates/audit-pack/organisation-pack.js';
import { withSums } from '../../../../server/proof/certificates/audit-pack/shared-files.js';
import { certificateOf, type CertificateFacts } from '../../../../server/proof/certificates/queries.js';
import { signHead } from '../../../../server/proof/certificates/ledger/signed-heads.js';
import { revoke } from '../../../../server/proof/certificates/lifecycle/revoke.js';
import { askForErasure, decideErasure } from '../../../../server/office/privacy/erasure/erasure-requests.js';
import { zipFiles } from '../../../../server/platform/lib/zip.js';
import { findOrganisation } from '../../../../server/people/organisations/memberships.js';
import { enrol } from '../../../../server/teaching/learning/enrolments.js';
import { dina, person } from '../../../support/people.js';
import { almostThrough, course } from '../../../support/walk.js';
import { holder } from '../../../support/holders.js';
import { otherOrganisation } from '../../../support/roles.js';
import { write } from '../../../support/rows.js';
import { ownWorld, world } from '../../../support/world.js';
import { openPack, type OpenedPack } from './opened-pack.js';

/** A certificate that an organisation arranged. */
async function earnedIn(organisationId: string, name: string): Promise<CertificateFacts> {
  const { id: userId } = await person({ name });
  const cycle = await enrol({ userId, organisationId, course: await course(), now: Date.now() });
  await almostThrough(cycle, []);
  const certificate = await certificateOf(cycle.id);
  if (!certificate) throw new Error('No certificate was issued');
  return certificate;
}

/** The audit pack of an organisation. */
async function packOf(organisationId: string): Promise<Buffer> {
  const organisation = await findOrganisation(organisationId);
  if (!organisation) throw new Error('The organisation is gone');
  const files = withSums(organisationPack(organisation, world().issuer));
  return buffer(zipFiles(files));
}

describe('the audit pack of an organisation', function () {
  ownWorld();
  let zip: Buffer;
  let pack: OpenedPack;
  let certificates: CertificateFacts[];

  before(async () => {
    // A certificate of another organisation comes before them in the ledger.
    await holder();
    // A list of its own: others' tests issue at times that are not the clock's, and versions tell their time.
    await write(
      'insert into status_lists (id, created_at) select coalesce(max(id), 0) + 1, cast($1 as bigint) from status_lists',
      [Date.now()],
    );
    const organisation = await otherOrganisation();
    certificates = [await earnedIn(organisation, 'Ada Marlow'), await earnedIn(organisation, 'Eva Lund')];
    const [, second] = certificates;
    const admin = await dina();
    if (second)
      await revoke(second, { reason: 'not-earned', note: null }, { actorId: admin.id, now: Date.now() });
    await world().worker.drain();
    await signHead(world().issuer, Date.now());
    zip = await packOf(organisation);
    expect(await packOf(organisation)).to.deep.equal(zip);
  });

  beforeEach(() => void (pack = openPack(zip)));
  afterEach(() => pack?.close());

  const PART = 'certificates/part-0001.jsonl';
  const lines = () => pack.text(PART).trimEnd().split('\n');
  const idOf = (at: number) => certificates[at]?.id ?? '';
  const without = (at: number) =>
    pack.write(
      PART,
      lines()
        .filter((_, line) => line !== at)
        .map(line => `${line}\n`)
        .join(''),
    );

  it('contains every certificate of the organisation and no others', () => {
    expect(pack.names().filter(name => name.startsWith('certificates/'))).to.deep.equal([PART]);
    expect(lines()).to.deep.equal(certificates.map(({ credential }) => credential));
  });

  it('is checked by exactly the commands of VERIFY.md, and a revoked certificate is no fault', () => {
    const blocks = pack.blocks();
    expect(blocks.length).to.equal(2);
    const outcomes = blocks.map(block => pack.run(block));
    expect(
      outcomes.map(({ status }) => status),
      outcomes.at(-1)?.output,
    ).to.deep.equal([0, 0]);
    expect(outcomes.at(-1)?.output)
      .to.include('1 hold, 1 are genuine and withdrawn, 0 do not hold')
      .and.match(new RegExp(`^YES +${idOf(0)}: genuine; not withdrawn`, 'm'))
      .and.match(new RegExp(`^GONE +${idOf(1)}: genuine; withdrawn`, 'm'))
      .and.include('the ledger is whole from its beginning')
      .and.match(/^YES +the log of changes is whole: [1-9]\d* events/m);
  });

  it('contains the changes of the organisation, and no word of others', () => {
    const events = pack.text('changes/events.jsonl').trim().split('\n');
    const names = events.map(line => (JSON.parse(line) as { event: { name: string } }).event.name);
    expect(names).to.include.members(['course.enrolled', 'certificate.issued', 'certificate.revoked']);
    const { id } = pack.json<{ id: string }>('organisation.json');
    for (const line of events) expect(line).to.include(`"organisationId":"${id}"`);
    expect(names.filter(name => name === 'certificate.issued')).to.have.length(2);
  });

  for (const [what, change] of [
    [
      'was altered',
      (lines: string[]) => lines.map((line, at) => (at === 2 ? line.replace(/\d{13}/, '1') : line)),
    ],
    ['is missing in the middle', (lines: string[]) => lines.filter((_, at) => at !== 2)],
    ['is missing at the end', (lines: string[]) => lines.slice(0, -2)],
  ] as const) {
    it(`is refused when a change ${what}`, () => {
      const path = 'changes/events.jsonl';
      pack.write(path, change(pack.text(path).split('\n')).join('\n'));
      const { status, output } = pack.verify();
      expect(status).to.equal(1);
      expect(output).to.match(/^NO +changes\/events.jsonl/m);
    });
  }

  it('is refused when the log was cut off together with what proves it', () => {
    const lines = pack.text('changes/events.jsonl').trim().split('\n').slice(0, -1);
    const { hash } = JSON.parse(lines.at(-1) ?? '') as { hash: string };
    pack.write('changes/events.jsonl', `${lines.join('\n')}\n`);
    const proof = pack.json<object>('changes/proof.json');
    pack.write('changes/proof.json', JSON.stringify({ ...proof, seq: lines.length, hash }));
    const { status, output } = pack.verify();
    expect(status).to.equal(1);
    expect(output).to.match(/^NO +no signed head in the pack vouches/m);
  });

  it('is refused when a certificate is missing', () => {
    without(1);
    const { status, output } = pack.verify();
    expect(status).to.equal(1);
    expect(output).to.include(`certificate ${certificates[1]?.id} of ledger row`);
  });

  it('is refused when its row is missing, too', () => {
    without(0);
    const rows = pack.text('ledger/rows.jsonl').split('\n');
    pack.write('ledger/rows.jsonl', rows.filter(row => !row.includes(certificates[0]?.id ?? '')).join('\n'));
    const { status, output } = pack.verify();
    expect(status).to.equal(1);
    expect(output).to.include('does not follow row');
  });

  it('names the certificate that was changed, and checks the others', () => {
    pack.write(PART, pack.text(PART).replace('Ada', 'Eve'));
    const { status, output } = pack.verify();
    expect(status).to.equal(1);
    expect(output).to.match(new RegExp(`^NO +${PART}, line 1: .*signature does not hold`, 'm'));
    expect(output).to.include(`${idOf(1)}: genuine`);
  });

  it('is refused when the beginning of the ledger is missing', () => {
    const rows = pack.text('ledger/rows.jsonl').split('\n');
    const own = rows.findIndex(row => certificates.some(({ id }) => row.includes(id)));
    expect(own, 'other certificates were issued before').to.be.greaterThan(0);
    pack.write('ledger/rows.jsonl', rows.slice(own).join('\n'));
    expect(pack.verify()).to.include({ status: 1 });
  });

  it('says of a certificate whose details were erased that its hash alone proves it', async () => {
    const [first] = certificates;
    if (!first) throw new Error('There is no certificate');
    const by = { actorId: null, now: Date.now() };
    const id = await askForErasure({ userId: first.userId, membershipId: null }, '', by);
    await decideErasure(id, 'As they asked', by);
    await world().worker.drain();
    await signHead(world().issuer, Date.now());
    const later = openPack(await packOf(first.organisationId));
    const left = later.text(PART);
    const { status, output } = later.verify();
    later.close();
    expect(left).not.to.include(idOf(0));
    expect(output).to.match(/^NOTE +certificate \S+ of ledger row \d+ was erased/m);
    expect(status, output).to.equal(0);
  });
});
