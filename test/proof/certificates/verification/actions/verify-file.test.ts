import { checkLimits } from '../../../../../server/proof/certificates/verification/check-limits.js';
import { expect } from 'chai';
import { checksSince } from '../../../../../server/proof/certificates/verification/counters.js';
import { revoke } from '../../../../../server/proof/certificates/lifecycle/revoke.js';
import { rows, write } from '../../../../support/rows.js';
import { displayCode } from '../../../../../server/platform/lib/ids.js';
import { useUp } from '../../../../platform/http/security/limits.js';
import { dina } from '../../../../support/people.js';
import { expire, holder, signedInHolder } from '../../../../support/holders.js';
import { plain } from '../../../../support/pages.js';
import { ownWorld, world } from '../../../../support/world.js';
import { carriers, handIn, verdictIn } from '../../../open-badges/files/carriers.js';
import { strangerText } from '../../../open-badges/files/forging.js';
import { issue, keyFrom } from '../../../open-badges/sample.js';
import { said } from '../../../../support/said.js';
import { likeSaid, verdictOn } from '../../pages.js';

const asPage = async (file: Uint8Array | null) => {
  const answer = await handIn(file, 'text/html');
  return { ...answer, words: plain(answer.text) };
};

describe('checking the file of a certificate', () => {
  ownWorld();

  it('finds each file that the holder downloads valid, and shows what was signed', async () => {
    const { holder: owner, certificate } = await signedInHolder('Zoë Łukasz');
    for (const file of [
      'certificate.pdf',
      'certificate.pdf?size=letter',
      'badge.png',
      'badge.svg',
      'credential.json',
    ]) {
      const bytes = await owner.browser.bytes(`/certificates/${certificate.id}/${file}`);
      const { status, body, headers } = await handIn(bytes);
      expect(status, file).to.equal(200);
      expect(body, file).to.deep.equal({
        verdict: 'valid',
        code: displayCode(certificate.code),
        name: 'Zoë Łukasz',
        course: certificate.facts.course.title,
        subject: certificate.facts.course.certificate?.subject,
        assessed: certificate.facts.course.certificate?.showed,
        issuer: world().issuer.did,
        awarded: new Date(certificate.awardedAt).toISOString().slice(0, 10),
        validUntil: new Date(certificate.validUntil ?? 0).toISOString().slice(0, 10),
        revocationReason: null,
      });
      expect(headers.get('cache-control')).to.equal('no-store');
      const { text, words } = await asPage(bytes);
      expect(verdictOn(text), file).to.equal('valid');
      expect(words, file)
        .to.include('Zoë Łukasz')
        .and.include(certificate.facts.course.title)
        .and.include(said('components.validUntil'))
        .and.include(said('verify.meaningLabel'));
    }
  });

  it('works from its page without script and without cookies', async () => {
    const page = await world().visitor().get('/verify');
    expect(page.text).to.match(
      /<form class="form stack" method="post" action="\/verify" enctype="multipart\/form-data">/,
    );
    expect(page.headers.getSetCookie()).to.deep.equal([]);
  });

  describe('that is no longer valid', () => {
    const verdicts = async (text: string) =>
      Promise.all(Object.keys(carriers).map(carrier => verdictIn(carrier, text)));

    it('says revoked, with the reason', async () => {
      const { certificate } = await holder();
      const why = { reason: 'issued-in-error' as const, note: null };
      await revoke(certificate, why, { actorId: (await dina()).id, now: Date.now() });
      await world().worker.drain();
      expect(await verdicts(certificate.credential)).to.deep.equal(Array(4).fill('revoked'));
      const { text, words } = await asPage(Buffer.from(certificate.credential));
      expect(verdictOn(text)).to.equal('revoked');
      expect(words).to.include(said('reason.issued-in-error')).and.include(said('components.awarded'));
      for (const key of ['components.validUntil', 'components.hasCompleted', 'verify.meaningLabel'])
        expect(words, key).to.not.include(said(key));
    });

    it('says expired', async () => {
      const { certificate } = await holder();
      await expire(certificate);
      const old = await world().visitor().get(`/verify/${certificate.code}`);
      expect(verdictOn(old.text)).to.equal('expired');
      const [row] = await rows<{ credential: string }>('select credential from certificates where id = $1', [
        certificate.id,
      ]);
      expect(await verdicts(row?.credential ?? '')).to.deep.equal(Array(4).fill('expired'));
      // The file from before is signed by us, and is not what we hold.
      expect(await verdictIn('json', certificate.credential)).to.equal('altered');
    });

    it('cannot tell when it was signed here and its record is gone', async () => {
      const { certificate } = await holder();
      const other = certificate.credential;
      await write('update certificates set issued_at = null, sha256 = null where id = $1', [certificate.id]);
      expect(await verdictIn('json', other)).to.equal('cannot-tell');
      const { text } = await asPage(Buffer.from(other));
      expect(verdictOn(text)).to.equal('cannot-tell');
      expect(text).to.not.include('Marlow');
    });
  });

  describe('of another issuer', () => {
    it('names the did:key that signed it, and shows none of its claims', async () => {
      const { text, did } = await strangerText('stranger');
      const { body } = await handIn(Buffer.from(text));
      expect(body).to.deep.equal({ verdict: 'not-ours', signedBy: did, trusted: false });
      const page = await asPage(Buffer.from(text));
      expect(verdictOn(page.text)).to.equal('not-ours');
      expect(page.words).to.include(did).and.not.include('Łukasz').and.not.include('Test Passage');
    });

    it('says altered when its signature does not hold', async () => {
      const { text } = await strangerText('stranger');
      expect(await verdictIn('json', text.replace('Zoë', 'Eve'))).to.equal('altered');
    });

    it('names nobody when the signature cannot be checked here', async () => {
      const { text } = await issue(await keyFrom('issuer'));
      expect((await handIn(Buffer.from(text))).body).to.deep.equal({
        verdict: 'not-ours',
        signedBy: null,
        trusted: false,
      });
    });
  });

  describe('that is not a certificate', () => {
    const refused: [string, Uint8Array | null, string][] = [
      ['no file', null, 'errors.verify-file'],
      ['an empty file', new Uint8Array(), 'errors.verify-file-none'],
      ['a text', Buffer.from('Ada Marlow has passed'), 'errors.verify-file-none'],
      ['a JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), 'errors.verify-file-none'],
      ['a list', Buffer.from('[]'), 'errors.verify-file-none'],
      ['5 MB and a byte', Buffer.alloc(5 * 1024 * 1024 + 1, ' '), 'errors.verify-file-large'],
    ];
    for (const [what, file, error] of refused) {
      it(`shows the form again, with what to do: ${what}`, async () => {
        const { status, words } = await asPage(file);
        expect(status).to.equal(422);
        expect(words).to.include(said(error));
        if (file?.length) expect((await handIn(file)).body.verdict).to.equal('unreadable');
      });
    }
  });

  it('counts each check and stores nothing else', async () => {
    const { certificate } = await holder('Secret Holder');
    const today = new Date().toISOString().slice(0, 10);
    const checks = async (way: string, verdict: string) =>
      (await checksSince(today)).find(each => each.way === way && each.verdict === verdict)?.checks ?? 0;
    const [files, numbers] = [await checks('file', 'valid'), await checks('number', 'valid')];
    const logged = world().logged.length;
    for (const _ of [1, 2]) await handIn(Buffer.from(certificate.credential));
    await world().visitor().get(`/verify/${certificate.code}`);
    expect([await checks('file', 'valid'), await checks('number', 'valid')]).to.deep.equal([
      files + 2,
      numbers + 1,
    ]);
    expect(world().logged.slice(logged).join()).to.not.include('Secret').and.not.include(certificate.id);
  });

  it('shows administrators how often, by number and by file', async () => {
    const { browser } = await dina();
    const shown = async () => {
      const { text } = await browser.get('/admin/certificates');
      const counts = likeSaid('admin.checks', 'number', 'file').source.replaceAll('.+?', '(\\d+)');
      return (new RegExp(counts).exec(plain(text)) ?? []).slice(1).map(Number);
    };
    const [numbers = 0, files = 0] = await shown();
    await handIn(Buffer.from('{"issuer":"did:web:a.example"}'));
    await world().visitor().get('/verify/0000-0000-0000-0000');
    expect(await shown()).to.deep.equal([numbers + 1, files + 1]);
  });

  it('is rate limited for each address', async () => {
    const { points, step } = checkLimits.fileCheckByAddress;
    const headers = { accept: 'application/json', 'x-forwarded-for': '203.0.113.90' };
    await useUp(checkLimits.fileCheckByAddress, '203.0.113.90', points - step);
    const statuses: number[] = [];
    for (let tries = 0; tries <= 2 * step; tries += 1) {
      const form = new FormData();
      form.append('file', new Blob(['x']), 'x');
      statuses.push(
        (await fetch(new URL('/verify', world().base), { method: 'POST', body: form, headers })).status,
      );
    }
    expect(statuses[0]).to.equal(422);
    expect(statuses.at(-1)).to.equal(429);
  });
});
