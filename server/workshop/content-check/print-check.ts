import { textTable } from '../../platform/lib/text/text-table.js';
import { percent } from './gates/measure.js';
import { wantedCases } from './case-rows.js';
import { languageLines, languageTable } from './language/print-language.js';
import { wantedEssentials } from './lessons.js';
import type { CheckReport } from './check.js';
import type { Fault } from '../../teaching/content/schema/types.js';

/** The report for a person at a terminal. For machines, print it as JSON. */
export function printCheck(report: CheckReport): string {
  return [
    ...report.courses.map(courseTable),
    section('Banks', bankTable(report)),
    section(caseTitle(report), caseTable(report)),
    section(lessonTitle(report), lessonTable(report)),
    ...(report.packs.length > 0
      ? [
          section(
            `Country packs: ${report.packs.length}, reviewed by nobody: ${report.unreviewedPacks}`,
            packTable(report),
          ),
        ]
      : []),
    ...report.gates.map(gateTable),
    ...(report.missing.length > 0 ? [`Modules not written yet: ${report.missing.join(', ')}`] : []),
    `Facts that have no source but this course: ${report.ownFacts.join(', ') || 'none'}`,
    printLanguage(report),
    section(`Warnings: ${report.warnings.length}`, report.warnings.map(printFault).join('\n')),
    section(`Faults: ${report.faults.length}`, report.faults.map(printFault).join('\n')),
  ].join('\n\n');
}

/** The language alone: totals, and every sentence if `all`; what fails is among the faults too. */
export function printLanguage({ language, held }: CheckReport, all = false): string {
  const { failing, open } = language;
  const parts = [languageTable(language, held), all ? languageLines([...failing, ...open]) : ''];
  return section(
    `Language: ${failing.length} to mend, ${open.length} held or reported`,
    parts.filter(part => part !== '').join('\n'),
  );
}

/** One finding as `file:line problem → fix`. */
const printFault = ({ file, line, problem, fix }: Fault): string => `${file}:${line}  ${problem} → ${fix}`;

const section = (title: string, body: string): string => (body === '' ? title : `${title}\n${body}`);

type CourseRow = CheckReport['courses'][number];

function minutesText({ minutes, budget }: Pick<CourseRow, 'minutes' | 'budget'>): string {
  const { lessons, quizzes, final, total } = minutes;
  const parts = `lessons ${lessons.toFixed(1)} + quizzes ${quizzes.toFixed(1)} + final ${final.toFixed(1)}`;
  return `${total.toFixed(1)} min of ${budget.min} to ${budget.max} (${parts})`;
}

function courseTable({ course, quizzes, renewal, unclaimed, ...whole }: CourseRow): string {
  const rows = quizzes.map(row => [
    row.name,
    row.depth,
    row.draw,
    row.pass,
    row.pool,
    row.ratio.toFixed(1),
    row.critical,
  ]);
  return section(
    [
      `${course}: ${minutesText(whole)}`,
      ...(renewal ? [`renewal: ${minutesText(renewal)}`] : []),
      ...(unclaimed ? [`points not claimed: ${unclaimed.join(', ') || 'none'}`] : []),
    ].join('\n'),
    textTable(['quiz', 'depth', 'draw', 'pass', 'pool', 'ratio', 'critical'], rows),
  );
}

function bankTable({ banks }: CheckReport): string {
  return textTable(
    ['bank', 'items', 'ess.', 'critical', 'innocent', 'keys', 'χ²', 'longest', 'objectives (essentials/all)'],
    banks.map(row => [
      row.bank,
      row.items,
      row.essentials,
      row.critical,
      percent(row.noConcern),
      row.keys.join('/'),
      row.chiSquare.toFixed(1),
      percent(row.longestKey),
      row.objectives.map(({ id, essentials, all }) => `${id} ${essentials}/${all}`).join(' '),
    ]),
  );
}

function caseTitle({ cases }: CheckReport): string {
  const { of, branching, needNoReport } = wantedCases;
  const branches = cases.filter(row => row.branches).length;
  const none = cases.filter(row => row.needsNoReport).length;
  return `Cases: ${cases.length}, branching: ${branches} (${branching} of ${of} wanted), no report needed: ${none} (${needNoReport} of ${of} wanted)`;
}

function caseTable({ cases }: CheckReport): string {
  return textTable(
    ['case', 'of', 'scenes', 'decisions', 'branches', 'no report', 'keys', 'longest', 'endings'],
    cases.map(({ id, place, scenes, decisions: { least, most }, ...row }) => [
      id,
      place,
      scenes,
      least === most ? least : `${least} to ${most}`,
      row.branches ? 'yes' : 'no',
      row.needsNoReport ? 'yes' : 'no',
      row.keys.join('/'),
      percent(row.longestKey),
      row.endings.join(' '),
    ]),
  );
}

function lessonTitle({ lessons }: CheckReport): string {
  const { words, telegrams } = wantedEssentials;
  const essentials = lessons.filter(({ lesson }) => lesson.startsWith('00-'));
  const sized = essentials.filter(row => row.words >= words.min && row.words <= words.max);
  const told = essentials.filter(row => row.telegrams <= telegrams);
  return (
    `Lessons: ${lessons.length}. Essentials: ${essentials.length}, of ${words.min} to ${words.max} words: ${sized.length}, ` +
    `with at most ${percent(telegrams)} of sentences of five words or fewer: ${told.length}`
  );
}

function lessonTable({ lessons }: CheckReport): string {
  return textTable(
    ['module', 'lesson', 'words', 'min', 'grade', 'longest', 'telegrams'],
    lessons.map(row => [
      row.module,
      row.lesson,
      row.words,
      row.minutes.toFixed(1),
      row.grade.toFixed(1),
      row.longest,
      percent(row.telegrams),
    ]),
  );
}

function packTable({ packs }: CheckReport): string {
  return textTable(
    ['pack', 'statements', 'not confirmed', 'sources', 'read on', 'reviewed by'],
    packs.map(row => [
      row.pack,
      row.statements,
      row.unconfirmed,
      row.sources,
      row.checkedOn,
      row.reviewedBy.join(', ') || 'nobody',
    ]),
  );
}

function gateTable({ edition, measures }: CheckReport['gates'][number]): string {
  return section(
    `Gates, edition ${edition}${edition === 1 ? ' (reported, never failed)' : ''}`,
    textTable(
      ['gate', 'of', 'items', 'figure', 'limit', 'verdict'],
      measures.map(({ gate, of, n, figure, limit, verdict }) => [gate, of, n, figure, limit, verdict]),
    ),
  );
}
