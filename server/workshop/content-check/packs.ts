import type { CheckInput, Findings } from './findings.js';
import { banks, longSentencesIn, mergeFindings, packFile, textsIn } from './findings.js';
import { statementsOf } from '../../teaching/content/pack-answers.js';
import type { Fact, Fault, Pack } from '../../teaching/content/schema/types.js';

/** One row of the table of packs. `reviewedBy` holds the roles of its reviewers. */
export type PackRow = {
  pack: string;
  statements: number;
  unconfirmed: number;
  sources: number;
  checkedOn: string;
  reviewedBy: string[];
};

const dayLength = 24 * 60 * 60 * 1000;
/** Law changes: a pack that nobody has reread for a year is not to be trusted. */
const maxDays = 365;

/** Country packs: their age, what their statements rest on, and items that rest on a page nobody has reviewed. */
export function checkPacks(input: CheckInput): Findings & { rows: PackRow[] } {
  const { packs, facts } = input.content;
  const byId = new Map(facts.map(fact => [fact.id, fact]));
  const found = mergeFindings(
    packs.map(pack => ({
      faults: [...weakFaults(pack, byId, input), ...scoredFaults(pack, input)],
      warnings: [...ageWarnings(pack, input), ...lengthWarnings(pack, input)],
    })),
  );
  return { ...found, rows: packs.map(toRow) };
}

function toRow(pack: Pack): PackRow {
  const statements = statementsOf(pack).map(({ statement }) => statement);
  return {
    pack: pack.code,
    statements: statements.length,
    unconfirmed: statements.filter(({ confirmed }) => !confirmed).length,
    sources: pack.sources.length,
    checkedOn: pack.checkedOn,
    reviewedBy: pack.reviewedBy.map(({ role }) => role),
  };
}

function ageWarnings(pack: Pack, { now, lineOf }: CheckInput): Fault[] {
  const days = Math.floor((now - Date.parse(pack.checkedOn)) / dayLength);
  if (days <= maxDays) return [];
  const file = packFile(pack);
  return [
    {
      file,
      line: lineOf(file, ['checkedOn']),
      problem: `The pack was checked ${days} days ago.`,
      fix: 'Read its sources again and write the new date.',
    },
  ];
}

function lengthWarnings(pack: Pack, { lineOf }: CheckInput): Fault[] {
  const file = packFile(pack);
  return statementsOf(pack).flatMap(({ path, statement }) =>
    longSentencesIn(statement.text, { file, line: lineOf(file, path) }),
  );
}

/** A statement that rests only on unverified facts must say so; some facts are never shown. */
function weakFaults(pack: Pack, facts: Map<string, Fact>, { lineOf }: CheckInput): Fault[] {
  const file = packFile(pack);
  return statementsOf(pack).flatMap(({ path, statement }) => {
    const cited = statement.facts.flatMap(id => facts.get(id) ?? []);
    const fault = (problem: string, fix: string): Fault => ({
      file,
      line: lineOf(file, path),
      problem,
      fix,
    });
    const hidden = cited.find(({ status }) => status === 'author-background');
    if (hidden) return [fault(`${hidden.id} is for authors only.`, 'Remove it.')];
    const weak = cited.length > 0 && cited.every(({ status }) => status === 'unverified');
    if (!weak || statement.sources.length > 0 || !statement.confirmed) return [];
    return [
      fault(
        `The statement rests on ${statement.facts.join(', ')}, which nobody could verify.`,
        'Write confirmed: false, or name a source.',
      ),
    ];
  });
}

/** No item may be scored from a pack that nobody has reviewed (style rules, 9E). Packs are cited by name or address. */
function scoredFaults(pack: Pack, { content, lineOf }: CheckInput): Fault[] {
  if (pack.reviewedBy.length > 0) return [];
  const names = `(?:${pack.code.toUpperCase()}|${pack.name})`;
  const citation = new RegExp(
    `\\b${names} (?:country )?pack\\b|\\bpack (?:of|for) (?:the )?${names}\\b|/law/${pack.code}\\b`,
  );
  return banks(content).flatMap(({ file, items }) =>
    textsIn(items, ['items']).flatMap(({ path, text }) =>
      citation.test(text)
        ? [
            {
              file,
              line: lineOf(file, path),
              problem: `The item cites the pack ${pack.code}, which no one has reviewed.`,
              fix: 'Do not score it: ask about the rule that holds everywhere, or have the pack reviewed.',
            },
          ]
        : [],
    ),
  );
}
