import { openMarks } from '../certificates/marks.js';
import type { Config } from '../config.js';
import { library } from '../courses/catalogue.js';
import { ownLine } from '../courses/own-line.js';
import { dueLines, isStale } from '../courses/reporting-lines.js';
import { formatDate } from '../i18n/i18n.js';
import { hereIn, spoken } from '../i18n/spoken.js';
import { openOrganisation } from '../organisations/memberships.js';
import { stuckJobs } from './queries.js';

/** One thing that an administrator has to see to. */
export interface Warning {
  /** Names the warning for programs and tests, on the page as `data-warning`: kebab-case, unique, never translated. */
  readonly key: string;
  readonly text: string;
  /** What is known beyond the first sentence, a paragraph each. */
  readonly more?: readonly string[];
  /** The page where it can be put right. */
  readonly link?: { readonly href: string; readonly text: string };
}

/** What a source may ask. `now` is in epoch milliseconds. */
export interface WarningContext {
  readonly config: Config;
  readonly now: number;
}

/**
 * Looks at one concern and returns what is wrong with it, or an empty list. It runs each time the overview is opened, so
 * its cost must not grow with the history: use an index or a bound.
 */
type WarningSource = (context: WarningContext) => Warning[] | Promise<Warning[]>;

/**
 * Everything that an administrator has to see to, in the order in which the overview shows it: the most urgent first.
 * To add a warning, write a `WarningSource` (in this file, or in a file of its own where it needs more than a few lines)
 * and add it to this list. Its texts go to `i18n/en.json`.
 */
const SOURCES: readonly WarningSource[] = [
  missingMarks,
  stuckWork,
  staleOwnLine,
  publicLinesDue,
  mailToFiles,
  developmentSecret,
];

/** All warnings that hold now. Empty when all is well. */
export async function warningsNow(context: WarningContext): Promise<Warning[]> {
  return (await Promise.all(SOURCES.map(async source => source(context)))).flat();
}

function missingMarks({ config }: WarningContext): Warning[] {
  const gap = openMarks(config.dataDir).gap();
  if (gap === null || gap.acceptedAt !== null) return [];
  const date = formatDate(gap.since, hereIn(config.timeZone));
  return [{ key: 'missing-marks', text: spoken('admin.missingMarks', { date }) }];
}

async function stuckWork({ now }: WarningContext): Promise<Warning[]> {
  const { failed, late } = await stuckJobs(now);
  return [
    ...(failed > 0 ? [{ key: 'failed-jobs', text: spoken('admin.failedJobs', { count: failed }) }] : []),
    ...(late > 0 ? [{ key: 'late-jobs', text: spoken('admin.lateJobs', { count: late }) }] : []),
  ];
}

async function staleOwnLine({ now }: WarningContext): Promise<Warning[]> {
  const line = await ownLine((await openOrganisation()).id);
  if (!line || !isStale(line, now)) return [];
  const link = { href: '/admin/reporting-line', text: spoken('ownLine.tab') };
  return [{ key: 'stale-own-line', text: spoken('ownLine.warning'), link }];
}

/** Public help lines that expire soon, or have: then learners see them marked as unconfirmed. */
export async function publicLinesDue({ now }: Pick<WarningContext, 'now'>): Promise<Warning[]> {
  const due = dueLines((await library()).hotlines, now);
  const [first] = due;
  if (!first) return [];
  const date = formatDate(Date.parse(first.until), hereIn('UTC'));
  const count = due.length;
  const text = spoken(first.daysLeft < 0 ? 'publicLines.expired' : 'publicLines.due', { count, date });
  const link = { href: '/admin/reporting-lines', text: spoken('publicLines.tab') };
  return [{ key: 'public-lines', text, link }];
}

function mailToFiles({ config }: WarningContext): Warning[] {
  return config.smtpUrl ? [] : [{ key: 'mail-to-files', text: spoken('admin.noMail') }];
}

function developmentSecret({ config }: WarningContext): Warning[] {
  return config.developmentSecret
    ? [{ key: 'development-secret', text: spoken('admin.developmentKey') }]
    : [];
}
