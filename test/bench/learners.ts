import { join } from 'node:path';
import { projectRoot } from '../../server/config.js';
import { loadContent } from '../../server/courses/content/load/load.js';
import { Client, linksIn } from '../../server/smoke/client.js';
import { enrolOverHttp, signUpOverHttp, takeCourse } from '../../server/smoke/learner.js';
import { mailIn } from '../../server/smoke/server.js';
import type { Ask } from './processes.js';

/** As a browser asks for a page of ours by a link on another one. */
const GZIP = { 'accept-encoding': 'gzip', 'sec-fetch-site': 'same-origin' };

/** One learner with a certificate and one with an open quiz, on a server whose data lies in `folder`; and the pages they see. */
export async function twoLearners(base: string, folder: string) {
  const loaded = loadContent(join(projectRoot, 'modules'));
  if (!loaded.ok) throw new Error('The content has faults');
  const readMail = (address: string) => mailIn(join(folder, 'mail'), address);
  const account = (name: string) => ({
    name,
    email: `${name}@example.org`,
    password: 'quiet harbour lanterns',
  });
  const done = new Client(base);
  await signUpOverHttp(done, account('done'), readMail);
  await takeCourse(done, await enrolOverHttp(done, 'volunteers'), {
    content: loaded.content,
    firstWrong: false,
  });
  const wallet = await done.get('/certificates');
  const certificate = linksIn(wallet.text, /^\/certificates\/[\da-f-]{36}$/)[0] ?? '';
  const verify = linksIn((await done.get(certificate)).text, /\/verify\/\w{4}-/)[0] ?? '';

  const browser = new Client(base);
  await signUpOverHttp(browser, account('open'), readMail);
  const home = await enrolOverHttp(browser, 'volunteers');
  const lesson = linksIn((await browser.get(home)).text, /\/lessons\//)[0] ?? '';
  await browser.get(lesson);
  const start = await browser.submit(`${lesson}/completion`);
  const question = (await browser.submit(`${start.path}/attempts`)).path;
  const cookie = browser.cookie;
  return {
    browser,
    question,
    asks: {
      'Home page, signed out': { path: '/' },
      'Home page, signed out, gzip': { path: '/', headers: GZIP },
      'Lesson page, signed in': { path: lesson, headers: { cookie } },
      'Lesson page, signed in, gzip': { path: lesson, headers: { cookie, ...GZIP } },
      'Question page, signed in': { path: question, headers: { cookie } },
      'Verify page': { path: new URL(verify, base).pathname, strangers: true },
      'Certificate PDF': { path: `${certificate}/certificate.pdf`, headers: { cookie: done.cookie } },
    } satisfies Record<string, Ask>,
  };
}
