import { expect } from 'chai';
import { checkIssued } from '../../../../../server/proof/certificates/ledger/check/issued.js';
import { checkSeals } from '../../../../../server/proof/certificates/ledger/check/seals.js';
import { findCertificate } from '../../../../../server/proof/certificates/queries.js';
import {
  createShareLink,
  openShareLinks,
} from '../../../../../server/proof/certificates/holder/share-links.js';
import type { AwardFacts } from '../../../../../server/proof/open-badges/credential.js';
import type { Param } from '../../../../../server/platform/db/lanes.js';
import { row, count, write } from '../../../../support/rows.js';
import { displayCode, newCode } from '../../../../../server/platform/lib/ids.js';
import { dina, type Person } from '../../../../support/people.js';
import { enterAnew, holder, signedInHolder } from '../../../../support/holders.js';
import { send } from '../../../../support/pages.js';
import { ownWorld, world } from '../../../../support/world.js';
import { handIn } from '../../../open-badges/files/carriers.js';

/** A word that nobody signed. */
const FORGED = 'Forged';

type Edit = Readonly<Record<string, Param>>;

interface Held {
  readonly facts: AwardFacts;
  readonly other: string;
}

const facts =
  (change: (facts: AwardFacts) => Partial<AwardFacts>) =>
  ({ facts }: Held): Edit => ({ facts: JSON.stringify({ ...facts, ...change(facts) }) });

const subject = ({ course }: AwardFacts) => ({ subject: '', showed: '', ...course.certificate });

/** What an intruder may write into the row of a good certificate. */
const EDITS: Record<string, (held: Held) => Edit> = {
  'the name': facts(() => ({ name: FORGED })),
  'the name in its own column': () => ({ holder_name: FORGED }),
  'the organisation': facts(() => ({ organisationName: FORGED })),
  'the course': facts(({ course }) => ({ course: { ...course, title: FORGED } })),
  'the subject': facts(each => ({
    course: { ...each.course, certificate: { ...subject(each), subject: FORGED } },
  })),
  'what was assessed': facts(each => ({
    course: { ...each.course, certificate: { ...subject(each), showed: FORGED } },
  })),
  'a score': facts(({ modules }) => ({ modules: modules.map(each => ({ ...each, percent: 99.9 })) })),
  'the name of a part': facts(({ modules }) => ({
    modules: modules.map(each => ({ ...each, title: FORGED })),
  })),
  'the length': facts(() => ({ minutes: 9999 })),
  'who vouches': facts(() => ({ assurance: 'employer' })),
  'the issuer': facts(() => ({ issuerName: FORGED })),
  'the time zone': facts(() => ({ timeZone: 'Pacific/Kiritimati' })),
  'a time zone that does not exist': facts(() => ({ timeZone: FORGED })),
  'facts without a field': () => ({ facts: '{}' }),
  'facts that are null': () => ({ facts: 'null' }),
  'facts that are no JSON': () => ({ facts: `{${FORGED}` }),
  'the number': () => ({ code: newCode() }),
  'the day of award': () => ({ awarded_at: Date.UTC(2020, 0, 1) }),
  'the end': () => ({ valid_until: Date.UTC(2099, 0, 1) }),
  'no end': () => ({ valid_until: null }),
  'the place in the list': () => ({ status_index: 131_071 }),
  'the holder': ({ other }) => ({ user_id: other }),
  'the signed text': () => ({ credential: `{"name":"${FORGED}"}` }),
  'no signed text': () => ({ credential: null }),
  'the hash of the text': () => ({ sha256: '0'.repeat(64) }),
  'the day of issue': () => ({ issued_at: 1 }),
  'the place in the ledger': () => ({ ledger_seq: 1_000_000 }),
  'no place in the ledger': () => ({ ledger_seq: null, ledger_head: null }),
};

const inDoubt = (id: string) => count('certificate_doubts where certificate_id = $1', [id]);

describe('a certificate whose row was edited', () => {
  ownWorld();
  let held: Awaited<ReturnType<typeof signedInHolder>>;
  let other: Person;
  let admin: Person;
  let shared = '';

  before(async () => {
    [held, admin] = [await signedInHolder(), await dina()];
    other = (await holder()).holder;
    const by = { key: world().secrets.links, now: Date.now() };
    await createShareLink(held.certificate, 7, by);
    shared = `/shared/${(await openShareLinks(held.certificate, by))[0]?.token}`;
  });

  const stored = async () => {
    const found = await row<Record<string, Param>>('select * from certificates where id = $1', [
      held.certificate.id,
    ]);
    if (!found) throw new Error('The certificate is gone');
    return found;
  };

  const set = (columns: Edit) => {
    const names = Object.keys(columns);
    const list = names.map((name, at) => `${name} = $${at + 1}`).join(', ');
    return write(`update certificates set ${list} where id = $${names.length + 1}`, [
      ...Object.values(columns),
      held.certificate.id,
    ]);
  };

  /** Edits the row, looks, and puts back what it said. */
  async function whileEdited(edit: Edit, look: () => Promise<void>): Promise<void> {
    const was = await stored();
    await set(edit);
    try {
      await look();
    } finally {
      await set(Object.fromEntries(Object.keys(edit).map(name => [name, was[name] ?? null])));
    }
  }

  const number = async () => displayCode(String((await stored())['code']));
  const json = async () => {
    const page = await world()
      .visitor()
      .get(`/verify/${await number()}`, { accept: 'application/json' });
    return {
      status: page.status,
      text: page.text,
      verdict: (JSON.parse(page.text) as { verdict: string }).verdict,
    };
  };
  const warned = async () =>
    (await admin.browser.get('/admin')).text.includes('data-warning="doubtful-certificates"');
  const told = () => world().logged.filter(line => line.includes(held.certificate.id)).length;

  for (const [name, edit] of Object.entries(EDITS)) {
    it(`is valid nowhere, and is reported: ${name}`, async () => {
      const before = told();
      await whileEdited(edit({ facts: held.certificate.facts, other: other.id }), async () => {
        const checked = await json();
        expect([checked.status, checked.verdict]).to.deep.equal([200, 'cannot-tell']);
        const visitor = world().visitor();
        const file = await handIn(Buffer.from(held.certificate.credential));
        const page = `/certificates/${held.certificate.id}`;
        const pages = [
          await visitor.get(`/verify/${await number()}`),
          await send(visitor, `/verify/${await number()}`, { name: 'Ada Marlow' }),
          await handIn(Buffer.from(held.certificate.credential), 'text/html'),
          await visitor.get(shared),
          await admin.browser.get(page),
          await admin.browser.get(`/admin/certificates/${held.certificate.id}`),
        ];
        expect([file.status, file.body.verdict]).to.deep.equal([200, 'cannot-tell']);
        for (const { status, text } of [checked, file, ...pages]) {
          expect(status).to.be.lessThan(500);
          expect(text).to.not.include(FORGED).and.not.include('99.9');
          expect(text).to.not.match(/data-(verdict|state)="(valid|expired)"/);
        }
        for (const made of ['certificate.pdf', 'badge.svg', 'badge.png', 'credential.json', 'audit-pack.zip'])
          expect((await admin.browser.get(`${page}/${made}`)).status, made).to.be.within(400, 499);
        for (const made of ['certificate.pdf', 'credential.json'])
          expect((await visitor.get(`${shared}/${made}`)).status, made).to.be.within(400, 499);
        expect([told() - before, await inDoubt(held.certificate.id), await warned()]).to.deep.equal([
          1,
          1,
          true,
        ]);
      });
      expect((await json()).verdict).to.equal('valid');
      expect(await inDoubt(held.certificate.id)).to.equal(0);
    });

    it(`is named by verify-ledger: ${name}`, async () => {
      await whileEdited(edit({ facts: held.certificate.facts, other: other.id }), async () => {
        const named = [];
        for await (const finding of checkIssued())
          if (finding.row === held.certificate.id) named.push(finding.table);
        expect(named).to.include('certificates');
      });
    });
  }

  for (const [name, edit] of Object.entries(EDITS)) {
    it(`is valid nowhere when the ledger was edited to match, and is reported: ${name}`, async () => {
      const before = told();
      await whileEdited(edit({ facts: held.certificate.facts, other: other.id }), async () => {
        await enterAnew(held.certificate.id);
        const checked = await json();
        expect([checked.status, checked.verdict]).to.deep.equal([200, 'cannot-tell']);
        const visitor = world().visitor();
        const pages = [await visitor.get(shared), await handIn(Buffer.from(held.certificate.credential))];
        for (const { status, text } of [checked, ...pages]) {
          expect(status).to.be.lessThan(500);
          expect(text)
            .to.not.include(FORGED)
            .and.not.include('99.9')
            .and.not.match(/"verdict":"valid"/);
          expect(text).to.not.match(/data-(verdict|state)="(valid|expired)"/);
        }
        const paper = await admin.browser.get(`/certificates/${held.certificate.id}/certificate.pdf`);
        expect(paper.status).to.be.within(400, 499);
        expect([told() - before, await inDoubt(held.certificate.id), await warned()]).to.deep.equal([
          1,
          1,
          true,
        ]);
      });
      await enterAnew(held.certificate.id);
      expect((await json()).verdict).to.equal('valid');
    });
  }

  it('is not valid without its seal, or with the seal of another certificate', async () => {
    const { certificate } = await holder();
    const seal = (await findCertificate(certificate.id))?.seal ?? null;
    for (const forged of [null, '', '{}', seal]) {
      await whileEdited({ seal: forged }, async () => {
        expect((await json()).verdict, String(forged)).to.equal('cannot-tell');
        const named = [];
        for await (const { row: id } of checkSeals(world().config)) named.push(id);
        expect(named).to.include(held.certificate.id);
      });
      expect((await json()).verdict).to.equal('valid');
    }
  });

  it('leaves the lists of its holder and of administrators readable', async () => {
    for (const text of ['{}', '[', 'null', '"x"', '{"course":null}'])
      await whileEdited({ facts: text }, async () => {
        for (const path of ['/certificates', `/certificates/${held.certificate.id}`, '/learning'])
          expect((await held.holder.browser.get(path)).status, path).to.equal(200);
        for (const path of ['/admin/certificates', '/admin', `/admin/people/${held.holder.id}`])
          expect((await admin.browser.get(path)).status, path).to.equal(200);
      });
  });

  it('stays revoked', async () => {
    const { certificate } = await holder();
    const why = [certificate.id, certificate.organisationId, Date.now()];
    await write(
      `insert into revocations (certificate_id, organisation_id, reason, revoked_at) values ($1, $2, 'not-earned', $3)`,
      why,
    );
    await write(`update certificates set facts = '{}' where id = $1`, [certificate.id]);
    const page = await world()
      .visitor()
      .get(`/verify/${displayCode(certificate.code)}`);
    expect(page.text).to.include('data-verdict="revoked"');
    expect((await findCertificate(certificate.id))?.isIntact).to.equal(false);
    expect(await inDoubt(certificate.id)).to.equal(1);
    await write(`update certificates set facts = $1 where id = $2`, [
      JSON.stringify(certificate.facts),
      certificate.id,
    ]);
    await world()
      .visitor()
      .get(`/verify/${displayCode(certificate.code)}`);
    expect(await inDoubt(certificate.id)).to.equal(0);
  });
});
