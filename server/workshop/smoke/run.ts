import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyCredential } from '../../proof/open-badges/verify.js';
import type { DidDocument } from '../../proof/open-badges/did.js';
import type { Content } from '../../teaching/content/schema/types.js';
import { spoken } from '../../platform/i18n/spoken.js';
import { questionTypes } from '../../teaching/questions/question-types.js';
import { Client, linksIn, UnexpectedAnswer } from './client.js';
import { enrolOverHttp, signIn, signUpOverHttp, takeCourse, type Account, type ReadMail } from './learner.js';

/** What a smoke run needs. */
export interface SmokeOptions {
  readonly base: string;
  readonly course: string;
  readonly content: Content;
  readonly out: string;
  /** How to read mail; null when `learner` is an account that exists already. */
  readonly readMail: ReadMail | null;
  readonly learner: Account | null;
  /** The link that makes the first administrator, an existing administrator, or null. */
  readonly administratorLink: string | null;
  readonly administrator: Account | null;
  readonly say: (line: string) => void;
}

/** A certificate as a stranger sees it. */
interface Earned {
  readonly id: string;
  readonly code: string;
  readonly verifyUrl: string;
  readonly json: Buffer;
  readonly pdf: Buffer;
}

/**
 * Take a learner through the whole course over HTTP, and leave the evidence in `out`. With an administrator, a second
 * learner's certificate is revoked, and a stranger must see that. Throws at the first fault.
 */
export async function smoke(options: SmokeOptions): Promise<void> {
  const { base, out, say, administratorLink } = options;
  const began = performance.now();
  const administrator =
    administratorLink === null ? options.administrator : await makeAdministrator(base, administratorLink);
  if (administrator) say(`administrator ready (${administrator.email})`);

  const learner = options.learner ?? newAccount('Ada Marlow');
  const earned = await earn(options, learner, true);
  await checkOffline(base, earned);
  say('the credential verifies offline, both signatures and the status list');
  await expectVerdict(earned, 'valid');
  say(`a stranger sees "valid" at ${earned.verifyUrl}`);

  if (administrator && options.readMail) {
    const withdrawn = await earn(options, newAccount('Ben Okafor'), false);
    await revokeAs(base, administrator, withdrawn.id);
    await expectVerdict(withdrawn, 'revoked');
    say('another certificate was withdrawn, and a stranger sees "revoked"');
  }

  await leaveProof(out, { base, learner, administrator, earned });
  say(`left certificate.json, certificate.pdf and journey.json in ${out}`);
  say(`done in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

async function makeAdministrator(base: string, link: string): Promise<Account> {
  const account = newAccount('Dina Aziz');
  const browser = new Client(base);
  await browser.get(link);
  const page = await browser.submit('/first-administrator', { ...account });
  if (page.status !== 200) throw new UnexpectedAnswer('making the first administrator', page);
  return account;
}

async function earn(options: SmokeOptions, account: Account, firstWrong: boolean): Promise<Earned> {
  const { base, course, content, readMail, learner, say } = options;
  const browser = new Client(base);
  if (learner === account) await signIn(browser, account);
  else if (readMail) await signUpOverHttp(browser, account, readMail);
  say(`${account.name} signed in (${account.email})`);
  const home = await enrolOverHttp(browser, course);
  const run = await takeCourse(browser, home, { content, firstWrong });
  if (run.failed) {
    expectNoKey(run.failed.text, content);
    say('one quiz was answered wrongly on purpose: the page names what to read again and holds no key');
  }
  say(`${account.name} finished ${run.lessons} lessons and ${run.quizzes} quizzes`);
  return collect(browser, base);
}

async function collect(browser: Client, base: string): Promise<Earned> {
  const wallet = await browser.get('/certificates');
  const href = linksIn(wallet.text, /^\/certificates\/[\da-f-]{36}$/)[0];
  if (!href) throw new UnexpectedAnswer('a wallet without a certificate', wallet);
  const page = await browser.get(href);
  const verifyUrl = linksIn(page.text, /\/verify\/[\w-]+$/).find(link => link.startsWith(base));
  if (!verifyUrl) throw new UnexpectedAnswer('a certificate without its address', page);
  const [json, pdf] = [
    await browser.bytes(`${href}/credential.json`),
    await browser.bytes(`${href}/certificate.pdf`),
  ];
  if (pdf.subarray(0, 5).toString() !== '%PDF-') throw new Error('The PDF is no PDF');
  return { id: href.split('/').at(-1) ?? '', code: verifyUrl.split('/').at(-1) ?? '', verifyUrl, json, pdf };
}

/** Verify as a stranger would who saved three files: the credential, the DID document and the status list. */
async function checkOffline(base: string, { json }: Earned): Promise<void> {
  const text = json.toString();
  const { credentialStatus } = JSON.parse(text) as { credentialStatus: { statusListCredential: string } };
  const stranger = new Client(base);
  const did = JSON.parse((await stranger.bytes('/.well-known/did.json')).toString()) as DidDocument;
  const list = await stranger.bytes(new URL(credentialStatus.statusListCredential).pathname);
  const { verdict, reasons } = await verifyCredential({
    text,
    didDocument: did,
    now: Date.now(),
    statusList: list.toString(),
  });
  if (verdict !== 'valid') throw new Error(`The credential is ${verdict}: ${reasons.join(', ')}`);
}

async function expectVerdict({ verifyUrl }: Earned, verdict: string): Promise<void> {
  const stranger = new Client(new URL(verifyUrl).origin);
  const page = await stranger.get(new URL(verifyUrl).pathname, { accept: 'application/json' });
  const told = (JSON.parse(page.text) as { verdict?: string }).verdict;
  if (told !== verdict) throw new Error(`A stranger should see ${verdict}, and sees ${told ?? 'nothing'}`);
}

async function revokeAs(base: string, administrator: Account, id: string): Promise<void> {
  const browser = new Client(base);
  await signIn(browser, administrator);
  await browser.get(`/certificates/${id}/revocation`);
  const page = await browser.submit(`/certificates/${id}/revocation`, {
    reason: 'issued-in-error',
    note: 'Smoke run',
    sure: 'yes',
  });
  if (page.status !== 200) throw new UnexpectedAnswer('withdrawing a certificate', page);
}

/** Throws where the page of a failed quiz holds the feedback on an option, or on a field of a report. */
function expectNoKey(html: string, content: Content): void {
  const items = content.modules.flatMap(({ items }) => items);
  const explained = items.flatMap(item => questionTypes.of(item).explain(item, {}, spoken));
  const leaked = explained.find(({ feedback }) => html.includes(feedback));
  if (leaked) throw new Error('A failed quiz shows the feedback on an option');
}

async function leaveProof(
  out: string,
  {
    base,
    learner,
    administrator,
    earned,
  }: { base: string; learner: Account; administrator: Account | null; earned: Earned },
): Promise<void> {
  await mkdir(out, { recursive: true });
  const files = { credential: join(out, 'certificate.json'), pdf: join(out, 'certificate.pdf') };
  await writeFile(files.credential, earned.json);
  await writeFile(files.pdf, earned.pdf);
  const login = (account: Account | null) => account && { email: account.email, password: account.password };
  const journey = {
    base,
    learner: login(learner),
    administrator: login(administrator),
    certificateId: earned.id,
    code: earned.code,
    verifyUrl: earned.verifyUrl,
    files,
  };
  await writeFile(join(out, 'journey.json'), `${JSON.stringify(journey, null, 2)}\n`);
}

function newAccount(name: string): Account {
  const word = randomBytes(6).toString('hex');
  return {
    name,
    email: `smoke-${word}@example.org`,
    password: `smoke ${randomBytes(9).toString('base64url')}`,
  };
}
