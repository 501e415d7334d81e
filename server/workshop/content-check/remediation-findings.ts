import type { CheckInput, Findings } from './findings.js';
import { banks, longSentences } from './findings.js';
import { countWords } from '../../platform/lib/text/words.js';
import { nearDuplicates } from './statistics.js';
import { repeatsMark } from '../../teaching/questions/option-findings.js';
import { questionTypes } from '../../teaching/questions/question-types.js';
import type { Content, Fault } from '../../teaching/content/schema/types.js';

const FILE = 'remediation.yaml';
/** With this overlap or more, a practice question would give a question of a bank away. */
const TOO_ALIKE = 0.4;
const feedbackWords = { min: 12, max: 45 };

/** Every rule that a quiz or a final's case can fail on is covered, by questions of its own that follow the item rules. */
export function checkRemediation(input: CheckInput): Findings {
  const { content, lineOf } = input;
  return {
    faults: [...uncovered(content), ...exposed(content, lineOf)],
    warnings: [
      ...longSentences(FILE, { rules: content.remediation }, lineOf),
      ...feedbackFindings(content, lineOf),
    ],
  };
}

function uncovered(content: Content): Fault[] {
  const covered = new Set<string>(content.remediation.map(({ rule }) => rule));
  const asked = new Set<string>([
    ...banks(content).flatMap(({ items }) => items.flatMap(item => questionTypes.of(item).canBreak(item))),
    ...(content.final?.scenarios ?? []).flatMap(({ nodes }) =>
      nodes.flatMap(({ choices }) => choices.flatMap(each => ('never' in each ? each.never : []))),
    ),
  ]);
  return [...asked]
    .filter(rule => !covered.has(rule))
    .sort()
    .map(rule => ({
      file: FILE,
      line: content.remediation.length > 0 ? 1 : 0,
      problem: `${rule} can decide a pass, but there is no help for people who miss it.`,
      fix: 'Write its text, an example and two questions.',
    }));
}

/** A practice question is shown with its key, so it must not be one that is scored. */
function exposed(content: Content, lineOf: CheckInput['lineOf']): Fault[] {
  const banked = banks(content).flatMap(({ items }) =>
    items.map(({ id, stem }) => ({ id, stem, line: null as number | null })),
  );
  const own = content.remediation.flatMap(({ items }, r) =>
    items.map(({ id, stem }, i) => ({ id, stem, line: lineOf(FILE, ['rules', r, 'items', i, 'stem']) })),
  );
  return nearDuplicates([...banked, ...own], ({ stem }) => stem, TOO_ALIKE).flatMap(([a, b]) =>
    b.line === null
      ? []
      : [
          {
            file: FILE,
            line: b.line,
            problem: `The stem of ${b.id} is nearly that of ${a.id}.`,
            fix: 'Write a case of its own.',
          },
        ],
  );
}

function feedbackFindings(content: Content, lineOf: CheckInput['lineOf']): Fault[] {
  return content.remediation.flatMap(({ items }, r) =>
    items.flatMap(({ id, options }, i) =>
      options.flatMap((option, o) => {
        const words = countWords(option.feedback);
        const line = lineOf(FILE, ['rules', r, 'items', i, 'options', o]);
        return [
          ...(words >= feedbackWords.min && words <= feedbackWords.max
            ? []
            : [
                {
                  file: FILE,
                  line,
                  problem: `Feedback ${id}${option.id} is not 15 to 40 words long.`,
                  fix: 'Say the reason in 15 to 40 words.',
                },
              ]),
          ...(repeatsMark(option.feedback)
            ? [
                {
                  file: FILE,
                  line,
                  problem: `Feedback ${id}${option.id} begins with a mark that the page already shows.`,
                  fix: 'Begin with the reason.',
                },
              ]
            : []),
        ];
      }),
    ),
  );
}
