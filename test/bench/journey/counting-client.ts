import { Client, type Page } from '../../../server/workshop/smoke/client.js';
import { FINAL } from '../../../server/teaching/learning/completion.js';
import type { Counted } from '../processes.js';

/** CPU microseconds, SQL statements, transactions that write, and the commits that these shared. */
export interface Cost {
  readonly micros: number;
  readonly statements: number;
  readonly transactions: number;
  readonly commits: number;
}

/** What one request cost, with all the work that followed from it. */
export interface Step extends Cost {
  readonly name: string;
}

/** Which step of a journey a request is; the first that fits. */
const NAMES: readonly (readonly [request: RegExp, name: string])[] = [
  [/^POST \/sign-in$/, 'Sign-in'],
  [/^POST \/learning$/, 'Course begun'],
  [/^GET \/learning\/[\w-]+$/, 'Course page'],
  [/^GET .*\/lessons\/[\w-]+$/, 'Lesson page'],
  [/^POST .*\/completion$/, 'Lesson finished'],
  [/^POST .*\/attempts$/, 'Quiz started'],
  [/^GET .*\/questions\/\d+$/, 'Question page'],
  [/^POST .*\/answers\/\d+$/, 'Answer'],
  [/^GET \/attempts\/[\w-]+$/, 'Result page'],
  [/^GET .*\/quizzes\/[\w-]+$/, 'Quiz page'],
  [/^GET .*\/review$/, 'Last look'],
  [/^GET .*\.pdf$/, 'PDF'],
  [/^GET \/verify\//, 'Check'],
];

/** How long a server is idle before its work counts as done (ms): signing a certificate asks nothing of the database for a while. */
const [SHORT, LONG] = [4, 40];

/** A client that reads, after each request, what its server did for it. */
export class CountingClient extends Client {
  readonly steps: Step[] = [];
  readonly #server: Counted;
  readonly #seen = new Set<string>();
  #before: Cost | null = null;
  /** The request that is under way, or whose work goes on. */
  #request: string | null = null;
  /** The quiz that was started last. */
  #quiz = '';

  constructor(server: Counted, headers: Readonly<Record<string, string>>) {
    super(server.base, '', headers);
    this.#server = server;
  }

  /** Steps are counted from now on. */
  async begin(): Promise<void> {
    this.#before = await this.#server.read(LONG);
  }

  override get(path: string, headers?: Record<string, string>): Promise<Page> {
    return this.#counted(`GET ${path}`, () => super.get(path, headers));
  }

  override bytes(path: string): Promise<Buffer> {
    return this.#counted(`GET ${path}`, () => super.bytes(path));
  }

  override post(
    path: string,
    fields: Record<string, string | readonly string[]>,
    headers?: Record<string, string>,
  ): Promise<Page> {
    return this.#counted(`POST ${path}`, () => super.post(path, fields, headers));
  }

  async #counted<T>(request: string, ask: () => Promise<T>): Promise<T> {
    // A redirect leads here from inside another request, which has been answered.
    await this.#end();
    this.#request = request;
    const answer = await ask();
    await this.#end();
    return answer;
  }

  async #end(): Promise<void> {
    const [before, request] = [this.#before, this.#request];
    if (!before || !request) return;
    this.#request = null;
    const now = await this.#server.read(request.endsWith('/submission') ? LONG : SHORT);
    this.#before = now;
    this.steps.push({
      name: this.#nameOf(request),
      micros: now.micros - before.micros,
      statements: now.statements - before.statements,
      transactions: now.transactions - before.transactions,
      commits: now.commits - before.commits,
    });
  }

  #nameOf(request: string): string {
    this.#quiz = /\/quizzes\/([\w-]+)\/attempts$/.exec(request)?.[1] ?? this.#quiz;
    if (request.endsWith('/submission')) return this.#quiz === FINAL ? 'Hand-in, final' : 'Hand-in, practice';
    const name = NAMES.find(([pattern]) => pattern.test(request))?.[1] ?? 'Other pages';
    if (!/^(PDF|Check)$/.test(name)) return name;
    const isFirst = !this.#seen.has(request);
    this.#seen.add(request);
    return `${name}, ${isFirst ? 'first' : 'again'}`;
  }
}
