import { fromSomewhere } from '../../support/world.js';

/** A server that is there answers, however busy the machine is (ms). */
const PATIENCE = 180_000;

/** What a request is for. */
export type Errand = 'page' | 'start' | 'answer' | 'submission';

/** The connection broke, or the server is gone: nothing was answered. */
export class Unanswered extends Error {}

/**
 * Waits for every one, also when the first fails: no request to a dead server may be left when the next one
 * begins. Throws the worst: anything rather than `Unanswered`.
 */
export async function all<T>(work: readonly Promise<T>[]): Promise<T[]> {
  const faults = (await Promise.allSettled(work)).flatMap(each =>
    each.status === 'rejected' ? [each.reason as unknown] : [],
  );
  if (faults.length > 0) throw faults.find(fault => !(fault instanceof Unanswered)) ?? faults[0];
  return Promise.all(work);
}

export interface Reply {
  readonly status: number;
  /** Where a redirect goes, path only; empty without. */
  readonly location: string;
  readonly text: string;
  /** When the head of the reply was here: from then on the server has said yes or no (epoch ms). */
  readonly at: number;
}

/** All requests that wait for their reply. */
export class Traffic {
  /** While a fault that the server survives lasts: a 503 is then as good as no answer. */
  mayBeTurnedAway = false;
  readonly #waiting = new Set<{ errand: Errand }>();
  #watch: { errand: Errand; left: number; done: () => void } | null = null;

  get now(): Errand[] {
    return [...this.#waiting].map(({ errand }) => errand);
  }

  /** Resolves as soon as the server has accepted so many more requests of this kind. One caller at a time. */
  until(errand: Errand, times: number): Promise<void> {
    return new Promise(done => (this.#watch = { errand, left: times, done }));
  }

  /** The server said yes to one. */
  accepted(errand: Errand): void {
    if (this.#watch?.errand !== errand) return;
    this.#watch.left -= 1;
    if (this.#watch.left === 0) this.#watch.done();
  }

  async during<T>(errand: Errand, work: Promise<T>): Promise<T> {
    const request = { errand };
    this.#waiting.add(request);
    return work.finally(() => this.#waiting.delete(request));
  }
}

/**
 * One tab of a signed-in browser. Unlike the client of the smoke run it does not follow redirects: a 303 to
 * an answer is the acknowledgement, and whatever breaks afterwards does not take it back.
 */
export class Tab {
  readonly #base: string;
  readonly #traffic: Traffic;
  readonly #headers: Record<string, string>;
  /** Of a form of this session; the same for every tab of the browser. */
  readonly #token: string;

  constructor(base: string, { cookie, token, traffic }: { cookie: string; token: string; traffic: Traffic }) {
    this.#base = base;
    this.#traffic = traffic;
    this.#token = token;
    this.#headers = { ...fromSomewhere(), accept: 'text/html', cookie };
  }

  get(path: string): Promise<Reply> {
    return this.#ask('page', path, { headers: this.#headers });
  }

  post(
    errand: Errand,
    path: string,
    fields: Record<string, string | readonly string[]> = {},
  ): Promise<Reply> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...fields, _csrf: this.#token })) {
      for (const each of [value].flat()) body.append(name, each);
    }
    const headers = { ...this.#headers, 'sec-fetch-site': 'same-origin' };
    return this.#ask(errand, path, { method: 'POST', headers, body });
  }

  #ask(errand: Errand, path: string, request: RequestInit): Promise<Reply> {
    return this.#traffic.during(errand, this.#send(path, request));
  }

  async #send(path: string, request: RequestInit): Promise<Reply> {
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(this.#base + path, { ...request, signal, redirect: 'manual' }).catch(
      (fault: unknown) => {
        throw new Unanswered(`${path}: ${String(fault)}`);
      },
    );
    if (answer.status === 503 && this.#traffic.mayBeTurnedAway) throw new Unanswered(`${path}: 503`);
    const at = Date.now();
    const to = answer.headers.get('location');
    const location = to === null ? '' : new URL(to, this.#base).pathname;
    // A redirect is all head: what breaks off afterwards does not take it back. Half a page is no page.
    const text = await answer.text().catch((fault: unknown) => {
      if (location !== '') return '';
      throw new Unanswered(`${path}: ${String(fault)}`);
    });
    return { status: answer.status, location, text, at };
  }
}
