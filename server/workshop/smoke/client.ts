/** A response that has been read. */
export interface Page {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Path and query of the page that was reached, redirects followed. */
  readonly path: string;
}

/** A response that the caller did not expect, with the request. */
export class UnexpectedAnswer extends Error {
  constructor(what: string, page: Page) {
    super(`${what}: answered ${page.status} at ${page.path}`);
    this.name = 'UnexpectedAnswer';
  }
}

/**
 * A browser without a screen: it keeps cookies, follows redirects, and fills in only the forms that a page really has. It
 * knows nothing of how the program works.
 */
export class Client {
  readonly base: string;
  readonly #cookies = new Map<string, string>();
  readonly #headers: Readonly<Record<string, string>>;
  last: Page | null = null;

  /** `cookie`: the cookies of a session begun elsewhere, as `name=value; name=value`. `headers` are sent with every request. */
  constructor(base: string, cookie = '', headers: Readonly<Record<string, string>> = {}) {
    this.base = base;
    this.#headers = headers;
    this.#keep(cookie.split('; ').filter(pair => pair.includes('=')));
  }

  /** The cookies, as the browser would send them. */
  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Page> {
    return this.#ask(path, { method: 'GET', headers });
  }

  /** The bytes of a file. Throws `UnexpectedAnswer` unless it is served. */
  async bytes(path: string): Promise<Buffer> {
    const answer = await fetch(new URL(path, this.base), { headers: { cookie: this.cookie } });
    const body = Buffer.from(await answer.arrayBuffer());
    if (answer.status === 200) return body;
    throw new UnexpectedAnswer(path, { status: answer.status, headers: answer.headers, text: '', path });
  }

  /** Submit the form with this action on the current page, with its hidden fields and these. */
  submit(action: string, fields: Record<string, string | readonly string[]> = {}): Promise<Page> {
    const form = formOf(this.last?.text ?? '', action);
    if (!form)
      throw new Error(
        `No form with action ${action} on ${this.last?.path ?? 'no page'} (${this.last?.status ?? 0})`,
      );
    return this.post(action, { ...form.sent, ...fields });
  }

  /** Submit these fields, whatever the current page is. */
  post(
    path: string,
    fields: Record<string, string | readonly string[]>,
    headers: Record<string, string> = {},
  ): Promise<Page> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) {
      for (const each of [value].flat()) body.append(name, each);
    }
    return this.#ask(path, {
      method: 'POST',
      body: body.toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        origin: new URL(this.base).origin,
        ...headers,
      },
    });
  }

  /** Any request, with the cookies; redirects followed. */
  async #ask(path: string, request: RequestInit & { headers: Record<string, string> }): Promise<Page> {
    const answer = await fetch(new URL(path, this.base), {
      ...request,
      redirect: 'manual',
      headers: {
        accept: 'text/html',
        ...this.#headers,
        ...request.headers,
        ...(this.cookie ? { cookie: this.cookie } : {}),
      },
    });
    this.#keep(answer.headers.getSetCookie());
    const to = answer.headers.get('location');
    if (to && answer.status >= 300 && answer.status < 400) {
      const target = new URL(to, new URL(path, this.base));
      if (target.origin === new URL(this.base).origin) return this.get(target.pathname + target.search);
    }
    this.last = { status: answer.status, headers: answer.headers, text: await answer.text(), path };
    return this.last;
  }

  #keep(lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = ''] = line.split(';');
      const [name = '', ...value] = pair.split('=');
      if (/expires=Thu, 01 Jan 1970/i.test(line) || /max-age=0/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value.join('='));
    }
  }
}

/** What a form of a page sends by itself: the value of each hidden field, and all of them where several have one name. */
interface Form {
  readonly hidden: Record<string, string>;
  readonly sent: Record<string, readonly string[]>;
}

/** The form of a page that goes to this address; null where there is none. */
export function formOf(html: string, action: string): Form | null {
  const forms = html.split(/<form\b/).slice(1);
  const found = forms.find(form => attribute(form.slice(0, form.indexOf('>')), 'action') === action);
  if (found === undefined) return null;
  const inside = found.slice(0, found.indexOf('</form>'));
  const sent: Record<string, string[]> = {};
  for (const [input] of inside.matchAll(/<input\b[^>]*type="hidden"[^>]*>/g))
    (sent[attribute(input, 'name') ?? ''] ??= []).push(attribute(input, 'value') ?? '');
  const hidden = Object.fromEntries(
    Object.entries(sent).map(([name, values]) => [name, values.at(-1) ?? '']),
  );
  return { hidden, sent };
}

/** All links of a page whose address matches. */
export const linksIn = (html: string, fits: RegExp): string[] =>
  [...html.matchAll(/(?:href|action)="([^"]*)"/g)]
    .map(([, to]) => unescape(to ?? ''))
    .filter(to => fits.test(to));

/** The choices of a page: field name, value and whether several may be taken. */
export function choicesIn(html: string): { type: string; name: string; value: string }[] {
  return [...html.matchAll(/<input\b[^>]*type="(radio|checkbox)"[^>]*>/g)].map(([input, type]) => ({
    type: type ?? '',
    name: attribute(input, 'name') ?? '',
    value: attribute(input, 'value') ?? '',
  }));
}

/** The selects of a page: field name and the values that may be taken. */
export function selectsIn(html: string): { name: string; values: string[] }[] {
  return [...html.matchAll(/<select\b[^>]*>[\s\S]*?<\/select>/g)].map(([select]) => ({
    name: attribute(select.slice(0, select.indexOf('>')), 'name') ?? '',
    values: [...select.matchAll(/<option\b[^>]*>/g)].map(([option]) => attribute(option, 'value') ?? ''),
  }));
}

/** The names of the boxes of a page that take a text. */
export const textAreasIn = (html: string): string[] =>
  [...html.matchAll(/<textarea\b[^>]*>/g)].map(([box]) => attribute(box, 'name') ?? '');

function attribute(tag: string, name: string): string | null {
  const found = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? null : unescape(found);
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#34': '"', '#39': "'" };
const unescape = (text: string): string =>
  text.replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
