import type { CheckInput, Findings } from '../findings.js';
import { mergeFindings } from '../findings.js';
import { learnerTexts, type Placed } from './learner-texts.js';
import type { Fault } from '../../../teaching/content/schema/types.js';
import { titleNote, wordingRules } from './wording.js';

/**
 * Telephone numbers belong to the directory, never to prose: anything with a plus, three or
 * more groups of digits, a well-known short number, or digits that one is told to call. Spans of years do not count.
 */
const phone =
  /\+\d[\d ()-]{6,}\d|(?<![\d.,])\d{1,5}(?:[ -]\d{2,4}){2,}|\b(?:1343|1383|116 ?000|116 ?111|911|999|112)\b|\b(?:call|dial|ring) \d{3,}/i;

/** Forbidden and doubtful words, and telephone numbers, in everything that a learner may read. */
export function checkWording(input: CheckInput): Findings {
  return mergeFindings(learnerTexts(input).map(wordingFindings));
}

function wordingFindings({ file, line, text, names }: Placed): Findings {
  const found: Findings = { faults: [], warnings: [] };
  const isReference = file === 'facts.yaml' || file === 'glossary.yaml';
  if (text.includes(titleNote)) return found;
  for (const { pattern, use, strength } of wordingRules) {
    const match = pattern.exec(text);
    if (!match) continue;
    const fault: Fault = { file, line, problem: `Wording: "${match[0]}".`, fix: `Write: ${use}.` };
    if (strength === 'must' && !names && !isQuoted(text, match.index)) found.faults.push(fault);
    else if (!isReference) found.warnings.push(fault);
  }
  const number = isReference ? undefined : phone.exec(text)?.[0];
  if (number !== undefined)
    found.faults.push({
      file,
      line,
      problem: `A telephone number in the text: "${number}".`,
      fix: file.includes('/packs/')
        ? 'Name its line under hotlines.'
        : 'Write {{hotline.primary}}, {{hotline.emergency}} or {{hotline.child}}.',
    });
  return found;
}

/** A word inside double quotation marks is mentioned or reported, not used: a warning, no fault. */
function isQuoted(text: string, index: number): boolean {
  const before = text.slice(0, index);
  return before.split('"').length % 2 === 0 || before.lastIndexOf('“') > before.lastIndexOf('”');
}
