import type { Content } from '../../teaching/content/schema/types.js';
import { answerFor } from './answers.js';
import { choicesIn, formOf, linksIn, UnexpectedAnswer, type Client, type Page } from './client.js';
import { workThrough } from './work-through.js';

/** The account that a walk uses. */
export interface Account {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** How a walk reads the mail that the server sends. */
export type ReadMail = (address: string) => Promise<string>;

/** Sign up, confirm by the mailed link, and be signed in. */
export async function signUpOverHttp(browser: Client, account: Account, readMail: ReadMail): Promise<void> {
  await browser.get('/sign-up');
  expectPage(await browser.submit('/sign-up', { ...account }), 'signing up', '/sign-up/sent');
  const link = /https?:\/\/[^\s"<]+\/confirm\?token=[\w-]+/.exec(await readMail(account.email))?.[0];
  if (!link) throw new Error('The mail holds no link that confirms the address');
  const { pathname, search } = new URL(link);
  await browser.get(pathname + search);
  const { password } = account;
  expectPage(
    await browser.submit('/confirm', { password }),
    'confirming the address',
    '/learning?confirmed=1',
  );
}

export async function signIn(browser: Client, { email, password }: Account): Promise<void> {
  await browser.get('/sign-in');
  expectPage(await browser.submit('/sign-in', { email, password }), 'signing in', '/learning');
}

/** Enrol in a course. Returns the address of the course home. */
export async function enrolOverHttp(browser: Client, course: string): Promise<string> {
  await browser.get(`/courses/${course}`);
  const page = await browser.submit('/learning', { course });
  if (!/^\/learning\/[\w-]+$/.test(page.path)) throw new UnexpectedAnswer('enrolling', page);
  return page.path;
}

/** The result of a whole course. */
export interface CourseRun {
  readonly lessons: number;
  readonly quizzes: number;
  /** The page shown after one quiz was answered wrongly on purpose, if it was. */
  readonly failed: Page | null;
}

/**
 * Take a course from its first page to the end, always by its next step. The first quiz is answered wrongly on request.
 */
export async function takeCourse(
  browser: Client,
  home: string,
  { content, firstWrong }: { content: Content; firstWrong: boolean },
): Promise<CourseRun> {
  let [lessons, quizzes] = [0, 0];
  let failed: Page | null = null;
  let page = await browser.get(home);
  for (let step = 0; step < 500; step += 1) {
    const next = nextThing(page, home);
    if (!next) return { lessons, quizzes, failed };
    page = await browser.get(next);
    if (next.includes('/lessons/')) {
      page = expectOk(await browser.submit(`${next}/completion`), 'finishing a lesson');
      lessons += 1;
    } else {
      const wrong = firstWrong && failed === null;
      page = await takeQuiz(browser, next, content, wrong);
      if (wrong) {
        failed = page;
        await workThrough(browser, page, content);
      } else quizzes += 1;
    }
    page = await browser.get(home);
  }
  throw new Error('The course does not end');
}

/** Take one quiz from its start page. Returns the result page. */
async function takeQuiz(browser: Client, start: string, content: Content, wrong: boolean): Promise<Page> {
  let page = await browser.get(start);
  const name = linksIn(page.text, /^\/learning\/[\w-]+\/name$/)[0];
  if (name) page = await confirmShownName(browser, name, start);
  page = expectOk(await browser.submit(`${start}/attempts`, jobOn(page)), 'starting a quiz');
  while (page.path.includes('/questions/')) {
    const action = linksIn(page.text, /^\/attempts\/[\w-]+\/answers\/\d+$/)[0];
    if (action) page = expectOk(await browser.submit(action, answerFor(page, content, wrong)), 'answering');
    else page = await leaveCase(browser, page);
  }
  const submission = linksIn(page.text, /^\/attempts\/[\w-]+\/submission$/)[0];
  if (!submission) throw new UnexpectedAnswer('the last look', page);
  return expectOk(await browser.submit(submission), 'handing in');
}

/** The first job that a start page offers, where its course asks. */
function jobOn({ text }: Page): { job?: string } {
  const [asked] = choicesIn(text).filter(({ name }) => name === 'job');
  return asked ? { job: asked.value } : {};
}

/** Before the last quiz, confirm the name on the certificate as it is shown. Ends on the start page. */
export async function confirmShownName(browser: Client, address: string, start: string): Promise<Page> {
  const name = formOf((await browser.get(address)).text, address)?.hidden.shown ?? '';
  const page = expectOk(await browser.submit(address, { name, act: 'confirm' }), 'confirming the name');
  if (page.path !== start) throw new UnexpectedAnswer('confirming the name', page);
  return page;
}

/** Leave a case that has ended, by the link on its page. */
async function leaveCase(browser: Client, page: Page): Promise<Page> {
  const onward = linksIn(page.text, /^\/attempts\/[\w-]+\/(?:questions\/\d+|review)$/).at(-1);
  if (!onward || onward === page.path) throw new UnexpectedAnswer('a question without a form', page);
  return expectOk(await browser.get(onward), 'going on after the case');
}

/** The address behind "Continue" on a course home. */
function nextThing(page: Page, home: string): string | null {
  const panel = /<section class="panel mine" data-next=[\s\S]*?<\/section>/.exec(page.text)?.[0] ?? '';
  return linksIn(panel, new RegExp(`^${home}/`))[0] ?? null;
}

function expectOk(page: Page, what: string): Page {
  if (page.status !== 200) throw new UnexpectedAnswer(what, page);
  return page;
}

function expectPage(page: Page, what: string, path: string): void {
  if (page.status !== 200 || page.path !== path) throw new UnexpectedAnswer(what, page);
}
