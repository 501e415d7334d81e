import type { Found, FoundOption, Question } from './draft.js';
import { REASON_QUESTION } from './gift-write.js';
import { QTI, TOOL } from './qti-write.js';
import { excerpt, refused, type Note, type Refusal } from './report.js';
import { htmlToText, type Plain } from './text.js';
import { weighed } from './weights.js';
import { child, descendants, elements, innerXml, parseXml, textOf, type XmlElement } from './xml.js';

/**
 * Reads one QTI 3 item: one choice, order or match interaction, or two choices of which the first says true or
 * false. Any other interaction, more of them, adaptive items and templates are refused. `tags` come from the
 * manifest of the package.
 */
export function readQtiItem(source: string, file: string | null, tags: readonly string[]): Found {
  const parsed = parseXml(source);
  if (!parsed.ok) return { entry: refused(parsed.code, { ...parsed, file, name: file ?? '' }) };
  const item = parsed.root;
  const { line } = item;
  const title = item.attributes.title?.trim() ?? '';
  const name = title || item.attributes.identifier || file || '';
  const at = { file, line, name };
  if (item.name === 'assessmentItem') return { entry: refused('qti2', at) };
  if (item.name !== 'qti-assessment-item' || item.uri !== QTI)
    return { entry: refused('not-this-format', { ...at, about: item.name }) };
  const body = child(item, 'qti-item-body');
  if (!body) return { entry: refused('no-stem', at) };
  const all = descendants(item);
  const bodyWords = excerpt(textOf(body));
  if (item.attributes.adaptive === 'true' || all.some(each => each.name.startsWith('qti-template')))
    return { entry: refused('adaptive', { ...at, excerpt: bodyWords }) };
  if (all.some(each => each.name === 'qti-assessment-stimulus-ref'))
    return { entry: refused('shared-text', { ...at, excerpt: bodyWords }) };

  const interactions = descendants(body).filter(each => /^qti-.*-interaction$/.test(each.name));
  const read = readInteractions({ item, interactions });
  if ('refusal' in read)
    return { entry: refused(read.refusal, { ...at, about: read.about ?? '', excerpt: bodyWords }) };
  const beside = besideInteractions(body, interactions);
  const stem = joined([beside, ...read.prompts]);
  const feedback = feedbackOf(item);
  const options = read.options.map(({ words, inner, ids }): FoundOption => {
    const said = ids.map(id => feedback.take(id)).find(text => text !== undefined)?.text || inner?.text;
    const letter = ids.find(id => /^[a-z]$/.test(id));
    return { text: words.text, feedback: said || undefined, ...(letter ? { id: letter } : {}) };
  });
  const texts = [stem, ...read.options.map(({ words }) => words), ...feedback.all];
  if (texts.some(({ effects }) => effects.includes('media')))
    return { entry: refused('media', { ...at, excerpt: bodyWords }) };
  if (stem.text === '') return { entry: refused('no-stem', at) };

  const effects = new Set(texts.flatMap(text => text.effects));
  const notes: Note[] = [
    ...[...effects].filter(effect => effect !== 'media').map(code => ({ code, line })),
    ...read.notes,
    ...scoringNotes(item, read.isWeighed),
    ...leftOvers(item),
    ...feedback.left(),
  ];
  const id = item.attributes.identifier ?? null;
  return { question: { ...read.parts, file, line, name, title, id, stem: stem.text, options, tags, notes } };
}

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
      readonly parts: Pick<Question, 'type' | 'truth' | 'prompts' | 'key'>;
      readonly prompts: readonly Plain[];
      readonly options: readonly ReadOption[];
      /** Whether parts of the answer have points that our scale knows. */
      readonly isWeighed: boolean;
      readonly notes: readonly Note[];
    }
  | { readonly refusal: Refusal; readonly about?: string };

function readInteractions(context: Context): Read {
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
    parts: { type: judged.type, key: judged.key },
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
  if (read.parts.type !== 'single')
    return { refusal: 'type', about: 'qti-choice-interaction, qti-choice-interaction' };
  const asked = joined(read.prompts).text;
  const { line } = reasons;
  return {
    ...read,
    parts: { type: 'true-false', truth: truth === 'true', key: read.parts.key },
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
    parts: { type: 'ordering', key },
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
    parts: { type: 'matching', prompts: asked.map(toPrompt), key },
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

const plain = (element: XmlElement): Plain => htmlToText(innerXml(element));

const promptsOf = (interaction: XmlElement): Plain[] => elements(interaction, 'qti-prompt').map(plain);

/** What a body says outside of its interactions and of what is for other readers than the learner. */
function besideInteractions(body: XmlElement, interactions: readonly XmlElement[]): Plain {
  const without = (element: XmlElement): XmlElement => ({
    ...element,
    children: element.children.flatMap(part => {
      if (typeof part === 'string') return part;
      return interactions.includes(part) || part.name === 'qti-rubric-block' ? [] : without(part);
    }),
  });
  return plain(without(body));
}

const joined = (texts: readonly Plain[]): Plain => ({
  text: texts
    .map(({ text }) => text)
    .filter(text => text !== '')
    .join('\n'),
  effects: texts.flatMap(({ effects }) => effects),
});

/** The modal feedback of an item by its identifier; what nobody takes is told. */
function feedbackOf(item: XmlElement) {
  const found = elements(item, 'qti-modal-feedback').map(element => ({
    id: element.attributes.identifier ?? '',
    line: element.line,
    words: plain(element),
  }));
  const taken = new Set<string>();
  return {
    all: found.map(({ words }) => words),
    take(id: string): Plain | undefined {
      taken.add(id);
      return found.find(each => each.id === id)?.words;
    },
    left: (): Note[] =>
      found
        .filter(({ id, words }) => !taken.has(id) && words.text !== '')
        .map(({ line, words }) => ({
          code: 'left-out',
          line,
          about: 'qti-modal-feedback',
          excerpt: excerpt(words.text),
        })),
  };
}

/** Our own rules, and the templates "match correct" and "map response" where the points are ours, say what we know. */
function scoringNotes(item: XmlElement, isWeighed: boolean): Note[] {
  const rules = child(item, 'qti-response-processing');
  const template = rules?.attributes.template ?? '';
  const isKnown =
    item.attributes['tool-name'] === TOOL ||
    /\/match_correct(\.xml)?$/.test(template) ||
    (isWeighed && /\/map_response(\.xml)?$/.test(template));
  return isKnown ? [] : [{ code: 'scoring', line: rules?.line ?? item.line }];
}

const TAKEN = [
  'qti-response-declaration',
  'qti-outcome-declaration',
  'qti-item-body',
  'qti-response-processing',
  'qti-modal-feedback',
];

function leftOvers(item: XmlElement): Note[] {
  const beside = elements(item).filter(({ name }) => !TAKEN.includes(name));
  const rubrics = descendants(item).filter(({ name }) => name === 'qti-rubric-block');
  return [...beside, ...rubrics].map(element => ({
    code: 'left-out',
    line: element.line,
    about: element.name,
    excerpt: excerpt(textOf(element)),
  }));
}
