import type { BankRow } from './bank-findings.js';
import { checkBanks } from './bank-findings.js';
import type { CaseRow } from './case-rows.js';
import { caseRows } from './case-rows.js';
import { checkCards } from './card-findings.js';
import { checkClaimedSeeds } from './claimed-seeds.js';
import type { CourseRow } from './courses.js';
import { checkCourses, missingModules } from './courses.js';
import { checkGates } from './gate-findings.js';
import type { LessonRow } from './lessons.js';
import { checkExposure } from './exposure-findings.js';
import { checkComparableForms } from './comparable-forms.js';
import { checkFinalCases } from './final-cases.js';
import { checkJobPools } from './job-pools.js';
import { checkLessons } from './lessons.js';
import type { PackRow } from './packs.js';
import { checkPacks } from './packs.js';
import type { JudgedLanguage } from '../language/judge-language.js';
import type { LanguageText } from '../language/language-text.js';
import { checkLanguage } from './language/language-findings.js';
import { checkPolicies } from './policies.js';
import { checkReferences } from './source-map.js';
import { checkRegulations } from './regulation-findings.js';
import { checkRemediation } from './remediation-findings.js';
import { checkUnheardCases } from './unheard-cases.js';
import { checkWording } from './language/wording-rules.js';
import { mergeFindings } from './findings.js';
import type { EditionGates } from './gates/gates.js';
import { isOwnFact } from '../../teaching/content/fact-source.js';
import type { LineOf } from '../../teaching/content/load/load.js';
import type { Content, Fault } from '../../teaching/content/schema/types.js';

/** What a program can tell about the content's quality. Faults stop a release; warnings ask a person to look. */
export type CheckReport = {
  faults: Fault[];
  warnings: Fault[];
  missing: string[];
  courses: CourseRow[];
  banks: BankRow[];
  cases: CaseRow[];
  lessons: LessonRow[];
  packs: PackRow[];
  gates: EditionGates[];
  language: JudgedLanguage;
  /** How many sentences of a pattern may be there. */
  held: Readonly<Record<string, number>>;
  /** Ids of facts that rest on this course alone: readers are shown no source for them. */
  ownFacts: string[];
  /** Packs that nobody qualified has reviewed. */
  unreviewedPacks: number;
};

/**
 * Checks content that has loaded. Pure: `now` is the time of the check in epoch milliseconds (ages of facts and
 * hotlines), `lineOf` comes from the loader (without it, every finding is on the first line of its file), `screens` are the texts of
 * screens, whose language is checked with that of the content.
 */
export function checkContent(
  content: Content,
  {
    now,
    lineOf = () => 1,
    screens = [],
  }: { now: number; lineOf?: LineOf; screens?: readonly LanguageText[] },
): CheckReport {
  const input = { content, now, lineOf };
  const courses = checkCourses(input);
  const banks = checkBanks(input);
  const lessons = checkLessons(input);
  const packs = checkPacks(input);
  const gates = checkGates(input);
  const language = checkLanguage(input, screens);
  const { faults, warnings } = mergeFindings([
    ...[courses, banks, lessons, packs, gates, language],
    checkWording(input),
    checkReferences(input),
    checkClaimedSeeds(input),
    checkPolicies(input),
    checkExposure(input),
    checkFinalCases(input),
    checkComparableForms(input),
    checkJobPools(input),
    checkUnheardCases(input),
    checkRemediation(input),
    checkCards(input),
    checkRegulations(input),
  ]);
  return {
    faults: once(faults),
    warnings: once(warnings),
    missing: missingModules(input),
    courses: courses.rows,
    banks: banks.rows,
    cases: caseRows(content),
    lessons: lessons.rows,
    packs: packs.rows,
    gates: gates.gates,
    language: language.language,
    held: content.language.held,
    ownFacts: content.facts.filter(isOwnFact).map(({ id }) => id),
    unreviewedPacks: packs.rows.filter(({ reviewedBy }) => reviewedBy.length === 0).length,
  };
}

/** In order of file and line, each finding once: one line may hold a word twice. */
const once = (findings: Fault[]): Fault[] =>
  [...new Map(findings.map(found => [`${found.file}:${found.line} ${found.problem}`, found])).values()].sort(
    byPlace,
  );

const byPlace = (a: Fault, b: Fault): number =>
  a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1;
