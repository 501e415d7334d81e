import type { Config } from '../../config.js';

/** One thing that needs an administrator's attention. */
export interface Warning {
  /** Names the warning for programs and tests, on the page as `data-warning`: kebab-case, unique, never translated. */
  readonly key: string;
  readonly text: string;
  /** Further details, one paragraph each. */
  readonly more?: readonly string[];
  /** The page where it can be corrected. */
  readonly link?: { readonly href: string; readonly text: string };
}

/** What a source may use. `now` is in epoch milliseconds. */
export interface WarningContext {
  readonly config: Config;
  readonly now: number;
}

/**
 * Checks one concern and returns its warnings, if any. It runs each time the overview is opened, so its cost must not grow
 * with the history: use an index or a limit.
 */
export type WarningSource = (context: WarningContext) => Warning[] | Promise<Warning[]>;
