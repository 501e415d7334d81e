import { foldedWords } from '../../../../platform/lib/text/folding.js';
import { nearestWord } from '../../../../platform/lib/text/spelling.js';
import type { KnownUnit } from './known-people.js';

/** What a row's words for a unit lead to. `near`: what they may have meant. */
export type FoundUnit =
  | { readonly kind: 'found'; readonly id: string }
  | { readonly kind: 'missing'; readonly path: readonly string[] }
  | { readonly kind: 'unknown' | 'closed' | 'several'; readonly near: readonly string[] }
  | { readonly kind: 'deep' };

/** Levels of a tree, and characters of a name, as the tables hold them. */
const [MAX_DEPTH, MAX_NAME] = [8, 200];
const MOST_NEAR = 3;

/**
 * Finds units by their code, by the path of their names ("Europe / FRA"), or by the end of that path where only one unit has
 * it. `makesMissing`: what is unknown is to be made, as a path from the top.
 */
export class UnitNames {
  readonly #byCode = new Map<string, KnownUnit>();
  readonly #byPath = new Map<string, KnownUnit[]>();
  readonly #found = new Map<string, FoundUnit>();
  /** Paths to be made, in the spelling that came first. */
  readonly #made = new Map<string, readonly string[]>();
  readonly #open: readonly KnownUnit[];
  readonly #makesMissing: boolean;

  constructor(units: readonly KnownUnit[], makesMissing: boolean) {
    this.#open = units.filter(({ isClosed }) => !isClosed);
    this.#makesMissing = makesMissing;
    for (const unit of units) {
      if (unit.code !== null) this.#byCode.set(folded(unit.code), unit);
      for (const at of unit.path.keys()) {
        const end = pathKey(unit.path.slice(at));
        this.#byPath.set(end, [...(this.#byPath.get(end) ?? []), unit]);
      }
    }
  }

  /** The unit that a text means. Files repeat themselves, so each text is looked for once. */
  find(text: string): FoundUnit {
    const known = this.#found.get(text) ?? this.#look(text);
    this.#found.set(text, known);
    return known;
  }

  #look(text: string): FoundUnit {
    const path = partsOf(text);
    const { open, all } = this.#named(text, path);
    const [only] = open;
    if (open.length > 1) return { kind: 'several', near: open.slice(0, MOST_NEAR).map(nameOf) };
    if (only) return { kind: 'found', id: only.id };
    if (all.length > 0) return { kind: 'closed', near: this.#near(text) };
    return this.#makesMissing ? this.#below(path) : { kind: 'unknown', near: this.#near(text) };
  }

  /** The units that a text may mean: by code, else by the whole path, else by the end of one. */
  #named(text: string, path: readonly string[]) {
    const byCode = this.#byCode.get(folded(text));
    const all = byCode ? [byCode] : (this.#byPath.get(pathKey(path)) ?? []);
    const whole = all.filter(unit => unit.path.length === path.length);
    return { all, open: (whole.length > 0 ? whole : all).filter(({ isClosed }) => !isClosed) };
  }

  /** The whole path of a unit to be made: below the unit that the beginning of its path names, else from the top. */
  #below(path: readonly string[]): FoundUnit {
    for (let length = path.length - 1; length > 0; length -= 1) {
      const above = this.find(path.slice(0, length).join(' / '));
      if (above.kind === 'found') {
        const { path: names = [] } = this.#open.find(({ id }) => id === above.id) ?? {};
        return this.#make([...names, ...path.slice(length)]);
      }
      if (above.kind === 'closed' || above.kind === 'several') return above;
    }
    return this.#make(path);
  }

  #make(path: readonly string[]): FoundUnit {
    if (path.length > MAX_DEPTH || path.some(name => name.length > MAX_NAME)) return { kind: 'deep' };
    const known = this.#made.get(pathKey(path)) ?? path;
    this.#made.set(pathKey(path), known);
    return { kind: 'missing', path: known };
  }

  #near(text: string): string[] {
    const near: KnownUnit[] = [];
    let rest = this.#open;
    const wanted = folded(partsOf(text).at(-1) ?? text);
    for (let more = true; more && near.length < MOST_NEAR;) {
      const names = rest.flatMap(unit => [folded(unit.code ?? ''), folded(unit.path.at(-1) ?? '')]);
      const word = nearestWord(wanted, names.filter(Boolean), Math.max(1, Math.floor(wanted.length / 3)));
      const found = rest.filter(
        unit => word !== null && [unit.code, unit.path.at(-1)].some(name => folded(name ?? '') === word),
      );
      near.push(...found);
      rest = rest.filter(unit => !found.includes(unit));
      more = found.length > 0;
    }
    return near.slice(0, MOST_NEAR).map(nameOf);
  }
}

const nameOf = ({ code, path }: KnownUnit): string =>
  code ? `${path.join(' / ')} (${code})` : path.join(' / ');

const partsOf = (text: string): string[] =>
  text
    .normalize('NFC')
    .split(/[/>›\\]/)
    .map(part => part.replace(/\s+/g, ' ').trim())
    .filter(Boolean);

const folded = (text: string): string => foldedWords(text).join(' ') || text.trim().toLowerCase();
const pathKey = (path: readonly string[]): string => path.map(folded).join('/');
