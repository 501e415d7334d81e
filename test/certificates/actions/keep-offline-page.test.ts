import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { sha256 } from '../../../server/lib/tokens.js';
import { plain } from '../../support/walk.js';
import { ownWorld, world } from '../../support/world.js';
import { buildOffline } from '../offline/held.js';

const FILE = '/verify/offline/safe-passage-verify.html';

describe('the page that checks offline', () => {
  ownWorld();
  let built: string;
  before(() => {
    built = readFileSync(buildOffline().page, 'utf8');
  });

  it('is offered to everybody, with its sum', async () => {
    const visitor = world().visitor();
    expect((await visitor.get('/verify')).text).to.include('href="/verify/offline"');
    const page = await visitor.get('/verify/offline');
    expect(page.status).to.equal(200);
    expect(page.text).to.include(`href="${FILE}"`);
    expect(plain(page.text).replace(/\s/g, '')).to.include(sha256(built));
  });

  it('is saved, never shown as a page of this site', async () => {
    const { headers, text } = await world().visitor().get(FILE);
    expect(text).to.equal(built);
    expect(headers.get('content-disposition')).to.equal('attachment; filename="safe-passage-verify.html"');
  });

  it('asks nothing of any address, and runs its own script only', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(built)?.[1] ?? '';
    expect(policy).to.match(/^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; /);
    expect(built).to.not.match(/\b(src|href)="/);
    expect(built).to.not.match(/\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon/);
  });
});
