import { setTimeout as wait } from 'node:timers/promises';
import { FINAL } from '../../server/teaching/learning/completion.js';
import { Client, type Page } from '../../server/workshop/smoke/client.js';

/** What all learners of a rush asked for. */
export interface Asked {
  /** Milliseconds of each request, redirects included. */
  readonly times: number[];
  /** Requests that met a fault of the server's, as `500 POST /…`. */
  readonly faults: string[];
}

/** A learner who thinks before each step, and waits with the final until `mayHandIn` resolves. */
export class ThinkingClient extends Client {
  /** Milliseconds of thought before a step, on average. */
  think = 0;
  /** When the final was handed in (`performance.now()`). */
  handedInAt = 0;
  readonly #asked: Asked;
  readonly #mayHandIn: () => Promise<void>;
  #isFinal = false;
  #isAsking = false;

  constructor(base: string, address: string, asked: Asked, mayHandIn: () => Promise<void>) {
    super(base, '', { 'x-forwarded-for': address });
    this.#asked = asked;
    this.#mayHandIn = mayHandIn;
  }

  override get(path: string, headers?: Record<string, string>): Promise<Page> {
    return this.#timed(`GET ${path}`, () => super.get(path, headers));
  }

  override async post(...[path, ...rest]: Parameters<Client['post']>): Promise<Page> {
    if (path.endsWith('/attempts')) this.#isFinal = path.endsWith(`/${FINAL}/attempts`);
    if (this.#isFinal && path.endsWith('/submission')) await this.#wait();
    return this.#timed(`POST ${path}`, () => super.post(path, ...rest));
  }

  async #wait(): Promise<void> {
    await this.#mayHandIn();
    this.think = 0;
    this.handedInAt = performance.now();
  }

  /** A redirect is part of the request that led to it: nobody thinks in between. */
  async #timed(request: string, ask: () => Promise<Page>): Promise<Page> {
    if (this.#isAsking) return connected(ask);
    await wait(Math.random() * 2 * this.think);
    const began = performance.now();
    this.#isAsking = true;
    const page = await connected(ask).finally(() => (this.#isAsking = false));
    this.#asked.times.push(performance.now() - began);
    if (page.status >= 500) this.#asked.faults.push(`${page.status} ${request}`);
    return page;
  }
}

/** How many idle connections may have been closed, one after the other. */
const CLOSED = 5;

/** A server may close an idle connection at the moment at which it is used again: then, as browsers do, once more on another one. */
const connected = (ask: () => Promise<Page>, left = CLOSED): Promise<Page> =>
  ask().catch((fault: unknown) => {
    const { code } = ((fault as Error).cause ?? {}) as { code?: string };
    const isClosed = code === 'UND_ERR_SOCKET' || code === 'ECONNRESET';
    return isClosed && left > 0 ? connected(ask, left - 1) : Promise.reject(fault);
  });
