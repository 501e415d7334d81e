import { expect } from 'chai';
import { onNudge } from '../../../server/platform/events/jobs/nudge.js';
import { answerFor } from '../../../server/workshop/smoke/answers.js';
import { Client, linksIn, type Page } from '../../../server/workshop/smoke/client.js';
import { ownContent } from '../../support/content/own-content.js';
import { person, PASSWORD } from '../../support/people.js';
import { said } from '../../support/said.js';
import { signedInHolder } from '../../support/holders.js';
import { countStatements, type Asked } from '../../support/statements.js';
import { readyForQuiz } from '../../support/walk.js';
import { ownWorld, reactToNews, world } from '../../support/world.js';
import { onSqliteOnly } from '../../support/dialect.js';

/** A browser that knows how much was asked for a form before the page that it leads to. */
class CountingClient extends Client {
  readonly #read: () => Asked;
  #redirected: Asked | null = null;

  constructor(cookie: string, read: () => Asked) {
    super(world().base, cookie);
    this.#read = read;
  }

  override get(path: string, headers?: Record<string, string>): Promise<Page> {
    this.#redirected ??= this.#read();
    return super.get(path, headers);
  }

  /** Submits a form of the current page. */
  async costOf(action: string, fields: Parameters<Client['submit']>[1] = {}): Promise<Asked> {
    const before = this.#read();
    this.#redirected = null;
    const page = await this.submit(action, fields);
    expect(page.status, page.path).to.equal(200);
    return less(this.#redirected ?? this.#read(), before);
  }
}

const less = (after: Asked, before: Asked): Asked => ({
  statements: after.statements - before.statements,
  transactions: after.transactions - before.transactions,
});

/**
 * What each step asks of the database: no more than today, so that a loop of reads or a commit too many is noticed. Handing in the
 * last quiz is not among them: how many passes its jobs take depends on which of them end together.
 */
// The same statements run on PostgreSQL; the driver that counts them is SQLite's.
onSqliteOnly.describe('a step of a learner asks the database', () => {
  ownWorld();
  let counting: ReturnType<typeof countStatements>;

  before(() => (counting = countStatements()));
  after(() => counting?.stop());
  beforeEach(async () => {
    await world().worker.drain();
    // Jobs run where a page waits for them.
    onNudge(() => undefined);
  });
  afterEach(reactToNews);

  const expectAtMost = (asked: Asked, statements: number, transactions: number) => {
    // One more: tests offer languages that nobody speaks, so an organisation is asked which is its own.
    expect(asked.statements, 'statements').to.be.at.most(statements + 1);
    expect(asked.transactions, 'transactions').to.be.at.most(transactions);
  };

  const expectPage = async (browser: CountingClient, path: string, statements: number) => {
    const before = counting.read();
    expect((await browser.get(path)).status, path).to.equal(200);
    expectAtMost(less(counting.read(), before), statements, 0);
  };

  it('to sign in', async () => {
    // The chain of accounts is begun with its first event.
    const costToSignIn = async () => {
      const { email } = await person();
      const browser = new CountingClient('', counting.read);
      await browser.get('/sign-in');
      return browser.costOf('/sign-in', { email, password: PASSWORD });
    };
    await costToSignIn();
    // Its counters, the session with its event and its entry in the history, and the counters again.
    expectAtMost(await costToSignIn(), 16, 3);
  });

  it('to finish a lesson, begin a quiz, and answer', async () => {
    const { learner, cycle, start } = await readyForQuiz();
    const browser = new CountingClient(learner.browser.cookie, counting.read);
    const lesson = `/learning/${cycle.id}/modules/trafficking-routes/lessons/00-essentials`;
    await browser.get(lesson);
    expectAtMost(await browser.costOf(`${lesson}/completion`), 4, 1);
    await browser.get(start);
    // One asks whether the organisation has paused its training.
    expectAtMost(await browser.costOf(`${start}/attempts`), 6, 1);
    const [action = ''] = /\/attempts\/[\w-]+\/answers\/1/.exec(browser.last?.text ?? '') ?? [];
    const answer = browser.last ? answerFor(browser.last, ownContent().content, false) : {};
    expectAtMost(await browser.costOf(action, answer), 3, 1);
    // What stands at a quiz in its first attempt is known from the cycle.
    for (const page of [lesson, `/learning/${cycle.id}`]) await expectPage(browser, page, 1);
  });

  it('to hand in a quiz that is passed, with what follows from it', async () => {
    const { learner, start } = await readyForQuiz();
    const browser = new CountingClient(learner.browser.cookie, counting.read);
    await browser.get(start);
    let page = await browser.submit(`${start}/attempts`);
    while (page.path.includes('/questions/')) {
      const [action = ''] = linksIn(page.text, /^\/attempts\/[\w-]+\/answers\/\d+$/);
      page = await browser.submit(action, answerFor(page, ownContent().content, false));
    }
    const [submission = ''] = linksIn(page.text, /^\/attempts\/[\w-]+\/submission$/);
    // One of them asks for its figures to be counted.
    expectAtMost(await browser.costOf(submission), 10, 1);
    expect(browser.last?.text).to.include(said('result.passedModule'));
    // The attempt with its answers, the cycle, and the rulings on its questions.
    await expectPage(browser, browser.last?.path ?? '', 3);
  });

  it('to look at a finished course and its certificate', async () => {
    const { holder, cycle } = await signedInHolder();
    const browser = new CountingClient(holder.browser.cookie, counting.read);
    // The first reads who they are.
    await browser.get('/certificates');
    // The certificates, and the cycles that they are from.
    await expectPage(browser, '/certificates', 2);
    // The cycle, its questions before and after, whether a signature is asked for, and the certificate.
    await expectPage(browser, `/learning/${cycle.id}`, 4);
  });
});

/** Some answer to the question of a page. */
