import { doubtSummary } from '../../proof/certificates/verification/doubts.js';
import { openCheckpoints } from '../../proof/certificates/ledger/checkpoints.js';
import { library } from '../../teaching/courses/catalogue.js';
import { isReadLongAgo } from '../../teaching/content/regulation-age.js';
import { dueStatements } from '../../teaching/content/fact-expiry.js';
import { placesOf } from '../../teaching/help/own-hotlines/hotline-places.js';
import { everyOwnHotline } from '../../teaching/help/own-hotlines/own-hotline.js';
import { dueHotlines, isStale } from '../../teaching/help/hotlines.js';
import { formatDate } from '../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../platform/i18n/spoken.js';
import { daysLeft } from '../../platform/lib/days.js';
import { displayCode } from '../../platform/lib/ids.js';
import { findOrganisation } from '../../people/organisations/memberships.js';
import { clockHeld, doubtfulClock } from './clock-warnings.js';
import type { Warning, WarningContext, WarningSource } from './warning-source.js';
import {
  backupOverdue,
  changesToJudge,
  contentNotPublished,
  courseRequestsWaiting,
  erasuresWaiting,
  keysBeingReplaced,
  nameRequestsWaiting,
} from './upkeep-warnings.js';
import { mailInTrouble, schedulerStopped, workInTrouble } from './work-warnings.js';

/**
 * All sources, in the order in which the overview shows their warnings: the most urgent first.
 * To add a warning, write a `WarningSource` (in this file, or in another where it needs more than a few lines)
 * and add it to this list. Its texts go to `en.json` in this folder.
 */
const SOURCES: readonly WarningSource[] = [
  missingMarks,
  doubtfulCertificates,
  clockHeld,
  doubtfulClock,
  schedulerStopped,
  mailInTrouble,
  workInTrouble,
  contentNotPublished,
  keysBeingReplaced,
  backupOverdue,
  staleOwnLines,
  publicLinesDue,
  factsDue,
  rulesReadLongAgo,
  erasuresWaiting,
  nameRequestsWaiting,
  courseRequestsWaiting,
  changesToJudge,
  mailToFiles,
  developmentSecret,
];

/** All current warnings. */
export async function warningsNow(context: WarningContext): Promise<Warning[]> {
  return (await Promise.all(SOURCES.map(async source => source(context)))).flat();
}

function missingMarks({ config }: WarningContext): Warning[] {
  const { gap, problem } = gapIn(config);
  if (problem !== null)
    return [{ key: 'marks-unreadable', text: spoken('admin.marksUnreadable', { problem }) }];
  if (gap === null || gap.acceptedAt !== null) return [];
  const date = formatDate(gap.since, hereIn(config.timeZone));
  return [{ key: 'missing-marks', text: spoken('admin.missingMarks', { date }) }];
}

/** Nobody may read the folder any more: the page that says so must not fail with it. */
function gapIn({ dataDir }: WarningContext['config']) {
  try {
    return { gap: openCheckpoints(dataDir).gap(), problem: null };
  } catch (fault) {
    return { gap: null, problem: fault instanceof Error ? fault.message : String(fault) };
  }
}

/** Certificates that, when somebody checked them, differed from what was signed. */
async function doubtfulCertificates(): Promise<Warning[]> {
  const found = await doubtSummary();
  if (!found) return [];
  const code = displayCode(found.code);
  const link = { href: `/verify/${code}`, text: spoken('admin.warnings.doubtsSee', { code }) };
  const text = spoken('admin.warnings.doubts', { count: Number(found.count) });
  return [{ key: 'doubtful-certificates', text, more: [spoken('admin.warnings.doubtsMore')], link }];
}

/** Of every organisation: its own administrators see it on its page, and may not look for months. */
async function staleOwnLines({ now }: WarningContext): Promise<Warning[]> {
  const stale = (await everyOwnHotline()).filter(({ line }) => isStale(line, now));
  const places = await placesOf(stale.slice(0, MOST_LINES), (await library()).hotlines);
  return Promise.all(
    places.map(async ({ organisationId, part, words: place }) => {
      const organisation = (await findOrganisation(organisationId))?.name ?? '';
      const href = `/organisations/${organisationId}/settings/reporting-lines/${part}`;
      const text = spoken('ownLine.warning', { organisation, place });
      return {
        key: `stale-own-line-${organisationId}-${part}`,
        text,
        link: { href, text: spoken('ownLine.see') },
      };
    }),
  );
}

/** The overview names so many lines; the others follow once these are checked. */
const MOST_LINES = 5;

/** Public hotlines that expire soon or have expired; then learners see them marked as unconfirmed. */
export async function publicLinesDue({ now }: Pick<WarningContext, 'now'>): Promise<Warning[]> {
  const due = dueHotlines((await library()).hotlines, now);
  const [first] = due;
  if (!first) return [];
  const date = formatDate(Date.parse(first.until), hereIn('UTC'));
  const count = due.length;
  const text = spoken(first.daysLeft < 0 ? 'publicLines.expired' : 'publicLines.due', { count, date });
  const link = { href: '/admin/reporting-lines', text: spoken('publicLines.tab') };
  return [{ key: 'public-lines', text, link }];
}

/** Statements that expire soon or have expired; then learners see them as not confirmed, or not at all. */
async function factsDue({ now }: Pick<WarningContext, 'now'>): Promise<Warning[]> {
  const due = dueStatements(await library(), now);
  const [first] = due;
  if (!first) return [];
  const date = formatDate(Date.parse(first.expires), hereIn('UTC'));
  const key = daysLeft(first.expires, now) < 0 ? 'admin.warnings.factsExpired' : 'admin.warnings.factsDue';
  const more = due.map(({ id, owner }) => [id, owner].filter(Boolean).join(' · '));
  return [{ key: 'facts-due', text: spoken(key, { count: due.length, date }), more }];
}

/** Rules whose sources nobody has read for a year: reports and pages still show them, with the day of the reading. */
async function rulesReadLongAgo({ now }: Pick<WarningContext, 'now'>): Promise<Warning[]> {
  const old = (await library()).regulations.rules.filter(rule => isReadLongAgo(rule, now));
  if (old.length === 0) return [];
  const more = [old.map(({ cite }) => cite).join(' · ')];
  return [{ key: 'rules-read', text: spoken('admin.warnings.rulesRead', { count: old.length }), more }];
}

function mailToFiles({ config }: WarningContext): Warning[] {
  return config.smtpUrl ? [] : [{ key: 'mail-to-files', text: spoken('admin.noMail') }];
}

function developmentSecret({ config }: WarningContext): Warning[] {
  return config.developmentSecret
    ? [{ key: 'development-secret', text: spoken('admin.developmentKey') }]
    : [];
}
