import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { offlinePage } from '../../../../../server/proof/certificates/offline/built.js';
import { sha256 } from '../../../../../server/platform/lib/tokens.js';
import { plain } from '../../../../support/pages.js';
import { ownWorld, world } from '../../../../support/world.js';
import { buildOffline } from '../../offline/held.js';

const FILE = '/verify/offline/safe-passage-verify.html';

describe('the page that checks offline', () => {
  ownWorld();
  let built: string;
  before(() => {
    const folder = mkdtempSync(join(tmpdir(), 'offline-'));
    built = readFileSync(buildOffline(folder).page, 'utf8');
    rmSync(folder, { recursive: true });
    if (offlinePage()?.bytes.toString() !== built)
      throw new Error('dist is out of date: run "node server/set-up.mjs build" and test again');
  });

  it('is offered to everybody, with its checksum', async () => {
    const visitor = world().visitor();
    expect((await visitor.get('/verify')).text).to.include('href="/verify/offline"');
    const page = await visitor.get('/verify/offline');
    expect(page.status).to.equal(200);
    expect(page.text).to.include(`href="${FILE}"`);
    expect(plain(page.text).replace(/\s/g, '')).to.include(sha256(built));
  });

  it('is downloaded, and never shown as a page of this site', async () => {
    const { headers, text } = await world().visitor().get(FILE);
    expect(text).to.equal(built);
    expect(headers.get('content-disposition')).to.equal('attachment; filename="safe-passage-verify.html"');
  });

  it('requests nothing from any address, and runs only its own script', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(built)?.[1] ?? '';
    expect(policy).to.match(/^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; /);
    expect(built).to.not.match(/\b(src|href)="/);
    expect(built).to.not.match(/\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon/);
  });
});
