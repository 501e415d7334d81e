import { checkLimits } from '../../../../../server/proof/certificates/verification/check-limits.js';
import type { AwardFacts } from '../../../../../server/proof/open-badges/credential.js';
import { expect } from 'chai';
import { hashOf } from '../../../../../server/proof/open-badges/sign.js';
import { displayCode, newCode } from '../../../../../server/platform/lib/ids.js';
import { useUp, visitorFrom } from '../../../../platform/http/security/limits.js';
import { ada, dina } from '../../../../support/people.js';
import { enterAnew, expire, holder, sealAnew } from '../../../../support/holders.js';
import { plain, send } from '../../../../support/pages.js';
import { write } from '../../../../support/rows.js';
import { ownWorld, world } from '../../../../support/world.js';
import { said } from '../../../../support/said.js';
import { errorsOn, verdictOn } from '../../pages.js';

interface Verdict {
  readonly verdict: string;
  readonly [other: string]: unknown;
}

async function ask(code: string): Promise<{ status: number; body: Verdict; headers: Headers }> {
  const page = await world().visitor().get(`/verify/${code}`, { accept: 'application/json' });
  return { status: page.status, body: JSON.parse(page.text) as Verdict, headers: page.headers };
}

const look = (code: string) => world().visitor().get(`/verify/${code}`);

describe('checking a certificate', () => {
  ownWorld();
  it('tells a stranger that it is valid, with course, dates, issuer and a masked name', async () => {
    const { certificate } = await holder();
    const page = await look(displayCode(certificate.code));
    const words = plain(page.text);
    expect(page.status).to.equal(200);
    expect(verdictOn(page.text)).to.equal('valid');
    expect(words).to.include(certificate.facts.course.title).and.include('Test Passage');
    expect(words).to.include('A•• M•••••').and.not.include('Marlow');
    expect(words).to.include(displayCode(certificate.code));
  });

  it('finds the certificate by its number as people type it', async () => {
    const { certificate } = await holder();
    // A code with look-alikes in it, whatever chance gave this one.
    const code = `01${certificate.code.slice(2)}`;
    await write('update certificates set code = $1 where id = $2', [code, certificate.id]);
    await enterAnew(certificate.id);
    await sealAnew(certificate.id);
    const typed = [
      displayCode(code),
      code,
      code.toLowerCase(),
      displayCode(code).toLowerCase(),
      `O${code.slice(1)}`,
      `oI${code.slice(2)}`,
      `ol${code.slice(2)}`,
      encodeURIComponent(displayCode(code).replaceAll('-', ' ')),
      encodeURIComponent(` ${displayCode(code).replaceAll('-', '–')} `),
    ];
    for (const each of typed) expect((await ask(each)).body.verdict, each).to.equal('valid');
  });

  it('leads from the form to the address of the number', async () => {
    const { certificate } = await holder();
    const visitor = world().visitor();
    expect((await visitor.get('/verify')).status).to.equal(200);
    const page = await visitor.get(`/verify?code=${certificate.code.toLowerCase()}`);
    expect([page.status, page.path]).to.deep.equal([200, `/verify/${displayCode(certificate.code)}`]);
  });

  it('refuses what cannot be a number, and keeps what was typed', async () => {
    for (const code of ['', 'ABC', 'U'.repeat(16), '<b>"&', 'x'.repeat(5000)]) {
      const page = await world()
        .visitor()
        .get(`/verify?code=${encodeURIComponent(code)}`);
      expect(page.status, code).to.equal(422);
      expect(errorsOn(page.text)).to.deep.equal(['code']);
      expect(page.text).to.not.include('<b>');
    }
    expect((await world().visitor().get('/verify?code=a&code=b')).status).to.equal(422);
    expect((await world().visitor().get('/verify?code[]=a')).status).to.equal(200);
  });

  it('returns 404 and "unknown" for a number that no certificate has, and for what is not a number', async () => {
    for (const code of [
      newCode(),
      displayCode(newCode()),
      'nonsense',
      '..%2f..%2fetc',
      '%3Cscript%3E',
      'null',
    ]) {
      const page = await look(code);
      expect(page.status, code).to.equal(404);
      expect(verdictOn(page.text), code).to.equal('unknown');
      const machine = await ask(code);
      expect([machine.status, machine.body]).to.deep.equal([404, { verdict: 'unknown' }]);
    }
  });

  it('keeps an unknown number in the form, and repeats no other text from the address', async () => {
    const code = displayCode(newCode());
    const page = await look(code);
    expect(page.text).to.include(`value="${code}"`);
    expect(plain(page.text)).to.include(code);
    expect((await look('Call-this-line-now')).text).to.not.include('Call-this-line-now"');
  });

  it('answers "unknown" for a certificate that is not signed yet', async () => {
    const { certificate } = await holder();
    await write('update certificates set issued_at = null where id = $1', [certificate.id]);
    expect((await ask(certificate.code)).body).to.deep.equal({ verdict: 'unknown' });
  });

  it('answers programs in JSON, without a name', async () => {
    const { certificate } = await holder();
    const { status, body, headers } = await ask(certificate.code);
    expect(status).to.equal(200);
    expect(body).to.deep.equal({
      verdict: 'valid',
      code: displayCode(certificate.code),
      course: certificate.facts.course.title,
      subject: certificate.facts.course.certificate?.subject,
      assessed: certificate.facts.course.certificate?.showed,
      issuer: world().issuer.did,
      awarded: new Date(certificate.awardedAt).toISOString().slice(0, 10),
      validUntil: new Date(certificate.validUntil ?? 0).toISOString().slice(0, 10),
      revocationReason: null,
      replaced: [],
    });
    expect(headers.get('content-type')).to.match(/^application\/json/);
    expect(headers.get('cache-control')).to.equal('no-store');
  });

  it('reveals no e-mail address, no full name and no id: page, JSON, name check', async () => {
    const { holder: owner, certificate, cycle } = await holder();
    const visitor = world().visitor();
    const pages = [
      await visitor.get(`/verify/${certificate.code}`),
      await visitor.get(`/verify/${certificate.code}`, { accept: 'application/json' }),
      await send(visitor, `/verify/${displayCode(certificate.code)}`, { name: 'Somebody Else' }),
    ];
    for (const { text, headers } of pages) {
      for (const secret of [owner.email, owner.id, 'Marlow', cycle.id, certificate.id]) {
        expect(text).to.not.include(secret);
      }
      expect(headers.get('x-robots-tag')).to.equal('noindex');
      expect(headers.getSetCookie().join()).to.not.include('session');
    }
  });

  it('says that it is expired, without the name and without a name check', async () => {
    const { certificate } = await holder();
    await expire(certificate);
    expect((await ask(certificate.code)).body.verdict).to.equal('expired');
    const { text } = await look(certificate.code);
    expect(verdictOn(text)).to.equal('expired');
    expect(plain(text)).to.include(said('components.validUntil')).and.not.include('A•• M•••••');
    expect(text).to.not.include('name="name"');
  });

  describe('that was edited in the database', () => {
    it('cannot tell when the signed text was changed', async () => {
      const { certificate } = await holder();
      const forged = certificate.credential.replaceAll('Ada Marlow', 'Eve Marlow');
      await write('update certificates set credential = $1 where id = $2', [forged, certificate.id]);
      expect((await ask(certificate.code)).body.verdict).to.equal('cannot-tell');
      const { text } = await look(certificate.code);
      expect(verdictOn(text)).to.equal('cannot-tell');
      expect(text).to.not.include('A•• M•••••');
    });

    it('cannot tell when the hash was changed with it', async () => {
      const { certificate } = await holder();
      const forged = certificate.credential.replaceAll('Ada Marlow', 'Eve Marlow');
      await write('update certificates set credential = $1, sha256 = $2 where id = $3', [
        forged,
        hashOf(forged),
        certificate.id,
      ]);
      for (const _ of [1, 2]) expect((await ask(certificate.code)).body.verdict).to.equal('cannot-tell');
    });

    it('cannot tell after it was valid before', async () => {
      const { certificate } = await holder();
      expect((await ask(certificate.code)).body.verdict).to.equal('valid');
      await write('update certificates set credential = $1 where id = $2', ['{}', certificate.id]);
      expect((await ask(certificate.code)).body.verdict).to.equal('cannot-tell');
    });

    it('cannot tell when it holds the signed text of another', async () => {
      const [{ certificate }, other] = [await holder(), await holder('Eve Brandt')];
      await write('update certificates set credential = $1, sha256 = $2 where id = $3', [
        other.certificate.credential,
        other.certificate.sha256,
        certificate.id,
      ]);
      expect((await ask(certificate.code)).body.verdict).to.equal('cannot-tell');
    });
  });

  describe('whose row differs from what was signed', () => {
    const forgeries: [string, string, (of: { facts: AwardFacts; now: number }) => string | number][] = [
      ['another name', 'facts', ({ facts }) => JSON.stringify({ ...facts, name: 'Eve Marlow' })],
      [
        'another course',
        'facts',
        ({ facts }) => JSON.stringify({ ...facts, course: { ...facts.course, title: 'Police' } }),
      ],
      ['a later end', 'valid_until', ({ now }) => now + 99 * 365 * 86_400_000],
      ['another day', 'awarded_at', ({ now }) => now + 86_400_000],
    ];
    for (const [name, column, value] of forgeries) {
      it(`cannot tell: ${name}`, async () => {
        const { certificate } = await holder();
        expect((await ask(certificate.code)).body.verdict).to.equal('valid');
        const forged = value({ facts: certificate.facts, now: Date.now() });
        await write(`update certificates set ${column} = $1 where id = $2`, [forged, certificate.id]);
        expect((await ask(certificate.code)).body.verdict).to.equal('cannot-tell');
      });
    }

    it('cannot tell: an expired one with a later end', async () => {
      const { certificate } = await holder();
      await expire(certificate);
      await write('update certificates set valid_until = $1 where id = $2', [
        Date.now() + 1e9,
        certificate.id,
      ]);
      expect((await ask(certificate.code)).body.verdict).to.equal('cannot-tell');
    });
  });

  describe('comparing the name', () => {
    const compare = async (code: string, name: string | string[]) =>
      plain((await send(world().visitor(), `/verify/${code}`, { name })).text);

    it('says "same" to the same name, however it is written', async () => {
      const { certificate } = await holder('Zoë Marlow');
      for (const name of ['Zoë Marlow', 'zoe marlow', 'MARLOW, ZOE', ' Zoe  Marlow ']) {
        expect(await compare(displayCode(certificate.code), name), name).to.include(said('verify.same'));
      }
    });

    it('says "not the same" to another one, and to a part of it', async () => {
      const { certificate } = await holder();
      for (const name of ['Ben Okafor', 'Ada', 'A•• M•••••', '%', '_'.repeat(10)]) {
        expect(await compare(displayCode(certificate.code), name), name).to.include(said('verify.different'));
      }
    });

    it('says neither without a name', async () => {
      const { certificate } = await holder();
      for (const name of ['', '   ', ['Ada Marlow', 'Ada Marlow']]) {
        const words = await compare(displayCode(certificate.code), name);
        expect(words).to.not.include(said('verify.same')).and.not.include(said('verify.different'));
      }
    });

    it('stores and logs nothing of it', async () => {
      const { certificate } = await holder();
      const before = world().logged.length;
      await compare(displayCode(certificate.code), 'Secret Seeker');
      expect(world().logged.slice(before).join()).to.not.include('Seeker').and.not.include(certificate.code);
    });

    it('is refused without a form token, and returns 404 for an unknown number', async () => {
      const { certificate } = await holder();
      const refused = await world().visitor().post(`/verify/${certificate.code}`, { name: 'Ada Marlow' });
      expect(refused.status).to.equal(403);
      expect((await send(world().visitor(), `/verify/${newCode()}`, { name: 'Ada' })).status).to.equal(404);
    });

    it('is rate limited for wrong names, for whoever guesses and nobody else', async () => {
      const { certificate } = await holder();
      const action = `/verify/${displayCode(certificate.code)}`;
      const guesser = visitorFrom('203.0.113.91');
      await useUp(checkLimits.wrongNameByPair, `203.0.113.91 ${certificate.id}`);
      expect((await send(guesser, action, { name: 'Ada Marlow' })).status).to.equal(429);
      const checker = visitorFrom('203.0.113.92');
      for (let tries = 0; tries <= checkLimits.wrongNameByPair.points; tries += 1)
        expect((await send(checker, action, { name: 'Ada Marlow' })).status).to.equal(200);
    });

    it('is rate limited for each certificate, from however many addresses somebody guesses', async () => {
      const { certificate } = await holder();
      await useUp(checkLimits.wrongNameByCertificate, certificate.id);
      const action = `/verify/${displayCode(certificate.code)}`;
      expect((await send(world().visitor(), action, { name: 'X' })).status).to.equal(429);
    });
  });

  it('is the same for people who are signed in', async () => {
    const { certificate } = await holder();
    for (const { browser } of [await ada(), await dina()]) {
      expect(plain((await browser.get(`/verify/${certificate.code}`)).text)).to.include('A•• M•••••');
    }
  });
});
