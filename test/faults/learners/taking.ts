import type { Content } from '../../../server/teaching/content/schema/types.js';
import { seededRandom, shuffle } from '../../../server/teaching/quizzes/drawing/seeded-random.js';
import { answerFor } from '../../../server/workshop/smoke/answers.js';
import { Client, formOf, linksIn, type Page } from '../../../server/workshop/smoke/client.js';
import { signIn } from '../../../server/workshop/smoke/learner.js';
import { fromSomewhere } from '../../support/world.js';
import type { Learner } from './learners.js';
import { all, Tab, type Reply, type Traffic } from './tab.js';
import type { Told } from './told.js';

export interface Surroundings {
  readonly base: string;
  readonly content: Content;
  readonly traffic: Traffic;
}

const TABS = 2;
/** So often a tab that was behind looks again before something must be wrong. */
const MOST_LOOKS = 30;

/** A learner at their desk: two tabs of one browser, the same quiz in both. */
export class Taking {
  readonly told: Told;
  signedInAgain = false;
  readonly #browser: Client;
  readonly #around: Surroundings;
  readonly #seed: string;
  #tabs: Tab[] = [];

  constructor(learner: Learner, around: Surroundings, { round, seed }: { round: number; seed: string }) {
    this.told = { learner, round, starts: [], answers: [], submissions: [], surprises: [] };
    this.#browser = new Client(around.base, '', fromSomewhere());
    this.#around = around;
    this.#seed = seed;
  }

  async arrive(): Promise<void> {
    await signIn(this.#browser, this.told.learner);
    await this.#openTabs();
  }

  /**
   * Both tabs start the quiz at the same moment, answer everything in an order of their own, questions first
   * wrong, then right, and hand in, each with a double click. Rejects when the server is gone.
   */
  async take(): Promise<void> {
    const ids = await all(this.#tabs.map(tab => this.#start(tab)));
    if (ids.includes('')) return;
    await all(
      this.#tabs.map(async (tab, n) => {
        const attemptId = ids[n] ?? '';
        for (const slot of shuffle(seededRandom(`${this.#seed}:${n}`), await this.#slotsOf(tab, attemptId))) {
          if (!this.#isCase(slot)) await this.#try(tab, { attemptId, slot, wrong: true });
          await this.#settle(tab, attemptId, slot);
        }
      }),
    );
    await all(
      this.#tabs.flatMap((tab, n) => [this.#submit(tab, ids[n] ?? ''), this.#submit(tab, ids[n] ?? '')]),
    );
  }

  /** After the server is back: go on where the learner was, to the result. */
  async finish(): Promise<void> {
    const page = await this.#browser.get(this.#quizPath());
    if (page.path === '/sign-in') {
      this.signedInAgain = true;
      await signIn(this.#browser, this.told.learner);
    }
    await this.#openTabs();
    const [tab] = this.#tabs;
    if (!tab) return;
    const attemptId = this.told.starts[0]?.attemptId ?? (await this.#start(tab));
    const result = `/attempts/${attemptId}`;
    if ((await tab.get(result)).status !== 200) {
      for (const slot of await this.#slotsOf(tab, attemptId)) await this.#settle(tab, attemptId, slot);
      await this.#submit(tab, attemptId);
    }
    const shown = await tab.get(result);
    if (shown.status !== 200) this.#surprise('the result', shown);
  }

  /** Reads what needs no more than reading. */
  async look(): Promise<Page[]> {
    const pages: Page[] = [];
    for (const path of ['/learning', `/learning/${this.told.learner.cycleId}`, this.#quizPath()]) {
      pages.push(await this.#browser.get(path));
    }
    return pages;
  }

  #quizPath(): string {
    const { cycleId, quiz } = this.told.learner;
    return `/learning/${cycleId}/quizzes/${quiz}`;
  }

  async #openTabs(): Promise<void> {
    const page = await this.#browser.get(this.#quizPath());
    const token = /name="_csrf" value="([^"]*)"/.exec(page.text)?.[1] ?? '';
    const { base, traffic } = this.#around;
    const { cookie } = this.#browser;
    this.#tabs = Array.from({ length: TABS }, () => new Tab(base, { cookie, token, traffic }));
  }

  async #start(tab: Tab): Promise<string> {
    const reply = await tab.post('start', `${this.#quizPath()}/attempts`);
    const attemptId = /^\/attempts\/([\w-]+)\/(questions|review)/.exec(reply.location)?.[1];
    if (reply.status === 303 && attemptId) {
      this.told.starts.push({ attemptId, at: reply.at });
      this.#around.traffic.accepted('start');
    } else this.#surprise('starting', reply);
    return attemptId ?? '';
  }

  /** From 1 to the last one, to which the way back from the last look leads. */
  async #slotsOf(tab: Tab, attemptId: string): Promise<number[]> {
    const { text } = await tab.get(`/attempts/${attemptId}/review`);
    const linked = linksIn(text, /\/questions\/\d+$/).map(to => Number(to.split('/').at(-1)));
    return Array.from({ length: Math.max(0, ...linked) }, (_, index) => index + 1);
  }

  /** The final may end with a case, one decision after another, none of which can be taken back. */
  #isCase(slot: number): boolean {
    return slot > this.told.learner.questions;
  }

  /** Answers right, and looks again for as long as the other tab was faster, or the case goes on. */
  async #settle(tab: Tab, attemptId: string, slot: number): Promise<void> {
    for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
      const outcome = await this.#try(tab, { attemptId, slot, wrong: false });
      if (outcome === (this.#isCase(slot) ? 'over' : 'kept')) return;
    }
    this.told.surprises.push(`question ${slot} takes no answer`);
  }

  /** Looks at a question and answers it once. `over`: the case has ended, nothing is asked any more. */
  async #try(
    tab: Tab,
    { attemptId, slot, wrong }: { attemptId: string; slot: number; wrong: boolean },
  ): Promise<'kept' | 'not kept' | 'over'> {
    const path = `/attempts/${attemptId}/questions/${slot}`;
    const page = await tab.get(path);
    const action = `/attempts/${attemptId}/answers/${slot}`;
    const form = formOf(page.text, action);
    if (!form) {
      if (page.status === 200 && this.#isCase(slot)) return 'over';
      this.#surprise(`question ${slot}`, page);
      return 'not kept';
    }
    const seen = { status: page.status, headers: new Headers(), text: page.text, path };
    const fields = { ...form.hidden, ...answerFor(seen, this.#around.content, wrong) };
    const reply = await tab.post('answer', action, fields);
    if (reply.status === 303 && reply.location !== `/attempts/${attemptId}`) {
      const sequence = Number(form.hidden.sequence);
      this.told.answers.push({ attemptId, slot, sequence, fields, at: reply.at });
      this.#around.traffic.accepted('answer');
      return 'kept';
    }
    // Neither is a yes. 409: the other tab was faster. 422: half an answer, or a decision that was overtaken.
    const isExpected = reply.status === 409 || (reply.status === 422 && (wrong || this.#isCase(slot)));
    if (!isExpected) this.#surprise('answering', reply);
    return 'not kept';
  }

  async #submit(tab: Tab, attemptId: string): Promise<void> {
    const reply = await tab.post('submission', `/attempts/${attemptId}/submission`);
    const isTaken = reply.status === 303 && reply.location === `/attempts/${attemptId}`;
    if (isTaken) {
      this.told.submissions.push({ attemptId, at: reply.at });
      this.#around.traffic.accepted('submission');
    } else this.#surprise('handing in', reply);
  }

  #surprise(errand: string, { status, location }: Reply): void {
    this.told.surprises.push(`${errand}: ${status} ${location}`);
  }
}
