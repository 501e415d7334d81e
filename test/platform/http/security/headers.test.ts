import { expect } from 'chai';
import { csrfOf } from '../../../people/accounts/browser.js';
import { ada, dina } from '../../../support/people.js';
import { ownWorld, world } from '../../../support/world.js';
import { raw } from '../raw.js';

const policyOf = (headers: Record<string, unknown>): Map<string, string> =>
  new Map(
    String(headers['content-security-policy'])
      .split(';')
      .map(part => part.trim())
      .map(part => [part.split(' ')[0] ?? '', part.split(' ').slice(1).join(' ')]),
  );

describe('the headers of an answer', () => {
  ownWorld();
  const kinds: [string, string, Record<string, string>][] = [
    ['a page', '/', {}],
    ['an error page', '/nothing-here', {}],
    ['a broken address', '/courses/%E0%A4%A', {}],
    ['JSON', '/nothing-here', { accept: 'application/json' }],
    ['a redirect', '/account', {}],
    ['an open document', '/.well-known/did.json', {}],
  ];
  for (const [what, path, headers] of kinds) {
    it(`are set on ${what}`, async () => {
      const answer = await raw(path, { headers });
      expect(answer.headers).to.include({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'permissions-policy':
          'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
      });
      expect(answer.headers).not.to.have.any.keys('x-powered-by', 'server', 'strict-transport-security');
      const policy = policyOf(answer.headers);
      expect(policy.get('default-src')).to.equal("'self'");
      expect(policy.get('script-src')).to.match(/^'nonce-[^']{20,}'$/);
      expect(policy.get('worker-src')).to.equal("'self'");
      expect(policy.get('manifest-src')).to.equal("'self'");
      expect(policy.get('object-src')).to.equal("'none'");
      expect(policy.get('base-uri')).to.equal("'none'");
      expect(policy.get('frame-ancestors')).to.equal("'none'");
      expect(policy.get('form-action')).to.include("'self'").and.not.include('*');
      expect(String(answer.headers['content-security-policy'])).not.to.match(/unsafe-|https?:\s|\*/);
    });
  }

  it('are few on a style sheet, a script and a picture, which load nothing', async () => {
    const { text } = await raw('/');
    const files = [...text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => String(path));
    for (const ending of ['.css', '.js', '.svg']) {
      const path = files.find(file => file.endsWith(ending)) ?? '';
      const { status, headers } = await raw(path);
      expect(status, ending).to.equal(200);
      expect(headers, path).to.include({
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers, path).not.to.have.any.keys('permissions-policy', 'x-frame-options', 'referrer-policy');
    }
  });

  it('keep what is private out of other sites’ pages', async () => {
    const { browser } = await ada();
    for (const path of ['/learning', '/account', '/certificates', '/certificates/unknown.pdf'])
      expect((await browser.get(path)).headers.get('cross-origin-resource-policy'), path).to.equal(
        'same-origin',
      );
  });

  it('have a nonce that is new each time and matches the page’s script', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => raw('/sign-up')));
    const nonces = answers.map(
      ({ headers }) => /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1],
    );
    expect(new Set(nonces).size).to.equal(20);
    answers.forEach(({ text }, index) => {
      expect([...text.matchAll(/<script\b[^>]*nonce="([^"]*)"/g)].map(([, nonce]) => nonce)).to.deep.equal([
        nonces[index],
      ]);
      expect(text.match(/<script\b/g)).to.have.length(1);
    });
  });

  it('allow no inline script or style', async () => {
    const { browser } = await dina();
    for (const path of ['/', '/concern', '/learning', '/account', '/admin', '/courses/volunteers']) {
      const { text } = await browser.get(path);
      expect(text, path).not.to.match(/<[a-z][^>]*\s(?:on\w+|style)=/i);
      expect(text, path).not.to.match(/<style\b|<script\b(?![^>]*\bsrc=)/i);
      expect(text, path).not.to.match(/(?:src|href)="(?:https?:)?\/\/[^"]*\.(?:js|css|woff2?|png|jpg)"/i);
    }
  });

  it('keep private pages and pages with forms out of caches', async () => {
    const { browser } = await ada();
    const own = ['/learning', '/account', '/certificates', '/courses/volunteers', '/nothing-here'];
    for (const path of own)
      expect((await browser.get(path)).headers.get('cache-control'), path).to.equal('no-store');
    for (const path of ['/', '/sign-in', '/sign-up', '/confirm?token=x', '/new-password?token=x']) {
      expect((await raw(path)).headers['cache-control'], path).to.equal('no-store');
    }
    const asJson = await raw('/account', { headers: { accept: 'application/json' } });
    expect(asJson.headers['cache-control']).to.equal('no-store');
  });

  it('keep private pages from search engines', async () => {
    const { browser } = await ada();
    expect((await browser.get('/account')).text).to.include('<meta name="robots" content="noindex">');
    expect((await raw('/verify/7K3M-9QXD-2TFA-W5HN')).headers['x-robots-tag']).to.equal('noindex');
  });

  it('allow other origins only issuer documents', async () => {
    const origin = { origin: 'https://evil.example' };
    for (const path of ['/', '/sign-in', '/healthz', '/nothing-here']) {
      expect((await raw(path, { headers: origin })).headers, path).not.to.have.property(
        'access-control-allow-origin',
      );
    }
    const open = await raw('/.well-known/did.json', { headers: origin });
    expect(open.headers['access-control-allow-origin']).to.equal('*');
    expect(open.headers).not.to.have.any.keys('access-control-allow-credentials', 'set-cookie');
  });
});

describe('the Host header of a request', () => {
  ownWorld();
  const lies = {
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-prefix': '/evil.example',
    forwarded: 'host=evil.example;proto=https',
    'x-original-url': '/admin',
    'x-rewrite-url': '/admin',
    'x-http-method-override': 'DELETE',
  };

  it('is not repeated in a page, a redirect or a header', async () => {
    for (const path of [
      '/',
      '/sign-in',
      '/account',
      '/nothing-here',
      '/verify',
      '/.well-known/did.json',
      '/issuer',
      '/courses/%E0%A4%A',
    ]) {
      const answer = await raw(path, { headers: lies });
      const all = JSON.stringify(answer.headers) + answer.text;
      expect(all, path).not.to.include('evil.example');
      expect(all, path).not.to.include('203.0.113.9');
      expect(answer.headers.location ?? '/', path).to.match(/^\/(?!\/)/);
    }
  });

  it('does not reach mails', async () => {
    const email = `host-${Date.now()}@example.org`;
    const browser = world().visitor();
    const token = csrfOf(await browser.get('/sign-up'));
    const fields = { name: 'Ada', email, password: 'quiet harbour 7 lanterns' };
    const answer = await raw('/sign-up', {
      method: 'POST',
      headers: {
        ...lies,
        cookie: browser.cookie,
        origin: world().base,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ ...fields, _csrf: token }).toString(),
    });
    expect(answer.status).to.equal(303);
    await world().worker.drain();
    const mail = world().mailbox.to(email)[0];
    expect(mail?.text).to.include(`${world().base}/confirm?token=`).and.not.include('evil.example');
  });

  it('does not reach the log', () => {
    expect(world().logged.join('')).not.to.match(/203\.0\.113\.9|evil\.example|127\.0\.0\.1/);
  });
});
