import { join } from 'node:path';
import { projectRoot } from '../../server/config.js';
import { loadContent } from '../../server/teaching/content/load/load.js';
import { Client, linksIn } from '../../server/workshop/smoke/client.js';
import { enrolOverHttp, signUpOverHttp, takeCourse } from '../../server/workshop/smoke/learner.js';
import { mailIn } from '../../server/workshop/smoke/server.js';
import type { Ask } from './processes.js';

/** As a browser asks for a page of ours by a link on another one. */
const GZIP = { 'accept-encoding': 'gzip', 'sec-fetch-site': 'same-origin' };

const COURSE = 'volunteers';

let addresses = 0;

/** A learner who has just signed up, on a server whose data lies in `folder`. */
async function signedUp(base: string, folder: string, name: string): Promise<Client> {
  // Each from an address of their own: one that signs up many is slowed down.
  addresses += 1;
  const browser = new Client(base, '', { 'x-forwarded-for': `10.4.0.${addresses}` });
  const account = { name, email: `${name}@example.org`, password: 'quiet harbour lanterns' };
  await signUpOverHttp(browser, account, address => mailIn(join(folder, 'mail'), address));
  return browser;
}

/** A learner in the first quiz of a course, the address of its question, and of the lesson before it. */
export async function inFirstQuiz(base: string, folder: string, name: string) {
  const browser = await signedUp(base, folder, name);
  const home = await enrolOverHttp(browser, COURSE);
  const lesson = linksIn((await browser.get(home)).text, /\/lessons\//)[0] ?? '';
  await browser.get(lesson);
  const start = await browser.submit(`${lesson}/completion`);
  return { browser, lesson, question: (await browser.submit(`${start.path}/attempts`)).path };
}

/** The pages that a learner with a certificate and one with an open quiz see, on a server whose data lies in `folder`. */
export async function pagesOfLearners(base: string, folder: string) {
  const loaded = loadContent(join(projectRoot, 'modules'));
  if (!loaded.ok) throw new Error('The content has faults');
  const done = await signedUp(base, folder, 'done');
  await takeCourse(done, await enrolOverHttp(done, COURSE), {
    content: loaded.content,
    firstWrong: false,
  });
  const wallet = await done.get('/certificates');
  const certificate = linksIn(wallet.text, /^\/certificates\/[\da-f-]{36}$/)[0] ?? '';
  const verify = linksIn((await done.get(certificate)).text, /\/verify\/\w{4}-/)[0] ?? '';

  const { browser, lesson, question } = await inFirstQuiz(base, folder, 'open');
  const { cookie } = browser;
  return {
    'Home page, signed out': { path: '/' },
    'Home page, signed out, gzip': { path: '/', headers: GZIP },
    'Course page, signed in': { path: lesson.split('/modules/')[0] ?? '', headers: { cookie } },
    'Lesson page, signed in': { path: lesson, headers: { cookie } },
    'Lesson page, signed in, gzip': { path: lesson, headers: { cookie, ...GZIP } },
    'Question page, signed in': { path: question, headers: { cookie } },
    'Verify page': { path: new URL(verify, base).pathname, strangers: true },
    'Certificate PDF': { path: `${certificate}/certificate.pdf`, headers: { cookie: done.cookie } },
  } satisfies Record<string, Ask>;
}
