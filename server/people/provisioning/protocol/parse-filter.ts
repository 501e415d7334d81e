import { wrong } from './scim-fault.js';

const OPERATORS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;
type Operator = (typeof OPERATORS)[number];
type Value = string | number | boolean | null;

/** One comparison. `path`: in lower case, with its schema where one is named. */
export interface Comparison {
  readonly kind: 'compare';
  readonly path: string;
  readonly operator: Operator;
  readonly value: Value;
}

/** A filter (RFC 7644, section 3.4.2.2). `within`: a filter over the values of one attribute, as in `emails[type eq "work"]`. */
export type Filter =
  | Comparison
  | { readonly kind: 'present'; readonly path: string }
  | { readonly kind: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'not'; readonly of: Filter };

/** Longer filters than any directory sends. */
const LONGEST = 1_000;
const DEEPEST = 8;

const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*")|([()[\]])|([^\s()[\]"]+))/gy;

/**
 * Reads a filter. A comparison without a value is refused: a library that takes it for "anything" would answer with everybody.
 * Throws `invalidFilter`.
 */
export function parseFilter(text: string): Filter {
  if (text.length > LONGEST) throw wrong('invalidFilter', `A filter can have at most ${LONGEST} characters`);
  const reader = new Reader(tokensOf(text));
  const filter = reader.either('', 0);
  if (reader.next() !== undefined) throw refuse('something is left after its end');
  return filter;
}

const refuse = (why: string) => wrong('invalidFilter', `We cannot read the filter: ${why}`);

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const whole = text.trimEnd();
  while (TOKEN.lastIndex < whole.length) {
    const found = TOKEN.exec(whole);
    if (!found) throw refuse('a quotation mark is missing');
    tokens.push(found[1] ?? found[2] ?? found[3] ?? '');
  }
  return tokens;
}

class Reader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  next = (): string | undefined => this.#tokens[this.#at++];

  /** `or` binds less than `and`. `above`: the attribute in whose brackets this stands, with a dot. */
  either(above: string, depth: number): Filter {
    if (depth > DEEPEST) throw refuse('it is nested too deeply');
    let left = this.#both(above, depth);
    while (this.#takes('or')) left = { kind: 'or', left, right: this.#both(above, depth) };
    return left;
  }

  #both(above: string, depth: number): Filter {
    let left = this.#one(above, depth);
    while (this.#takes('and')) left = { kind: 'and', left, right: this.#one(above, depth) };
    return left;
  }

  #one(above: string, depth: number): Filter {
    if (this.#takes('not')) {
      if (!this.#takes('(')) throw refuse('after "not" comes a bracket');
      return { kind: 'not', of: this.#inBrackets(above, ')', depth) };
    }
    if (this.#takes('(')) return this.#inBrackets(above, ')', depth);
    return this.#comparison(above, depth);
  }

  #inBrackets(above: string, end: ')' | ']', depth: number): Filter {
    const inside = this.either(above, depth + 1);
    if (!this.#takes(end)) throw refuse(`"${end}" is missing`);
    return inside;
  }

  #comparison(above: string, depth: number): Filter {
    const path = above + pathIn(this.next());
    if (this.#takes('[')) {
      const within = this.#inBrackets(`${path}.`, ']', depth);
      const after = this.#tokens[this.#at];
      if (after?.startsWith('.') !== true) return within;
      this.#at += 1;
      return { kind: 'and', left: within, right: this.#operation(path + pathIn(after.slice(1), '.')) };
    }
    return this.#operation(path);
  }

  #operation(path: string): Filter {
    const word = (this.next() ?? '').toLowerCase();
    if (word === 'pr') return { kind: 'present', path };
    const operator = OPERATORS.find(each => each === word);
    if (!operator) throw refuse(`"${word}" is no comparison`);
    return { kind: 'compare', path, operator, value: valueIn(this.next()) };
  }

  #takes(word: string): boolean {
    const takes = this.#tokens[this.#at]?.toLowerCase() === word;
    if (takes) this.#at += 1;
    return takes;
  }
}

const PATH = /^(?:urn:[\w.:-]+:)?[a-z$][\w$-]*(?:\.[a-z$][\w$-]*)?$/i;

function pathIn(token: string | undefined, before = ''): string {
  if (token === undefined || !PATH.test(token)) throw refuse('an attribute is missing');
  return before + token.toLowerCase();
}

/** Values are JSON; some directories write the words of JSON with capitals. */
function valueIn(token: string | undefined): Value {
  if (token === undefined) throw refuse('a comparison has no value');
  const word = token.startsWith('"') ? token : token.toLowerCase();
  try {
    const value: unknown = JSON.parse(word);
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value as Value;
  } catch {
    // Told below.
  }
  throw refuse('a value stands in quotation marks');
}
