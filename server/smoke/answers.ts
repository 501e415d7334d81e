import type { CaseNode } from '../questions/types/scenario/scenario-walk.js';
import type { Content, Item, OptionItem } from '../courses/content/schema/types.js';
import { choicesIn, selectsIn, type Page } from './client.js';

type Rowed = Extract<Item, { type: 'ordering' | 'matching' }>;

/**
 * Answers a question page as a learner who knows the content: the item is found by its words, the key in
 * the content files. With `wrong`, as one who does not.
 */
export function answerFor(page: Page, content: Content, wrong: boolean): Record<string, string | string[]> {
  const decision = decisionOn(page, content);
  if (decision) return { choice: choiceFor(decision, wrong) };
  const item = itemOn(page, content);
  if (item.type === 'ordering' || item.type === 'matching') return rowsFor(page, item, wrong);
  if (item.type === 'report') return recordFor(item, wrong);
  const offered = choicesIn(page.text);
  const key: readonly string[] = wrong ? others(item) : item.key;
  if (item.type === 'true-false')
    return { truth: String(wrong ? !item.truth : item.truth), reason: key[0] ?? '' };
  const values = offered.map(({ value }) => value).filter(value => key.includes(value));
  return { choice: values };
}

/** The model record; when it is to be wrong, one field of it, and in the others a mark that says nothing. */
const recordFor = ({ fields, model }: Extract<Item, { type: 'report' }>, wrong: boolean) =>
  Object.fromEntries(fields.map(({ id }, at) => [id, wrong && at > 0 ? '?' : (model[id] ?? '')]));

/** A value for each select of the page: the step's place in the key, or the option of the line. */
function rowsFor({ text, path }: Page, item: Rowed, wrong: boolean): Record<string, string> {
  // Turned round, no two neighbours have changed places only; moved on by one, no line has its own option.
  const turned =
    item.type === 'ordering' ? item.key.toReversed() : [...item.key.slice(1), ...item.key.slice(0, 1)];
  const key = wrong ? turned : item.key;
  const wanted = new Map(
    item.type === 'ordering'
      ? key.map((id, at) => [`place-${id}`, String(at + 1)])
      : item.prompts.map(({ id }, at) => [`match-${id}`, key[at] ?? '']),
  );
  const fields = selectsIn(text).filter(({ name, values }) => values.includes(wanted.get(name) ?? 'none'));
  if (fields.length !== wanted.size) throw new Error(`Not every row of ${item.id} is on ${path}`);
  return Object.fromEntries(fields.map(({ name }) => [name, wanted.get(name) ?? '']));
}

/** The decision of a final's case that is on a page, found by its words; null on every other page. */
function decisionOn({ text }: Page, { final }: Content): CaseNode | null {
  const shown = plain(text);
  const nodes = (final?.scenarios ?? []).flatMap(scenario => scenario.nodes);
  const isShown = (node: CaseNode) =>
    [node.text, node.question, ...node.choices.map(choice => choice.text)].every(words =>
      shown.includes(plain(words)),
    );
  return nodes.find(isShown) ?? null;
}

function choiceFor({ id, choices }: CaseNode, wrong: boolean): string {
  const wanted = wrong ? ['unsafe', 'weak'] : ['best', 'acceptable'];
  const [found] = wanted.flatMap(quality => choices.filter(choice => choice.quality === quality));
  if (!found) throw new Error(`The decision ${id} has no ${wrong ? 'wrong' : 'right'} choice`);
  return found.id;
}

function itemOn({ text, path }: Page, content: Content): Item {
  const shown = plain(text);
  const items = [...content.modules.flatMap(module => module.items), ...(content.final?.items ?? [])];
  // The longest stem wins, so that a stem that is part of another is not taken for it.
  const found = items
    .filter(item => shown.includes(plain(item.stem)))
    .sort((a, b) => b.stem.length - a.stem.length)[0];
  if (!found) throw new Error(`No question of the content is on ${path}`);
  return found;
}

/** As many wrong options as there are right ones. */
const others = (item: OptionItem): string[] =>
  item.options
    .map(({ id }) => id)
    .filter(id => !(item.key as readonly string[]).includes(id))
    .slice(0, item.key.length);

const plain = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/&#34;|&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
