import type { Content } from '../../teaching/content/schema/types.js';
import type { Answer } from '../../teaching/questions/answer.js';
import type { Item } from '../../teaching/questions/item.js';
import { questionTypes } from '../../teaching/questions/question-types.js';
import {
  bestChoice,
  worstChoice,
  type CaseNode,
} from '../../teaching/questions/types/scenario/scenario-walk.js';
import { choicesIn, selectsIn, textAreasIn, type Page } from './client.js';

/**
 * Answer a question page as a learner who knows the content: the item is found by its text, and the answer is the one that
 * its type calls right. With `wrong`, as a learner who does not know.
 */
export function answerFor(page: Page, content: Content, wrong: boolean): Answer {
  const decision = decisionOn(page, content);
  if (decision) return { choice: (wrong ? worstChoice(decision) : bestChoice(decision)).id };
  const item = itemOn(page, content);
  const type = questionTypes.of(item);
  const answer = wrong ? type.wrongResponse(item) : type.correctResponse(item);
  const lacking = Object.entries(answer).find(([field, value]) => !offers(page, field, [value].flat()));
  if (lacking)
    throw new Error(`The field ${lacking[0]} of ${item.id} is not on ${page.path} as it should be`);
  return answer;
}

/** Whether a form of the page can send this. */
function offers({ text }: Page, field: string, values: readonly string[]): boolean {
  if (textAreasIn(text).includes(field)) return true;
  const chosen = choicesIn(text).filter(({ name }) => name === field);
  const selected = selectsIn(text).find(({ name }) => name === field)?.values ?? [];
  const offered = [...chosen.map(({ value }) => value), ...selected];
  return values.every(value => offered.includes(value));
}

/** The decision of a final's case that is on a page, found by its text; null on every other page. */
function decisionOn({ text }: Page, { final }: Content): CaseNode | null {
  const shown = plain(text);
  const nodes = (final?.scenarios ?? []).flatMap(scenario => scenario.nodes);
  const isShown = (node: CaseNode) =>
    [node.text, node.question, ...node.choices.map(choice => choice.text)].every(words =>
      shown.includes(plain(words)),
    );
  return nodes.find(isShown) ?? null;
}

function itemOn({ text, path }: Page, content: Content): Item {
  const shown = plain(text);
  const items = [...content.modules.flatMap(module => module.items), ...(content.final?.items ?? [])];
  // The longest stem wins, so that a stem that is part of another is not taken for it.
  const found = items
    .filter(item => [item.stem, storyOf(item)].every(words => shown.includes(plain(words))))
    .sort((a, b) => b.stem.length - a.stem.length)[0];
  if (!found) throw new Error(`No question of the content is on ${path}`);
  return found;
}

/** Questions may share a stem where each has a story of its own. */
const storyOf = (item: Item & { readonly story?: string }): string => item.story ?? '';

const plain = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/&#34;|&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
