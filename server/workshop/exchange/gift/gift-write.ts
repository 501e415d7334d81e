import type { ExchangeItem } from '../../../teaching/questions/exchange.js';
import { keyFirst } from '../key-first.js';
import { categoryOf, REASON_QUESTION, share } from '../conventions.js';
import { idTags, itemTags } from '../tags.js';
import { textToHtml } from '../text.js';

/**
 * A bank in GIFT (Moodle documentation, "GIFT format"; escapes and formats as in Moodle's own writer). The id and
 * the tags stand in a comment before each question, as Moodle writes them.
 */
export const writeGift = (bank: string, items: readonly ExchangeItem[]): string =>
  [`$CATEGORY: ${categoryOf(bank)}`, ...items.flatMap(questions)].join('\n\n') + '\n';

function questions(item: ExchangeItem): string[] {
  switch (item.form) {
    case 'statement':
      return statement(item);
    case 'order':
      return [question(item, ordering(item), keyFirst(item))];
    case 'pairs':
      return [question(item, matching(item), keyFirst(item))];
    case 'one':
    case 'several':
      return [question(item, choices(item), item.options)];
  }
}

/** GIFT has no statement with a reason: two questions, joined by a tag. */
function statement(item: ExchangeItem): string[] {
  const answer = item.truth ? 'TRUE' : 'FALSE';
  const pair = `pair:${item.id}`;
  return [
    lines(
      comment(`${item.id}-1`, [...itemTags(item), pair]),
      title(`${item.id} (1/2)`),
      stem(item.stem),
      `{${answer}}`,
    ),
    lines(
      comment(`${item.id}-2`, [pair, ...idTags(item, item.options)]),
      title(`${item.id} (2/2)`),
      stem(`${item.stem}\n${REASON_QUESTION}`),
      choices(item),
    ),
  ];
}

function question(item: ExchangeItem, answers: string, inFile: ExchangeItem['options']): string {
  const feedback = inFile === item.options ? [] : item.options.map(feedbackComment);
  const tags = comment(item.id, [...itemTags(item), ...idTags(item, inFile)]);
  return lines([tags, ...feedback].join('\n'), title(item.id), stem(item.stem), answers);
}

const lines = (head: string, name: string, words: string, answers: string): string =>
  `${head}\n${name}${words} ${answers}`;

const title = (name: string): string => `::${escape(name)}::`;

const comment = (id: string, tags: readonly string[]): string =>
  `// [id:${bracketed(id)}] ${tags.map(tag => `[tag:${bracketed(tag)}]`).join(' ')}`;

/** Where GIFT has no feedback for an option: in a comment of ours, which other readers pass over. */
const feedbackComment = ({ id, feedback }: ExchangeItem['options'][number]): string =>
  `// [feedback:${id}:${bracketed(feedback.replaceAll('\\', '\\\\').replaceAll('\n', '\\n'))}]`;

const bracketed = (value: string): string => value.replaceAll(']', '\\]');

function choices({ form, options, key }: ExchangeItem): string {
  const weight = (id: string): string => {
    if (form !== 'several') return key.includes(id) ? '=' : '~';
    return key.includes(id) ? `~%${share(key.length)}%` : '~%-100%';
  };
  return block(
    options.map(({ id, text: words, feedback }) => `${weight(id)}${arrowless(words)}#${text(feedback)}`),
  );
}

const ordering = (item: ExchangeItem): string =>
  `{>${item.options.length} ALL VERTICAL ALL_OR_NOTHING SHOW none\n${keyFirst(item)
    .map(option => `\t${step(option.text)}`)
    .join('\n')}\n}`;

function matching(item: ExchangeItem): string {
  const prompts = item.prompts ?? [];
  return block(
    keyFirst(item).map((option, at) => `=${arrowless(prompts[at]?.text ?? '')} -> ${escape(option.text)}`),
  );
}

/** An arrow makes a pair, for some readers also of a choice, and cannot be escaped; HTML has another way to write it. */
const arrowless = (words: string): string =>
  words.includes('->') ? `[html]${escape(textToHtml(words))}` : text(words);

const block = (answers: readonly string[]): string =>
  `{\n${answers.map(answer => `\t${answer}`).join('\n')}\n}`;

/** The format of a stem is that of all its answers, unless they say another. */
const stem = (words: string): string => `[plain]${escape(words)}`;

/** A bracket at the beginning would be read as a format, a per cent sign as a weight: such words say that they are plain. */
const text = (words: string): string => (/^[[%]/.test(words) ? '[plain]' : '') + escape(words);

/** A step stands alone on its line, where two slashes would begin a comment. */
const step = (words: string): string => (/^(\/\/|\[plain\])/.test(words) ? '[plain]' : '') + escape(words);

/** As Moodle writes them (`repchar`). */
const escape = (words: string): string => words.replace(/[\\#=~{}:]/g, '\\$&').replaceAll('\n', '\\n');
