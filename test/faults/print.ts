import type { Fault } from './checks/checks.js';
import { kinds } from './kinds.js';
import type { Report } from './series.js';

const MOST_SHOWN = 20;

/** What a series came to, a line each. */
export function linesOf(report: Report): string[] {
  const { struck, hits, waiting, told, acknowledged, results, certificates, mails, faults, seconds } = report;
  const lost = faults.filter(({ kind }) => kind === 'lost answer').length;
  const { page, start, answer, submission } = waiting;
  return [
    `${happened(struck)}, of which ${hits} with requests in flight`,
    `in flight then: ${start} starts, ${answer} answers, ${submission} submissions, ${page} pages`,
    `acknowledged answers: ${acknowledged}, lost: ${lost}`,
    `learners: ${told.length}, results: ${results}, certificates: ${certificates}${mails === null ? '' : `, mails: ${mails}`}`,
    `signed in again: ${report.signedInAgain}, jobs taken again after a fault: ${report.takenAgain}`,
    `time: ${Math.round(seconds)} s`,
    ...faultLines(faults),
  ];
}

const happened = (struck: Report['struck']): string =>
  [...struck].map(([name, times]) => `${kinds[name].label}: ${times}`).join(', ');

function faultLines(faults: readonly Fault[]): string[] {
  if (faults.length === 0) return ['no fault'];
  const more = faults.length - MOST_SHOWN;
  return [
    `FAULTS: ${faults.length}`,
    ...faults.slice(0, MOST_SHOWN).map(({ kind, round, what }) => `  ${kind}${where(round)}: ${what}`),
    ...(more > 0 ? [`  … and ${more} more`] : []),
  ];
}

const where = (round: number | null): string =>
  round === null ? '' : round === 0 ? ', undisturbed' : `, round ${round}`;
