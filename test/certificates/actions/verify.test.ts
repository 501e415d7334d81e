import { checkLimits } from '../../../server/certificates/verification/check-limits.js';
import type { AwardFacts } from '../../../server/open-badges/credential.js';
import { expect } from 'chai';
import { hashOf } from '../../../server/open-badges/sign.js';
import { displayCode, newCode } from '../../../server/lib/ids.js';
import { useUp, visitorFrom } from '../../http/security/limits.js';
import { ada, dina } from '../../support/people.js';
import { enterAnew, expire, holder, plain, sealAnew, send, write } from '../../support/walk.js';
import { ownWorld, world } from '../../support/world.js';

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
    expect(words).to.include('Valid').and.include(certificate.facts.course.title).and.include('Test Passage');
    expect(words).to.include('A•• M•••••').and.not.include('Marlow');
    expect(words).to.include(displayCode(certificate.code));
  });

  it('finds it by the code as people type it', async () => {
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

  it('leads from the form to the page of the code', async () => {
    const { certificate } = await holder();
    const visitor = world().visitor();
    expect((await visitor.get('/verify')).status).to.equal(200);
    const page = await visitor.get(`/verify?code=${certificate.code.toLowerCase()}`);
    expect([page.status, page.path]).to.deep.equal([200, `/verify/${displayCode(certificate.code)}`]);
  });

  it('asks again for what cannot be a code, and keeps what was typed', async () => {
    for (const code of ['', 'ABC', 'U'.repeat(16), '<b>"&', 'x'.repeat(5000)]) {
      const page = await world()
        .visitor()
        .get(`/verify?code=${encodeURIComponent(code)}`);
      expect(page.status, code).to.equal(422);
      expect(plain(page.text)).to.include('Enter the 16 letters and numbers of the certificate.');
      expect(page.text).to.not.include('<b>');
    }
    expect((await world().visitor().get('/verify?code=a&code=b')).status).to.equal(422);
    expect((await world().visitor().get('/verify?code[]=a')).status).to.equal(200);
  });

  it('answers 404 and "unknown" to a code that nobody has, and to what is no code', async () => {
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
      expect(plain(page.text)).to.include('No certificate here has this number.');
      const machine = await ask(code);
      expect([machine.status, machine.body]).to.deep.equal([404, { verdict: 'unknown' }]);
    }
  });

  it('keeps the number that nobody has, to be read and mended; of other words in the address nothing', async () => {
    const code = displayCode(newCode());
    const page = await look(code);
    expect(page.text).to.include(`value="${code}"`);
    expect(plain(page.text)).to.include(code);
    expect((await look('Call-this-line-now')).text).to.not.include('Call-this-line-now"');
  });

  it('does not know a certificate that is not signed yet', async () => {
    const { certificate } = await holder();
    await write('update certificates set issued_at = null where id = $1', [certificate.id]);
    expect((await ask(certificate.code)).body).to.deep.equal({ verdict: 'unknown' });
  });

  it('answers machines in JSON, without any name', async () => {
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

  it('gives away no address, no full name and no id: page, JSON, name check', async () => {
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

  it('tells that it is expired, without the name and without a name check', async () => {
    const { certificate } = await holder();
    await expire(certificate);
    expect((await ask(certificate.code)).body.verdict).to.equal('expired');
    const { text } = await look(certificate.code);
    expect(plain(text))
      .to.include('Not valid')
      .and.include('It was valid until')
      .and.include('Valid until')
      .and.not.include('A•• M•••••');
    expect(text).to.not.include('name="name"');
  });

  describe('that was tampered with in the database', () => {
    it('cannot tell when the signed text was changed', async () => {
      const { certificate } = await holder();
      const forged = certificate.credential.replaceAll('Ada Marlow', 'Eve Marlow');
      await write('update certificates set credential = $1 where id = $2', [forged, certificate.id]);
      expect((await ask(certificate.code)).body.verdict).to.equal('cannot-tell');
      const words = plain((await look(certificate.code)).text);
      expect(words).to.include('We cannot tell now').and.not.include('A•• M•••••');
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

    it('cannot tell after it was seen to be good', async () => {
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

  describe('whose row says something else than what was signed', () => {
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
        expect(await compare(displayCode(certificate.code), name), name).to.include('Same. This is the name');
      }
    });

    it('says "not the same" to another one, and to a part of it', async () => {
      const { certificate } = await holder();
      for (const name of ['Ben Okafor', 'Ada', 'A•• M•••••', '%', '_'.repeat(10)]) {
        expect(await compare(displayCode(certificate.code), name), name).to.include('Not the same.');
      }
    });

    it('says nothing to no name', async () => {
      const { certificate } = await holder();
      for (const name of ['', '   ', ['Ada Marlow', 'Ada Marlow']]) {
        const words = await compare(displayCode(certificate.code), name);
        expect(words).to.not.include('This is the name').and.not.include('Not the same.');
      }
    });

    it('keeps nothing of it', async () => {
      const { certificate } = await holder();
      const before = world().logged.length;
      await compare(displayCode(certificate.code), 'Secret Seeker');
      expect(world().logged.slice(before).join()).to.not.include('Seeker').and.not.include(certificate.code);
    });

    it('is refused without the token of a page, and unknown for an unknown code', async () => {
      const { certificate } = await holder();
      const refused = await world().visitor().post(`/verify/${certificate.code}`, { name: 'Ada Marlow' });
      expect(refused.status).to.equal(403);
      expect((await send(world().visitor(), `/verify/${newCode()}`, { name: 'Ada' })).status).to.equal(404);
    });

    it('is slowed down by wrong names, for whoever guesses and nobody else', async () => {
      const { certificate } = await holder();
      const action = `/verify/${displayCode(certificate.code)}`;
      const guesser = visitorFrom('203.0.113.91');
      await useUp(checkLimits.wrongNameByPair, `203.0.113.91 ${certificate.id}`);
      expect((await send(guesser, action, { name: 'Ada Marlow' })).status).to.equal(429);
      const checker = visitorFrom('203.0.113.92');
      for (let tries = 0; tries <= checkLimits.wrongNameByPair.points; tries += 1)
        expect((await send(checker, action, { name: 'Ada Marlow' })).status).to.equal(200);
    });

    it('is slowed down for one certificate, from however many places somebody guesses', async () => {
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
