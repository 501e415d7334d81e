import { buffer } from 'node:stream/consumers';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { signHead } from '../../../../server/proof/certificates/ledger/signed-heads.js';
import { certificateOf } from '../../../../server/proof/certificates/queries.js';
import {
  askToSign,
  statementsOfCourse,
} from '../../../../server/teaching/learning/acknowledgements/asked-statements.js';
import { signStatement } from '../../../../server/teaching/learning/acknowledgements/signing.js';
import { enrol } from '../../../../server/teaching/learning/enrolments.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import { dayOf, daysAfter } from '../../../../server/platform/lib/days.js';
import { evidencePack } from '../../../../server/proof/reports/packs/evidence/evidence-pack.js';
import {
  packTopic,
  type EvidenceParams,
} from '../../../../server/proof/reports/packs/evidence/pack-scope.js';
import { rateOf } from '../../../../server/proof/reports/overview-figures.js';
import { differencesSince } from '../../../../server/proof/reports/packs/evidence/since-then.js';
import { makeExemption } from '../../../../server/proof/requirements/exemptions/exemptions.js';
import { openPack, type OpenedPack } from '../../certificates/audit-pack/opened-pack.js';
import { employer, member, memberOf, unit } from '../../../support/organisations.js';
import { dina, person } from '../../../support/people.js';
import { rows, write } from '../../../support/rows.js';
import { almostThrough, COURSE, course } from '../../../support/walk.js';
import { ownWorld, world } from '../../../support/world.js';
import { completed, reckoned, required, saidEarlier, YEARLY } from '../reckoned.js';

const today = dayOf(Date.now(), 'UTC');
const ago = (days: number) => daysAfter(today, -days);
const PERIOD = { from: ago(300), to: today };

/** An employer whose people stand in several ways, one of them with a certificate, and a note on an exemption. */
async function airline(name: string) {
  const organisation = await employer();
  await write('update organisations set name = $2 where id = $1', [organisation.id, `Air ${name}`]);
  const base = await unit(organisation, `Base of ${name}`, { code: name.slice(0, 3) });
  const hired = { fromDay: ago(900), hiredOn: ago(900), home: { unitId: base, job: 'Cabin crew' } };
  const [early, late, waived] = [
    await member(organisation, { name: `Early ${name}`, staffNumber: `1-${name}`, ...hired }),
    await member(organisation, { name: `Late ${name}`, staffNumber: `2-${name}`, ...hired }),
    await member(organisation, { name: `=Waived ${name}`, staffNumber: `3-${name}`, ...hired }),
  ];
  const account = await person({ name: `Signed ${name}` });
  const signed = await memberOf(account, organisation.id);
  const requirementId = await required(organisation, {
    title: `Rule of ${name}`,
    fromDay: ago(800),
    rule: YEARLY,
  });
  await completed(organisation, early, { on: ago(100) });
  const by = { organisation, actorId: (await dina()).id, now: Date.now() };
  const exemption = {
    kind: 'waiver',
    reason: 'operations',
    fromDay: today,
    toDay: daysAfter(today, 30),
    dueDay: null,
  } as const;
  await makeExemption(
    { ...by, requirementId, membershipId: waived },
    { ...exemption, note: `Secret of ${name}` },
  );
  const statement = { organisationId: organisation.id, courseSlug: COURSE, locale: 'en' };
  await askToSign(statement, `I know whom to tell at ${name}.`, by);
  const cycle = await enrol({
    userId: account.id,
    organisationId: organisation.id,
    course: await course(),
    now: Date.now(),
  });
  await almostThrough(cycle, []);
  await reckoned(organisation);
  const [asked] = await statementsOfCourse(organisation.id, COURSE);
  await signStatement(cycle, { statementId: String(asked?.id), typedName: account.name }, Date.now());
  return {
    organisation,
    requirementId,
    early,
    late,
    waived,
    signed,
    name,
    certificate: await certificateOf(cycle.id),
  };
}

const packOf = ({ id: organisationId }: OrganisationFacts, params: EvidenceParams, knownAt = Date.now()) => {
  const ask = { id: 'x', organisationId, params, knownAt };
  return buffer(evidencePack.make(ask, { ...world(), clock: Date.now, progress: () => Promise.resolve() }));
};

const params = (more: Partial<EvidenceParams> = {}): EvidenceParams => ({
  ...PERIOD,
  requirementIds: [],
  names: true,
  ...more,
});

/** The records of a table by their columns. */
function table(pack: OpenedPack, name: string): Record<string, string>[] {
  const [header = '', ...records] = pack.text(name).replace('\ufeff', '').trimEnd().split('\r\n');
  const columns = header.split(',');
  return records.map(record =>
    Object.fromEntries(record.split(',').map((cell, at) => [columns[at] ?? '', cell])),
  );
}

describe('an evidence pack', () => {
  ownWorld();
  let own: Awaited<ReturnType<typeof airline>>;
  let other: Awaited<ReturnType<typeof airline>>;
  let zip: Buffer;
  let pack: OpenedPack;

  before(async () => {
    [own, other] = [await airline('Boreal'), await airline('Zephyr')];
    await signHead(world().issuer, Date.now());
    zip = await packOf(own.organisation, params());
  });
  beforeEach(() => void (pack = openPack(zip)));
  afterEach(() => pack.close());

  const checks = (of: OpenedPack) => of.blocks().map(block => of.run(block));

  it('is checked by exactly the commands of VERIFY.md, with OpenSSL and coreutils alone', () => {
    expect(pack.blocks()).to.have.length(7);
    for (const { status, output } of checks(pack)) expect(status, output).to.equal(0);
  });

  it('tells who signed which statement, and what it says', async () => {
    const [acknowledged, ...others] = table(pack, 'acknowledgements.csv');
    expect(others).to.deep.equal([]);
    expect(acknowledged).to.include({ person: own.signed, typed_name: 'Signed Boreal', course: COURSE });
    const [statement] = table(pack, 'statements.csv');
    expect(statement).to.include({ text: 'I know whom to tell at Boreal.', version: '1', ended_at: '' });
    expect(statement?.statement_sha256).to.equal(acknowledged?.statement_sha256);
    const numbers = openPack(await packOf(own.organisation, params({ names: false })));
    expect(table(numbers, 'acknowledgements.csv')[0]?.typed_name).to.equal('');
    numbers.close();
  });

  it('tells who stood how, and on what it rests', () => {
    expect(
      table(pack, 'people.csv').map(({ name, unit: base, job }) => [name, base, job]),
    ).to.have.deep.members([
      ...[
        ['Early Boreal', 'Base of Boreal', 'Cabin crew'],
        ['Late Boreal', 'Base of Boreal', 'Cabin crew'],
      ],
      ...[
        ["'=Waived Boreal", 'Base of Boreal', 'Cabin crew'],
        ['Signed Boreal', '', ''],
      ],
    ]);
    const now = (who: string) =>
      table(pack, 'standings.csv').find(
        ({ person: each, from = '', to = '' }) => each === who && from <= today && (to === '' || to >= today),
      );
    const [credit] = table(pack, 'credits.csv').filter(({ person: who }) => who === own.early);
    expect(now(own.early)).to.include({
      standing: 'current',
      credit: credit?.['credit'],
      requirement: 'Rule of Boreal',
    });
    expect(now(own.late)).to.include({ standing: 'overdue', credit: '' });
    expect(now(own.waived)).to.include({ standing: 'waived' });
    expect(now(own.waived)?.['exemption']).to.equal(table(pack, 'exemptions.csv')[0]?.['exemption']);
    const [certificate] = table(pack, 'certificates.csv');
    expect(certificate).to.include({ person: own.signed, sha256: own.certificate?.sha256 });
    expect(pack.text('certificates/part-0001.jsonl')).to.equal(`${own.certificate?.credential}\n`);
  });

  it('opens with how far each requirement was completed on its last day', () => {
    const page = pack.text('index.html');
    expect(page).to.include('Air Boreal').and.to.include('<th scope="row">Rule of Boreal</th>');
    const tally = { current: 2, overdue: 1, waived: 1 };
    const { completion, bar } = rateOf(tally, { rule: { graceCounts: false } }, true);
    for (const text of [completion.share, completion.parts, completion.outside])
      expect(page).to.include(text);
    for (const { kind, percent } of bar ?? [])
      expect(page).to.include(`<i class="${kind}" style="width:${percent}%">`);
    expect(page).to.not.match(/https?:\/\//);
  });

  it('shows what each version of a course teaches and how it is drawn, without a question', async () => {
    const name = pack.names().find(each => each.startsWith('courses/')) ?? '';
    const { modules } = pack.json<{ modules: { lessons: unknown[]; quiz: { draw: number } }[] }>(name);
    expect(modules[0]?.lessons.length).to.be.greaterThan(0);
    expect(modules[0]?.quiz.draw).to.be.greaterThan(0);
    const { snapshot } = await course();
    const stems = snapshot.modules.flatMap(({ quiz }) =>
      quiz.items.map(item => JSON.stringify(item).slice(0, 80)),
    );
    for (const stem of stems.slice(0, 20)) expect(pack.text(name)).not.to.include(stem);
  });

  it('holds no note, and nothing of another organisation', async () => {
    const all = pack
      .names()
      .map(name => pack.text(name))
      .join('\n');
    expect(all).to.include('Boreal').and.not.include('Secret of');
    const foreign = await rows<{ id: string; name: string | null }>(
      `select organisation_id as id, name from membership_people where organisation_id = $1
       union select id, title from requirement_versions where organisation_id = $1
       union select id, name from units where organisation_id = $1
       union select id, null from memberships where organisation_id = $1
       union select id, null from certificates where organisation_id = $1
       union select id, null from events where chain = $1
       union select id, name from organisations where id <> $2 and kind <> 'open'`,
      [other.organisation.id, own.organisation.id],
    );
    expect(foreign.length).to.be.greaterThan(20);
    for (const { id, name } of foreign) {
      expect(all.includes(id), id).to.equal(false);
      expect(name !== null && all.includes(name), String(name)).to.equal(false);
    }
    expect(all).not.to.include('Zephyr');
  });

  it('names approvals that counted in the period, and describes its tables', async () => {
    await write(
      `insert into content_approvals (id, organisation_id, rule_id, authority, number, course_slug, version, from_day, recorded_at)
       values ($1, $1, 'x', 'Board of Examples', 'AB 12/3', 'airline-and-transport', 1, $2, 1)`,
      [own.organisation.id, ago(50)],
    );
    const approved = openPack(await packOf(own.organisation, params()));
    const [approval] = table(approved, 'approvals.csv');
    const { tableSchema } = approved.json<{
      tableSchema: { columns: { titles: string; datatype: string }[] };
    }>('standings.csv-metadata.json');
    const header = approved.text('standings.csv').replace('\ufeff', '').split('\r\n')[0]?.split(',');
    approved.close();
    expect(approval).to.include({ authority: 'Board of Examples', number: 'AB 12/3', from: ago(50), to: '' });
    expect(tableSchema.columns.map(({ titles }) => titles)).to.deep.equal(header);
    expect(tableSchema.columns.find(({ titles }) => titles === 'due_day')?.datatype).to.equal('date');
  });

  it('is refused once one byte of any file is another', () => {
    for (const name of pack.names().filter(each => each !== 'VERIFY.md')) {
      const bytes = readFileSync(join(pack.folder, name));
      pack.write(name, flipped(bytes));
      const [signature, sums] = pack
        .blocks()
        .slice(0, 2)
        .map(block => pack.run(block).status);
      expect([signature, sums], name).not.to.deep.equal([0, 0]);
      pack.write(name, bytes);
    }
  });

  it('is refused with a file more, a file less, or another’s signature', () => {
    pack.write('more.csv', 'person');
    expect(pack.run(pack.blocks()[2] ?? '').status).not.to.equal(0);
    pack.remove('more.csv');
    pack.remove('credits.csv');
    expect(pack.run(pack.blocks()[1] ?? '').status).not.to.equal(0);
  });

  it('finds an event that was left out of the log, even where the sums are made to fit', () => {
    const lines = pack.text('changes/events.jsonl').split('\n');
    pack.write('changes/events.jsonl', lines.filter((_, at) => at !== 1).join('\n'));
    expect(pack.run(pack.blocks()[3] ?? '').status).not.to.equal(0);
    const shorter = lines.slice(0, -2);
    const hash = /"hash":"([0-9a-f]{64})"}$/.exec(shorter.at(-1) ?? '')?.[1] ?? '';
    const [chain, , , ...place] = pack.text('changes/end.txt').trim().split(' ');
    pack.write('changes/events.jsonl', `${shorter.join('\n')}\n`);
    pack.write('changes/end.txt', `${[chain, shorter.length, hash, ...place].join(' ')}\n`);
    expect(pack.run(pack.blocks()[3] ?? '').status).to.equal(0);
    expect(pack.run(pack.blocks()[4] ?? '').status, 'the head').not.to.equal(0);
  });

  it('names nobody where only numbers were asked for', async () => {
    const numbers = openPack(await packOf(own.organisation, params({ names: false })));
    const all = numbers
      .names()
      .map(name => numbers.text(name))
      .join('\n');
    numbers.close();
    for (const name of ['Early Boreal', 'Late Boreal', 'Signed Boreal', '1-Boreal', '2-Boreal'])
      expect(all).not.to.include(name);
    expect(all).to.include(own.early);
  });

  it('tells only of the requirements that were chosen', async () => {
    const second = await required(own.organisation, {
      title: 'Second rule',
      fromDay: ago(10),
      rule: { audience: { units: [], jobs: ['nobody'], tags: [], hiredSince: null, holds: null } },
    });
    await reckoned(own.organisation);
    const chosen = openPack(await packOf(own.organisation, params({ requirementIds: [second] })));
    const titles = new Set(table(chosen, 'standings.csv').map(({ requirement }) => requirement));
    chosen.close();
    expect(titles.has('Rule of Boreal')).to.equal(false);
  });

  it('stays what was known when it was asked for, and says what has been recorded since', async () => {
    const { organisation, early, late } = await airline('Mistral');
    await saidEarlier(organisation, 20);
    await write('update exemptions set recorded_at = recorded_at - 1728000000 where organisation_id = $1', [
      organisation.id,
    ]);
    const knownAt = Date.now() - 10 * 86_400_000;
    const asked = { organisationId: organisation.id, params: params({ to: ago(11) }), knownAt };
    const tables = async () => {
      const found = openPack(await packOf(organisation, asked.params, knownAt));
      const texts = ['people.csv', 'standings.csv', 'credits.csv'].map(name => found.text(name));
      found.close();
      return texts;
    };
    const before = await tables();
    for (const on of [ago(30), ago(31), ago(32)])
      await completed(organisation, late, { on, said: Date.now() });
    await completed(organisation, early, { on: today });
    await reckoned(organisation);
    expect(await tables()).to.deep.equal(before);
    const found = await differencesSince(await packTopic(asked));
    const credits = found.find(({ kind }) => kind === 'late-credit');
    expect(credits).to.include({ count: 3 });
    expect(credits?.people.map(({ name }) => name)).to.deep.equal(['Late Mistral']);
    expect(found.find(({ kind }) => kind === 'standing')?.people.map(({ name }) => name)).to.include(
      'Late Mistral',
    );
  });
});

/** The same bytes, but for one bit in the middle. */
function flipped(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  const at = Math.floor(bytes.length / 2);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}
