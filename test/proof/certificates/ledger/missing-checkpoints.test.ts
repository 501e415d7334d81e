import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runCheckpoints } from '../../../../server/proof/certificates/ledger/command-checkpoints.js';
import { findCertificate } from '../../../../server/proof/certificates/queries.js';
import { issueIfEarned } from '../../../../server/proof/certificates/lifecycle/issue.js';
import { openIssuer, type Issuer } from '../../../../server/proof/certificates/issuer/issuer.js';
import { signHead } from '../../../../server/proof/certificates/ledger/signed-heads.js';
import { ledgerHead } from '../../../../server/proof/certificates/ledger/ledger.js';
import {
  openCheckpoints,
  type Checkpoints,
} from '../../../../server/proof/certificates/ledger/checkpoints.js';
import { noticeMissingCheckpoints } from '../../../../server/proof/certificates/ledger/missing-checkpoints.js';
import { revoke } from '../../../../server/proof/certificates/lifecycle/revoke.js';
import { createShareLink, openShareLinks } from '../../../../server/proof/certificates/holder/share-links.js';
import { signList } from '../../../../server/proof/certificates/status-lists/status-lists.js';
import { verdictOn } from '../../../../server/proof/certificates/verification/verdict.js';
import { row, write } from '../../../support/rows.js';
import { newCode } from '../../../../server/platform/lib/ids.js';
import { Client } from '../../../../server/workshop/smoke/client.js';
import { openSecondApp, type SecondApp } from '../../../platform/http/second-app.js';
import { dina } from '../../../support/people.js';
import { holder } from '../../../support/holders.js';
import { fromSomewhere, ownWorld, world } from '../../../support/world.js';

const now = () => Date.now();

describe('a database with certificates, beside a folder without checkpoints', () => {
  ownWorld();

  let folder: string;
  let checkpoints: Checkpoints;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'marks-'));
    checkpoints = openCheckpoints(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** As a server starts: first it looks, then it notes its keys. */
  async function start(): Promise<{ issuer: Issuer; inDoubt: boolean }> {
    const inDoubt = await noticeMissingCheckpoints(checkpoints, now());
    const { config, secrets } = world();
    return { inDoubt, issuer: await openIssuer({ ...config, dataDir: folder }, secrets.issuerKeys, now()) };
  }

  async function onRecord(): Promise<number> {
    const found = await row<{ n: number }>(`select count(*) as n from events where name = 'marks.accepted'`);
    return Number(found?.n);
  }

  it('is doubted at every start', async () => {
    await holder();
    for (const _ of [1, 2]) {
      const { issuer, inDoubt } = await start();
      expect([inDoubt, issuer.mayHaveForgotten()]).to.deep.equal([true, true]);
    }
  });

  it('is believed when the checkpoints are put back, and not when they are older', async () => {
    await holder();
    const head = await ledgerHead();
    await start();
    checkpoints.ledger({ ...head, seq: head.seq - 1 });
    expect((await start()).inDoubt).to.equal(true);
    checkpoints.ledger(head);
    expect((await start()).inDoubt).to.equal(false);
    expect(checkpoints.gap()).to.equal(null);
  });

  it('is believed at once when an operator accepts it with --yes, which is recorded', async () => {
    await holder();
    const { issuer } = await start();
    const said: string[] = [];
    const run = (...args: string[]) =>
      runCheckpoints(args, { checkpoints, config: { dataDir: folder } }, line => void said.push(line));
    const before = await onRecord();
    expect([await run(), await run('accept')]).to.deep.equal([1, 2]);
    expect([issuer.mayHaveForgotten(), await onRecord()]).to.deep.equal([true, before]);
    expect(await run('accept', '--yes')).to.equal(0);
    expect([issuer.mayHaveForgotten(), await onRecord()]).to.deep.equal([false, before + 1]);
    expect(checkpoints.read().ledger).to.deep.equal(await ledgerHead());
    expect(checkpoints.read().lists).not.to.deep.equal([]);
    expect(await run()).to.equal(0);
    expect((await start()).inDoubt).to.equal(false);
  });

  it('is doubted when the checkpoints belong to another installation', async () => {
    await holder();
    checkpoints.ledger(await ledgerHead());
    await openIssuer({ ...world().config, dataDir: folder }, world().secrets.issuerKeys, now());
    const file = join(folder, 'published', 'keys.json');
    const noted = JSON.parse(readFileSync(file, 'utf8')) as { log: { sha256: string }[] };
    writeFileSync(file, JSON.stringify({ ...noted, log: [{ ...noted.log[0], sha256: 'b'.repeat(64) }] }));
    expect((await start()).issuer.mayHaveForgotten()).to.equal(true);
  });

  it('signs nothing: neither certificates nor lists nor heads', async () => {
    const { certificate } = await holder();
    const { issuer } = await start();
    const refused = async (work: Promise<unknown>) =>
      work.then(
        () => false,
        () => true,
      );
    expect(await refused(issueIfEarned(certificate.cycleId, issuer, now()))).to.equal(true);
    expect(await refused(signList(certificate.facts.statusList.id, issuer, now()))).to.equal(true);
    expect(await refused(signHead(issuer, now()))).to.equal(true);
  });

  it('still says revoked of what it knows to be revoked', async () => {
    const { certificate } = await holder();
    const { issuer } = await start();
    expect(await verdictOn(certificate, issuer, now())).to.equal('cannot-tell');
    const why = { reason: 'not-earned' as const, note: null };
    await revoke(certificate, why, { actorId: (await dina()).id, now: now() });
    const found = await findCertificate(certificate.id);
    expect(found && (await verdictOn(found, issuer, now()))).to.equal('revoked');
  });

  describe('over the web', () => {
    let app: SecondApp;
    beforeEach(async () => {
      await holder();
      const { issuer } = await start();
      app = await openSecondApp(() => ({ dataDir: folder, baseUrl: world().config.baseUrl }), { issuer });
    });
    afterEach(() => app.close());

    const visitor = () => new Client(app.base, '', fromSomewhere());
    const look = async (path: string, accept: string) => visitor().get(path, { accept });
    const json = async (path: string) => JSON.parse((await look(path, 'application/json')).text) as object;

    it('cannot tell for any number, known or not, and tells programs why', async () => {
      const { certificate } = await holder();
      for (const code of [certificate.code, newCode()]) {
        expect(await json(`/verify/${code}`)).to.include({
          verdict: 'cannot-tell',
          why: 'records-incomplete',
        });
        const page = await look(`/verify/${code}`, 'text/html');
        expect(page.status).to.equal(200);
        expect(page.text).to.include('verdict-open').and.not.include('verdict-valid');
      }
    });

    it('cannot tell for a file, and calls no file altered that was signed here', async () => {
      const { certificate } = await holder();
      const hand = async () => {
        const form = new FormData();
        form.set('file', new Blob([certificate.credential]), 'certificate.json');
        const headers = { accept: 'application/json', ...fromSomewhere() };
        const answer = await fetch(`${app.base}/verify`, { method: 'POST', body: form, headers });
        return (await answer.json()) as object;
      };
      expect(await hand()).to.deep.equal({ verdict: 'cannot-tell', why: 'records-incomplete' });
      await write('update certificates set sha256 = $1 where id = $2', ['0'.repeat(64), certificate.id]);
      expect(await hand()).to.deep.equal({ verdict: 'cannot-tell', why: 'records-incomplete' });
    });

    it('offers no paper through a share link, and no status list', async () => {
      const { certificate } = await holder();
      const key = world().secrets.links;
      await createShareLink(certificate, 7, { key, now: now() });
      const [link] = await openShareLinks(certificate, { key, now: now() });
      const page = await look(`/shared/${link?.token}`, 'text/html');
      expect(page.status).to.equal(200);
      expect(page.text).to.not.include('certificate.pdf');
      const list = `/status/revocation/${certificate.facts.statusList.id}`;
      expect((await look(list, 'application/json')).status).to.equal(503);
    });
  });

  it('is shown on the administrators’ home until it is settled', async () => {
    const { browser } = await dina();
    const own = openCheckpoints(world().config.dataDir);
    const warned = async () => (await browser.get('/admin')).text.includes('data-warning="missing-marks"');
    expect(await warned()).to.equal(false);
    own.noteGap({ since: now(), acceptedAt: null });
    try {
      expect(await warned()).to.equal(true);
    } finally {
      own.noteGap(null);
    }
    expect(await warned()).to.equal(false);
  });

  it('leave the administrators’ home a warning where they cannot be read', async () => {
    const { browser } = await dina();
    const file = join(world().config.dataDir, 'published', 'gap.json');
    writeFileSync(file, '');
    try {
      const home = await browser.get('/admin');
      expect(home.status).to.equal(200);
      expect(home.text).to.include('data-warning="marks-unreadable"');
    } finally {
      rmSync(file);
    }
  });
});
