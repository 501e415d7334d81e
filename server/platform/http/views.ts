import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ViewValues } from '../../../dist/views/values.js';
import type { Translate } from '../i18n/i18n.js';
import type { OwnView } from '../lib/own-view.js';
import { pageTitle } from './page-title.js';
import { filesBelow, readTemplates, type Template } from './templates.js';

/** What a text outside the frame needs: a mail, or a part of a page. */
export interface FragmentShell {
  readonly locale: string;
  readonly dir: 'ltr' | 'rtl';
  readonly t: Translate;
  /** Its reader wants it to look like any course. */
  readonly isDiscreet?: boolean;
  /** The address of those who run the site, or null. */
  readonly contact?: string | null;
}

/** What the head of a page shows of its reader's organisation: colours on a light and on a dark page (#rrggbb), a picture. */
export interface HeadBrand {
  readonly name: string;
  readonly colour: string | null;
  readonly darkColour: string | null;
  readonly logo: { readonly href: string; readonly width: number; readonly height: number } | null;
}

/** What the frame of every page needs besides the page's own values. */
export interface Shell extends FragmentShell {
  /** The content-security-policy nonce of this response. */
  readonly nonce: string;
  /** Makes the token that a form sends back as `_csrf`; a page without a form makes none. */
  readonly csrf: () => string;
  /** Path of the page being shown, without the query. */
  readonly currentPath: string;
  /** The address of those who run the site, or null. */
  readonly contact: string | null;
  /** Where "Leave this page" goes. */
  readonly leaveTo: string;
  readonly brand: HeadBrand | null;
  readonly user: null | {
    readonly name: string;
    readonly isAdministrator: boolean;
    readonly isManager: boolean;
    readonly isInstructor: boolean;
    /** Others use the device, too: pages say who is signed in. */
    readonly isShared: boolean;
    /** The session opens a part of what is theirs, and nothing else. */
    readonly isLimited: boolean;
    /** When the session ends, if no further page is asked for (ms from now), and whether one puts it off. */
    readonly end: { readonly endsIn: number; readonly canStay: boolean } | null;
    /** For how long they may still put off the second factor that their role asks for; null: nothing is asked, or it is not said here. */
    readonly grace: { readonly days: number; readonly lastDay: string } | null;
  };
  /** The session was looked up. A request that fails before that has no known person. */
  readonly isKnown: boolean;
  /** Stands for the person, or `nobody`; null where that is not known, or does not matter. */
  readonly reader: string | null;
  /** To be stored on a device: about nobody, without tokens. */
  readonly isCopy: boolean;
  /** The entry of the navigation that is marked as current: a name that the layout gives its links, or null. */
  readonly nav: string | null;
  /** What the form before this page has done: a word of `done` in the texts. */
  readonly done: string | null;
  /** Puts "Error: " before the title, so that a screen reader says it first. */
  readonly hasErrors: boolean;
}

/** How many pictures are kept: signs and way-marks are of some hundred kinds; charts are of ever new ones. */
const MOST_PICTURES = 1_000;

/** Plain values for a template. Times and dates are given as text, ready to be read. */
export type Values = object;

/** A declared type, as it may be given: nothing in it is changed by a template, and what may be left out may be undefined. */
export type AsGiven<T> = T extends string
  ? T
  : T extends readonly (infer Each)[]
    ? readonly AsGiven<Each>[]
    : T extends object
      ? {
          readonly [Key in keyof T]: Record<never, never> extends Pick<T, Key>
            ? AsGiven<T[Key]> | undefined
            : AsGiven<T[Key]>;
        }
      : T;

/** A template below `views/`, without its ending: `teaching/learning/lesson`. */
export type ViewName = keyof ViewValues;

/** What can be printed in a template; nothing is printed of null and undefined. */
export type Printable = string | number | null | undefined;

/** What every template is given besides its own values. */
interface Included {
  /** The text under a key, its blanks filled with those of these values that it names. */
  t(key: string, blanks?: object): string;
  /** The address of a file under `views/assets`. */
  asset(path: string): string;
  /** The HTML of another template. */
  include<Name extends ViewName>(
    name: Name,
    ...values: Record<never, never> extends ViewValues[Name]
      ? [values?: ViewValues[Name]]
      : [values: ViewValues[Name]]
  ): string;
  include(name: OwnView, values: Values): string;
  /** As `include`, drawn once for all readers of a language: what is seen follows from `of` alone, which never changes. */
  drawnOnce<Name extends ViewName>(of: object, name: Name, values: ViewValues[Name]): string;
}

type Frame<Name> = Included & Omit<Name extends `${string}mails/${string}` ? FragmentShell : Shell, 't'>;
type Over<Own, Base> = Own extends unknown ? Own & Omit<Base, keyof Own> : never;
/** `it`, as a template sees it: its own values, and of the frame what they do not name. */
export type Given<Name extends ViewName> = Over<ViewValues[Name], Frame<Name>>;

/** A file under `views/assets`. Its address holds a hash of all assets, so it can be cached for ever. */
export interface Asset {
  /** For example `fonts/radio-canada.woff2`. */
  readonly path: string;
  /** For example `/assets/0a1b2c3d4e/fonts/radio-canada.woff2`. */
  readonly url: string;
  /** Absolute path on disk. */
  readonly file: string;
}

export interface Views {
  /** A whole page: the template `name` (for example `teaching/learning/lesson`) inside `layout`. Throws on an unknown name. */
  render(name: string, values: Values, shell: Shell): string;
  /** A template alone, without the frame. Throws on an unknown name. */
  renderFragment(name: string, values: Values, shell: FragmentShell): string;
  /** Names of all templates, sorted. */
  readonly names: readonly string[];
  readonly assets: readonly Asset[];
  /** From the path below `views/assets` to the address. */
  readonly assetUrls: ReadonlyMap<string, string>;
  /** Everything below this path, for example `/assets/0a1b2c3d4e`, never changes. */
  readonly assetPrefix: string;
}

/**
 * Read every template under `root` and fingerprint `root/assets`. Called once, at boot; nothing is read
 * from disk afterwards.
 *
 * A template sees one object, `it`: its own values and what `frame` below gives. A partial sees only what
 * `it.include(name, values)` hands it plus the same frame, never the values of its parent.
 */
export function loadViews({ root }: { root: string }): Views {
  const templates = readTemplates(root);
  const { assets, assetPrefix } = fingerprint(join(root, 'assets'));
  const assetUrls = new Map(assets.map(asset => [asset.path, asset.url]));

  const find = (name: string): Template => {
    const template = templates.get(name);
    if (!template) throw new Error(`There is no view "${name}"`);
    return template;
  };
  const asset = (path: string): string => {
    const url = assetUrls.get(path);
    if (!url) throw new Error(`There is no asset "${path}"`);
    return url;
  };
  /** By the name and the values. */
  const pictures = new Map<string, string>();
  const pictureOf = (name: string, draw: Template['draw'], it: object): string => {
    const key = name + JSON.stringify(it);
    const known = pictures.get(key) ?? draw(it);
    if (pictures.size === MOST_PICTURES) pictures.clear();
    pictures.set(key, known);
    return known;
  };
  /** By what it shows, and with it no longer needed. */
  const drawn = new WeakMap<object, Map<string, string>>();

  /** What draws the templates of one page. */
  const drawing = (shell: FragmentShell) => {
    const include = (name: string, own?: Values): string => {
      const { draw, names, isPicture } = find(name);
      const it: Record<string, unknown> = {};
      for (const each of names ?? all) it[each] = frame[each];
      Object.assign(it, own);
      return isPicture ? pictureOf(name, draw, it) : draw(it);
    };
    const drawnOnce = (of: object, name: string, own: Values): string => {
      const { locale, dir, t } = shell;
      const known = drawn.get(of) ?? new Map<string, string>();
      drawn.set(of, known);
      const key = `${name} ${locale} ${dir}`;
      // Nothing of this request is at hand, so nothing of it is kept.
      const html = known.get(key) ?? drawing({ locale, dir, t })(name, own);
      known.set(key, html);
      return html;
    };
    const frame: Record<string, unknown> = { ...shell, asset, include, drawnOnce };
    const all = Object.keys(frame);
    return include;
  };

  return {
    render(name, values, shell) {
      const include = drawing(shell);
      const body = include(name, values);
      // Only these values of the page: others may have the names of the frame's values.
      return include('layout', {
        body,
        title: pageTitle(body),
        noindex: 'noindex' in values && values.noindex,
      });
    },
    renderFragment: (name, values, shell) => drawing(shell)(name, values),
    names: [...templates.keys()].sort(),
    assets,
    assetUrls,
    assetPrefix,
  };
}

function fingerprint(root: string): { assets: Asset[]; assetPrefix: string } {
  const paths = filesBelow(root);
  const hash = createHash('sha256');
  for (const path of paths)
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)));
  const assetPrefix = `/assets/${hash.digest('hex').slice(0, 10)}`;
  const assets = paths.map(path => ({ path, url: `${assetPrefix}/${path}`, file: join(root, path) }));
  return { assets, assetPrefix };
}
