import { readFileSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import { held, type Held } from '../../proof/certificates/offline/held.js';
import { newContext } from '../../support/programs/browser.js';
import { adviceOn, VERDICTS } from '../../../server/proof/certificates/offline/offline-words.js';
import type { VerificationReason } from '../../../server/proof/open-badges/verify.js';
import { inspect } from '../looks/inspect.js';
import { ownWorld } from '../../support/world.js';

const advice = (reason: VerificationReason): string => adviceOn([reason]).join();

/** The kept page, opened from a disk on a computer without a network. */
describe('checking offline', () => {
  ownWorld();
  let path: string;
  let files: Held;
  let context: BrowserContext;
  let page: Page;
  let faults: string[];

  before(async () => {
    files = await held();
    path = files.page;
  });
  after(() => files.close());

  beforeEach(async () => {
    faults = [];
    context = await newContext();
    await context.setOffline(true);
    context.on('console', message => void faults.push(message.text()));
    context.on('weberror', fault => void faults.push(fault.error().message));
    context.on('request', request => {
      if (request.url() !== pathToFileURL(path).href) faults.push(`asked ${request.url()}`);
    });
    page = await context.newPage();
    await page.goto(pathToFileURL(path).href);
  });
  afterEach(async () => {
    expect(faults).to.deep.equal([]);
    await context.close();
  });

  async function check(file: string, did = 'did.json', list: string | null = 'list.json'): Promise<string> {
    await page.getByLabel('The certificate').setInputFiles(files.path(file));
    await page.getByLabel('The issuer’s key document').setInputFiles(files.path(did));
    if (list) await page.getByLabel('The status list (optional)').setInputFiles(files.path(list));
    await page.getByRole('button', { name: 'Check' }).click();
    await page.locator('#title:focus').waitFor();
    return page.locator('#answer').innerText();
  }

  for (const file of ['good.json', 'good.pdf', 'good.png', 'good.svg'])
    it(`finds ${file} valid`, async () => {
      expect(await check(file))
        .to.include(VERDICTS.valid.title)
        .and.include('Ada Marlow')
        .and.include(files.key);
    });

  it('finds files that are altered, expired, revoked or signed with another key', async () => {
    expect(await check('altered.json'))
      .to.include(VERDICTS.tampered.title)
      .and.not.include('Marlow');
    expect((await check('expired.json')).startsWith(VERDICTS.expired.title)).to.equal(true);
    expect((await check('revoked.json')).startsWith(VERDICTS.revoked.title)).to.equal(true);
    expect(await check('good.json', 'wrong.json')).to.include(advice('unknown-key'));
  });

  it('does not call a certificate valid without a status list, or with another file in its place', async () => {
    expect(await check('good.json', 'did.json', null))
      .to.include(VERDICTS['status-unknown'].title)
      .and.include(advice('no-status-list'));
    expect(await check('good.json', 'did.json', 'good.json')).to.include(advice('bad-status-list'));
    const list = JSON.parse(readFileSync(files.path('list.json'), 'utf8')) as { proof: object[] };
    files.write('unsigned.json', JSON.stringify({ ...list, proof: [] }));
    expect(await check('good.json', 'did.json', 'unsigned.json')).to.include(advice('bad-status-list'));
  });

  it('names missing files, and never treats the text of a file as markup', async () => {
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText('Choose a certificate file').waitFor();
    await page.getByText('Choose the issuer’s key document').waitFor();
    await page.locator('#file:focus').waitFor();
    files.write('markup.json', '{"<img src=x onerror=alert(1)>": 1}');
    expect(await check('markup.json', 'did.json', null)).to.include(VERDICTS['not-ours'].title);
  });

  it('works with a keyboard alone, is small, and passes the checks of every page', async () => {
    expect(statSync(path).size).to.be.lessThan(300_000);
    await page.getByLabel('The certificate').setInputFiles(files.path('good.json'));
    await page.getByLabel('The issuer’s key document').setInputFiles(files.path('did.json'));
    await page.getByLabel('The issuer’s key document').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('#title:focus').waitFor();
    await inspect(page, readFileSync(path, 'utf8'));
  });

  it('tells the reader when the browser cannot check signatures', async () => {
    await page.addInitScript("crypto.subtle.generateKey = () => Promise.reject(new Error('unknown'))");
    await page.reload();
    await page.getByText('This browser cannot check the signatures').waitFor();
    expect(await page.getByRole('button', { name: 'Check' }).isDisabled()).to.equal(true);
  });
});
