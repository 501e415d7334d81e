import { Client, formOf, linksIn } from '../../server/workshop/smoke/client.js';
import { signIn, type Account } from '../../server/workshop/smoke/learner.js';
import { fromSomewhere } from '../support/world.js';

const MAIL_JOBS = '/admin/jobs?kind=mail';

/** What the pages for administrators tell, and the one button on them that is needed here. Signs in when asked to. */
export class Office {
  readonly #browser: Client;
  readonly #account: Account;

  constructor(base: string, account: Account) {
    this.#browser = new Client(base, '', fromSomewhere());
    this.#account = account;
  }

  /** The text of a page. Throws unless it is shown. */
  async page(path: string): Promise<string> {
    const page = await this.#browser.get(path);
    if (page.path.startsWith('/sign-in')) {
      await signIn(this.#browser, this.#account);
      return this.page(path);
    }
    if (page.status !== 200) throw new Error(`${path} answered the administrator ${page.status}`);
    return page.text;
  }

  /** The keys of the warnings on the overview. */
  warnings = async (): Promise<string[]> => values(await this.page('/admin'), 'warning');

  /** The mail jobs on the first page of the list, and the forms that try one now: those at work have none. */
  async mailJobs(): Promise<{ listed: number; idle: string[]; text: string }> {
    const text = await this.page(MAIL_JOBS);
    const idle = linksIn(text, /^\/admin\/jobs\/[\w-]+\/attempt$/);
    return { listed: values(text, 'job').length, idle, text };
  }

  /** Presses "Try now" at each of them. Returns how many were listed. */
  async tryMail(): Promise<number> {
    const { listed, idle, text } = await this.mailJobs();
    // One that is done by now answers 404.
    for (const action of idle) await this.#browser.post(action, formOf(text, action)?.hidden ?? {});
    return listed;
  }
}

const values = (html: string, hook: string): string[] =>
  [...html.matchAll(new RegExp(`data-${hook}="([^"]*)"`, 'g'))].map(([, value]) => value ?? '');
