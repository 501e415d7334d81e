import { REASON_QUESTION } from '../conventions.js';
import type { Question } from '../draft.js';
import { excerpt, type Note, type Refusal } from '../exchange-report.js';
import { htmlToText, type Plain } from '../text.js';
import { weighed } from '../weights.js';
import {
  child,
  descendants,
  elements,
  innerXml,
  textOf,
  type XmlElement,
} from '../../../platform/lib/xml/xml.js';

interface ReadOption {
  readonly words: Plain;
  /** Feedback that stands inside of the option. */
  readonly inner: Plain | undefined;
  readonly ids: readonly string[];
}

interface Context {
  readonly item: XmlElement;
  readonly interactions: readonly XmlElement[];
}

type Read =
  | {
      readonly parts: Pick<Question, 'form' | 'truth' | 'prompts' | 'key'>;
      readonly prompts: readonly Plain[];
      readonly options: readonly ReadOption[];
      /** Whether parts of the answer have points that our scale knows. */
      readonly isWeighed: boolean;
      readonly notes: readonly Note[];
    }
  | { readonly refusal: Refusal; readonly about?: string };

/** What the interactions of an item ask, or why this is no kind of ours. */
export function readInteractions(context: Context): Read {
  const [first, second, ...more] = context.interactions;
  if (!first) return { refusal: 'not-a-question' };
  const names = context.interactions.map(({ name }) => name).join(', ');
  if (second) {
    const isPair =
      more.length === 0 && [first, second].every(({ name }) => name === 'qti-choice-interaction');
    return isPair && isTruth(first)
      ? readStatement(context, first, second)
      : { refusal: 'type', about: names };
  }
  if (first.name === 'qti-choice-interaction') return readChoice(context, first);
  if (first.name === 'qti-order-interaction') return readOrder(context, first);
  if (first.name === 'qti-match-interaction') return readMatch(context, first);
  return { refusal: 'type', about: names };
}

/** The declaration of the response that an interaction gives: its values, and the points for each where it maps them. */
function responseOf({ item }: Context, interaction: XmlElement) {
  const id = interaction.attributes['response-identifier'];
  const found = elements(item, 'qti-response-declaration').find(
    ({ attributes }) => attributes.identifier === id,
  );
  const values = elements((found && child(found, 'qti-correct-response')) ?? EMPTY, 'qti-value');
  const mapping = found && child(found, 'qti-mapping');
  const points = elements(mapping ?? EMPTY, 'qti-map-entry').map(({ attributes }): [string, number] => [
    attributes['map-key'] ?? '',
    Number(attributes['mapped-value'] ?? 0),
  ]);
  return {
    cardinality: found?.attributes.cardinality ?? 'single',
    values: values.map(value => textOf(value).trim()),
    points: mapping ? new Map(points) : null,
  };
}

const EMPTY: XmlElement = { name: '', uri: '', attributes: {}, children: [], line: 1 };

const isTruth = (interaction: XmlElement): boolean =>
  choicesOf(interaction)
    .map(({ attributes }) => attributes.identifier ?? '')
    .sort()
    .join() === 'false,true';

const choicesOf = (interaction: XmlElement): XmlElement[] =>
  descendants(interaction).filter(({ name }) => name === 'qti-simple-choice');

function readChoice(context: Context, interaction: XmlElement): Read {
  const { cardinality, values, points } = responseOf(context, interaction);
  const choices = choicesOf(interaction);
  const ids = choices.map(({ attributes }) => attributes.identifier ?? '');
  const isSingle = cardinality === 'single';
  const right = ids.filter(id => values.includes(id));
  const equal = ids.map(id =>
    right.includes(id) ? 100 / (isSingle ? 1 : right.length) : isSingle ? 0 : -100,
  );
  const judged = weighed(equal, { isSingle, line: interaction.line });
  if ('refusal' in judged) return judged;
  const share = 1 / right.length;
  const isOurs = ids.every(
    id => Math.abs((points?.get(id) ?? 0) - (right.includes(id) ? share : -share)) < 0.001,
  );
  return {
    parts: { form: judged.form, key: judged.key },
    prompts: promptsOf(interaction),
    options: choices.map(toOption),
    isWeighed: isSingle || isOurs,
    notes: judged.notes,
  };
}

function readStatement(context: Context, truths: XmlElement, reasons: XmlElement): Read {
  const [truth] = responseOf(context, truths).values;
  const read = readChoice(context, reasons);
  if ('refusal' in read) return read;
  if (truth !== 'true' && truth !== 'false') return { refusal: 'no-right-answer' };
  if (read.parts.form !== 'one')
    return { refusal: 'type', about: 'qti-choice-interaction, qti-choice-interaction' };
  const asked = joined(read.prompts).text;
  const { line } = reasons;
  return {
    ...read,
    parts: { form: 'statement', truth: truth === 'true', key: read.parts.key },
    prompts: promptsOf(truths),
    isWeighed: false,
    notes: [
      ...read.notes,
      ...(asked === REASON_QUESTION
        ? []
        : [{ code: 'left-out' as const, line, about: 'qti-prompt', excerpt: excerpt(asked) }]),
    ],
  };
}

function readOrder(context: Context, interaction: XmlElement): Read {
  const { values } = responseOf(context, interaction);
  const choices = choicesOf(interaction);
  const ids = choices.map(({ attributes }) => attributes.identifier ?? '');
  const key = values.map(value => ids.indexOf(value)).filter(at => at !== -1);
  if (key.length === 0) return { refusal: 'no-right-answer' };
  return {
    parts: { form: 'order', key },
    prompts: promptsOf(interaction),
    options: choices.map(toOption),
    isWeighed: false,
    notes: [],
  };
}

function readMatch(context: Context, interaction: XmlElement): Read {
  const { values, points } = responseOf(context, interaction);
  const sets = elements(interaction, 'qti-simple-match-set').map(set =>
    elements(set, 'qti-simple-associable-choice'),
  );
  const [asked = [], offered = []] = sets.map(set => set.map(toOption));
  const pairs = values.map(value => value.split(/\s+/));
  const key = asked.flatMap(({ ids: [id] }) => {
    const to = pairs.find(([from]) => from === id)?.[1];
    return offered.flatMap((option, at) => (to !== undefined && option.ids.includes(to) ? [at] : []));
  });
  if (key.length === 0) return { refusal: 'no-right-answer' };
  return {
    parts: { form: 'pairs', prompts: asked.map(toPrompt), key },
    prompts: promptsOf(interaction),
    options: offered,
    isWeighed: values.every(value => Math.abs((points?.get(value) ?? 0) - 1 / values.length) < 0.001),
    notes: [
      ...(key.length === asked.length && pairs.length === asked.length
        ? []
        : [{ code: 'scoring' as const, line: interaction.line }]),
    ],
  };
}

function toPrompt({ words, ids: [id = ''] }: ReadOption): { text: string; id?: string } {
  const letter = /^(?:prompt-)?([a-z])$/.exec(id)?.[1];
  return { text: words.text, ...(letter ? { id: letter } : {}) };
}

/** A choice with its words, apart from feedback that stands inside. */
function toOption(choice: XmlElement): ReadOption {
  const isFeedback = (part: XmlElement | string) =>
    typeof part !== 'string' && part.name.startsWith('qti-feedback-');
  const inner = choice.children.filter(isFeedback).filter(part => typeof part !== 'string');
  return {
    words: plain({ ...choice, children: choice.children.filter(part => !isFeedback(part)) }),
    inner: inner.length > 0 ? joined(inner.map(plain)) : undefined,
    ids: [choice.attributes.identifier ?? ''],
  };
}

/** The words of an element. */
export const plain = (element: XmlElement): Plain => htmlToText(innerXml(element));

const promptsOf = (interaction: XmlElement): Plain[] => elements(interaction, 'qti-prompt').map(plain);

/** Several texts as one, a line each. */
export const joined = (texts: readonly Plain[]): Plain => ({
  text: texts
    .map(({ text }) => text)
    .filter(text => text !== '')
    .join('\n'),
  effects: texts.flatMap(({ effects }) => effects),
});
