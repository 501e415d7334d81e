import type { Found, FoundOption } from '../draft.js';
import { joined, plain, readInteractions } from './qti-interactions.js';
import { QTI, TOOL } from './qti-write.js';
import { excerpt, refused, type Note } from '../exchange-report.js';
import type { Plain } from '../text.js';
import {
  child,
  descendants,
  elements,
  parseXml,
  textOf,
  type XmlElement,
} from '../../../platform/lib/xml/xml.js';

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
