import { expect } from 'chai';
import { compromiseKey, rotateKey } from '../../../../server/proof/certificates/issuer/signing-keys.js';
import { signHead } from '../../../../server/proof/certificates/ledger/signed-heads.js';
import { revoke } from '../../../../server/proof/certificates/lifecycle/revoke.js';
import { signList } from '../../../../server/proof/certificates/status-lists/status-lists.js';
import { generateKeyPair, createSigner } from '../../../../server/proof/open-badges/issuer-key.js';
import { signCredential } from '../../../../server/proof/open-badges/sign.js';
import { buildStatusList } from '../../../../server/proof/open-badges/status-list.js';
import type { Unsecured } from '../../../../server/proof/open-badges/sign.js';
import { sha256 } from '../../../../server/platform/lib/tokens.js';
import { dina } from '../../../support/people.js';
import { holder, signedInHolder } from '../../../support/holders.js';
import { write } from '../../../support/rows.js';
import { ownWorld, world } from '../../../support/world.js';
import { listedByPython, openPack, type OpenedPack } from './opened-pack.js';

type Proofs = { proof: { verificationMethod: string; proofValue: string }[] };

describe('the audit pack of a certificate', function () {
  ownWorld();
  let zip: Buffer;
  let pack: OpenedPack;
  let id = '';
  let head = '';
  let list = '';

  before(async () => {
    const { issuer } = world();
    // Times in a list are whole seconds: two versions of one second would be the same text.
    await write('insert into status_lists (id, created_at) values (1, $1)', [Date.now() - 60_000]);
    await signList(1, issuer, Date.now() - 60_000);
    const { holder: owner, certificate } = await signedInHolder();
    await holder();
    await signHead(issuer, Date.now());
    await signList(1, issuer, Date.now());
    [id, head] = [certificate.id, certificate.ledgerHead ?? ''];
    zip = await owner.browser.bytes(`/certificates/${id}/audit-pack.zip`);
    expect(await owner.browser.bytes(`/certificates/${id}/audit-pack.zip`), 'twice the same').to.deep.equal(
      zip,
    );
  });

  beforeEach(() => {
    pack = openPack(zip);
    list = pack.names().findLast(name => name.startsWith('status/')) ?? '';
  });
  afterEach(() => pack?.close());

  const key = () => pack.json<Proofs>('credential.json').proof[0]?.verificationMethod.split('#')[1] ?? '';

  it('contains what an auditor needs, readable by another program', () => {
    const names = listedByPython(zip);
    expect(names).to.have.members(pack.names());
    expect(names.filter(name => !/^(status|ledger)\//.test(name))).to.have.members([
      'VERIFY.md',
      'verify.py',
      'SHA256SUMS',
      'credential.json',
      'did.json',
      'did-newest.json',
      'key-log.jsonl',
      ...['credentials-v2', 'open-badges-3.0.3', 'open-badges-extensions'].map(
        name => `contexts/${name}.json`,
      ),
      ...['document.nq', 'proof.nq', 'document.jcs', 'proof.jcs'].map(name => `canonical/${name}`),
    ]);
    expect(names.filter(name => name.startsWith('ledger/'))).to.have.length(2);
    expect(pack.text('ledger/rows.jsonl').trim().split('\n').length, 'the row and its neighbours').to.be.gte(
      2,
    );
  });

  it('is checked by exactly the commands of VERIFY.md', () => {
    const blocks = pack.blocks();
    expect(blocks.length).to.equal(9);
    for (const block of blocks) {
      const { status, output } = pack.run(block);
      expect(status, `${block}\n${output}`).to.equal(0);
    }
    expect(pack.run(blocks.find(block => block.includes('rdfc.data')) ?? '').output).to.include(
      'Verified Successfully',
    );
  });

  it('accepts the values that the paper prints, with their spaces, and no others', () => {
    const spaced = (text: string) => text.replace(/(.{4})/g, '$1 ').trim();
    expect(pack.verify('--key', spaced(key()), '--ledger', spaced(head)).status).to.equal(0);
    const other = pack.verify(
      '--key',
      key().replace(/.$/, last => (last === 'a' ? 'b' : 'a')),
    );
    expect(other.status).to.equal(1);
    expect(other.output).to.include('the key on the paper');
    expect(pack.verify('--ledger', sha256('another')).status).to.equal(1);
  });

  /** What somebody could do to a pack, each with the word that the check answers. The sums are made to fit. */
  const TAMPERED: Record<string, readonly [() => void | Promise<void>, string]> = {
    'one digit of a result changed': [
      () => change('credential.json', /"value":"(\d+)"/, (_, value) => `"value":"${Number(value) - 1}"`),
      'signature does not hold',
    ],
    'another name': [
      () => change('credential.json', 'Ada Marlow', () => 'Eve Marlow'),
      'signature does not hold',
    ],
    'one space more in the certificate': [
      () => change('credential.json', '{"', () => '{ "'),
      'its bytes are not those that ledger row',
    ],
    'a term under its full address': [
      () =>
        change('credential.json', '"validUntil"', () => '"https://www.w3.org/2018/credentials#validUntil"'),
      'unknown term',
    ],
    'a key written twice': [
      () => change('credential.json', '"name"', () => '"name":"Another course","name"'),
      'written twice',
    ],
    'the list of another installation': [
      async () => pack.write(list, await otherList()),
      'a proof was made by',
    ],
    'a list that was signed with a key of one’s own': [
      async () => pack.write(list, await otherList(world().base)),
      'does not know',
    ],
    'an older list in place of the newest': [
      () => pack.write(list, pack.text(pack.names().find(name => name.startsWith('status/')) ?? '')),
      'older than the version before it',
    ],
    'another key in the key document': [
      async () => {
        const { keyId } = await generateKeyPair();
        change('did.json', new RegExp(key(), 'g'), () => keyId);
      },
      'did.json',
    ],
    'an entry of the log of keys left out': [
      () => pack.write('key-log.jsonl', pack.text('key-log.jsonl').split('\n').slice(1).join('\n')),
      'key',
    ],
    'a row of the ledger changed': [
      () =>
        change(
          'ledger/rows.jsonl',
          /"awardSha256":"(.)/,
          (_, digit) => `"awardSha256":"${digit === '0' ? '1' : '0'}`,
        ),
      'was altered',
    ],
    'a context with another meaning': [
      () => change('contexts/open-badges-3.0.3.json', 'narrative', () => 'narrativ'),
      'not the file that was signed with',
    ],
    'another canonical form': [
      () => change('canonical/document.nq', 'Ada Marlow', () => 'Eve Marlow'),
      'is not the canonical form',
    ],
    'a file that is not there': [() => pack.write('did.json', '{}'), 'not whole'],
  };

  for (const [what, [tamper, answer]] of Object.entries(TAMPERED))
    it(`is refused with ${what}`, async () => {
      await tamper();
      expect(pack.run('sha256sum --check --strict --quiet SHA256SUMS').status, 'the sums').to.not.equal(0);
      pack.sumAgain();
      const { status, output } = pack.verify();
      expect(status, output).to.equal(1);
      expect(output).to.match(/^NO /m).and.include(answer);
    });

  it('is refused also by the commands without our program', () => {
    change('credential.json', /"value":"(\d+)"/, (_, value) => `"value":"${Number(value) - 1}"`);
    pack.sumAgain();
    const answers = pack.blocks().map(block => pack.run(block).status === 0);
    expect(answers.filter(yes => !yes).length, 'verify.py, canonical forms, ledger').to.equal(3);
  });

  it('exits with 2 when the certificate was revoked, and shows both lists', async () => {
    const { certificate } = await holder();
    const admin = await dina();
    await revoke(certificate, { reason: 'not-earned', note: null }, { actorId: admin.id, now: Date.now() });
    await world().worker.drain();
    const withdrawn = openPack(await admin.browser.bytes(`/certificates/${certificate.id}/audit-pack.zip`));
    const { status, output } = withdrawn.verify();
    expect(status, output).to.equal(2);
    expect(output).to.match(/^NO +withdrawn/m);
    const last = withdrawn
      .run(withdrawn.blocks().at(-1) ?? '')
      .output.trim()
      .split('\n');
    expect(last.at(-1)).to.match(/ withdrawn$/);
    expect(last[0]).to.match(/ not withdrawn$/);
    // The issuer itself signs a list that has forgotten it: the earlier one tells on it.
    const { issuer } = world();
    const { id: listId } = certificate.facts.statusList;
    const silent = { baseUrl: issuer.baseUrl, listId, revokedIndexes: [], now: Date.now() };
    const { text } = await buildStatusList({ ...silent, signer: issuer.signer, loader: issuer.loader });
    withdrawn.write(`status/list-${listId}-version-99999.json`, text);
    expect(withdrawn.verify()).to.have.property('status', 1);
    expect(withdrawn.verify().output).to.include('takes back a withdrawal');
    withdrawn.close();
  });

  it('is accepted after another key took over, and refused when the key was compromised', async () => {
    const { certificate } = await holder();
    const { browser } = await dina();
    const { secrets, base: baseUrl } = world();
    const deps = { baseUrl, sealKey: secrets.issuerKeys };
    const old = certificate.keyId ?? '';
    const taken = async () => openPack(await browser.bytes(`/certificates/${certificate.id}/audit-pack.zip`));
    const fresh = await rotateKey(old, deps, { actorId: null, now: Date.now() });
    const rotated = await taken();
    expect(rotated.verify('--key', old).status).to.equal(0);
    expect(rotated.text('did.json')).to.include(old).and.not.include(fresh);
    expect(rotated.text('did-newest.json')).to.include(old).and.include(fresh);
    await compromiseKey(old, deps, { actorId: null, now: Date.now() });
    await world().worker.drain();
    const found = await taken();
    const { status, output } = found.verify();
    expect(status, output).to.equal(2);
    expect(output).to.include('its key was declared compromised');
    for (const each of [rotated, found]) each.close();
  });

  function change(name: string, what: string | RegExp, to: (...match: string[]) => string): void {
    const text = pack.text(name);
    const changed = text.replace(what, to);
    expect(changed, `${name} was changed`).to.not.equal(text);
    pack.write(name, changed);
  }

  /** An empty list under the same number, signed by somebody else. */
  async function otherList(baseUrl = 'https://elsewhere.example'): Promise<string> {
    const { issuer } = world();
    const named = pack.json<Unsecured & { id: string }>(list);
    const fresh = await generateKeyPair();
    const did = baseUrl === world().base ? issuer.did : 'did:web:elsewhere.example';
    const signer = createSigner(did, fresh);
    const listId = Number(/\d+$/.exec(named.id)?.[0]);
    const made = await buildStatusList({
      baseUrl,
      listId,
      revokedIndexes: [],
      signer,
      now: Date.now(),
      loader: issuer.loader,
    });
    if (baseUrl === world().base) return made.text;
    // Under our address, so that only the signature tells.
    const { proof: _proof, ...unsigned } = JSON.parse(made.text) as Unsecured & { proof: object };
    const claimed = { ...unsigned, id: named.id } as Unsecured;
    return (await signCredential({ credential: claimed, signer, now: Date.now(), loader: issuer.loader }))
      .text;
  }
});
