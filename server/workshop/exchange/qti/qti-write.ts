import type { ExchangeForm, ExchangeItem } from '../../../teaching/questions/exchange.js';
import { isCritical } from '../key-first.js';
import { REASON_QUESTION } from '../conventions.js';
import { el, inline, xmlDocument, type Xml } from '../xml-write.js';

export const QTI = 'http://www.imsglobal.org/xsd/imsqtiasi_v3p0';
const SCHEMA = 'https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0p1_v1p0.xsd';
export const TOOL = 'Safe Passage';

/** One item as a QTI 3.0.1 `qti-assessment-item` (1EdTech, "QTI: Assessment, Section and Item Information Model"). */
export function writeQtiItem(item: ExchangeItem): string {
  const parts = PARTS[item.form](item);
  const ids = item.options.map(({ id }) => id);
  return xmlDocument(
    el(
      'qti-assessment-item',
      {
        xmlns: QTI,
        'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
        'xsi:schemaLocation': `${QTI} ${SCHEMA}`,
        identifier: item.id,
        title: item.id,
        'xml:lang': 'en',
        'tool-name': TOOL,
        'tool-version': '1',
        adaptive: 'false',
        'time-dependent': 'false',
      },
      [
        ...parts.responses,
        outcome('SCORE', 'single', 'float', { 'normal-minimum': 0, 'normal-maximum': 1 }),
        outcome('FEEDBACK', parts.feedback === 'all' ? 'multiple' : parts.feedback.cardinality, 'identifier'),
        el('qti-item-body', {}, parts.interactions),
        el('qti-response-processing', {}, [
          ...parts.scoring,
          set('FEEDBACK', parts.feedback === 'all' ? list(ids) : variable(parts.feedback.of)),
        ]),
        ...item.options.map(modalFeedback),
      ],
    ),
  );
}

/** What differs from form to form. `feedback`: on what was chosen in one response, or on every option. */
interface Parts {
  readonly responses: readonly Xml[];
  readonly interactions: readonly Xml[];
  readonly scoring: readonly Xml[];
  readonly feedback: 'all' | { readonly of: string; readonly cardinality: 'single' | 'multiple' };
}

const PARTS: Readonly<Record<ExchangeForm, (item: ExchangeItem) => Parts>> = {
  one: choice,
  several,
  statement,
  order,
  pairs: match,
};

function choice(item: ExchangeItem): Parts {
  return {
    responses: [response('RESPONSE', 'single', 'identifier', item.key)],
    interactions: [choose('RESPONSE', item.stem, 1, item.options.map(simpleChoice))],
    scoring: [whole(['RESPONSE'])],
    feedback: { of: 'RESPONSE', cardinality: 'single' },
  };
}

function several(item: ExchangeItem): Parts {
  const part = 1 / item.key.length;
  const points = item.options.map(({ id }): [string, number] => [id, item.key.includes(id) ? part : -part]);
  return {
    responses: [response('RESPONSE', 'multiple', 'identifier', item.key, isCritical(item) ? [] : points)],
    interactions: [choose('RESPONSE', item.stem, item.key.length, item.options.map(simpleChoice))],
    scoring: [isCritical(item) ? whole(['RESPONSE']) : mapped('RESPONSE')],
    feedback: { of: 'RESPONSE', cardinality: 'multiple' },
  };
}

/** The statement and its reason are two interactions of one item; only both together are right. */
function statement(item: ExchangeItem): Parts {
  const truths = [
    el('qti-simple-choice', { identifier: 'true' }, 'True'),
    el('qti-simple-choice', { identifier: 'false' }, 'False'),
  ];
  return {
    responses: [
      response('TRUTH', 'single', 'identifier', [String(item.truth === true)]),
      response('REASON', 'single', 'identifier', item.key),
    ],
    interactions: [
      choose('TRUTH', item.stem, 1, truths, false),
      choose('REASON', REASON_QUESTION, 1, item.options.map(simpleChoice)),
    ],
    scoring: [whole(['TRUTH', 'REASON'])],
    feedback: { of: 'REASON', cardinality: 'single' },
  };
}

function order(item: ExchangeItem): Parts {
  return {
    responses: [response('RESPONSE', 'ordered', 'identifier', item.key)],
    interactions: [
      el('qti-order-interaction', { 'response-identifier': 'RESPONSE', shuffle: 'true' }, [
        prompt(item.stem),
        ...item.options.map(simpleChoice),
      ]),
    ],
    scoring: [whole(['RESPONSE'])],
    feedback: 'all',
  };
}

function match(item: ExchangeItem): Parts {
  const prompts = item.prompts ?? [];
  const pairs = prompts.map(({ id }, at) => `prompt-${id} ${item.key[at] ?? ''}`);
  const points = pairs.map((pair): [string, number] => [pair, 1 / pairs.length]);
  const associable = (identifier: string, words: string) =>
    inline('qti-simple-associable-choice', { identifier, 'match-max': 1 }, words);
  return {
    responses: [response('RESPONSE', 'multiple', 'directedPair', pairs, isCritical(item) ? [] : points)],
    interactions: [
      el(
        'qti-match-interaction',
        { 'response-identifier': 'RESPONSE', shuffle: 'true', 'max-associations': pairs.length },
        [
          prompt(item.stem),
          el(
            'qti-simple-match-set',
            {},
            prompts.map(({ id, text }) => associable(`prompt-${id}`, text)),
          ),
          el(
            'qti-simple-match-set',
            {},
            item.options.map(({ id, text }) => associable(id, text)),
          ),
        ],
      ),
    ],
    scoring: [isCritical(item) ? whole(['RESPONSE']) : mapped('RESPONSE')],
    feedback: 'all',
  };
}

const prompt = (words: string): Xml => inline('qti-prompt', {}, words);
const simpleChoice = ({ id, text }: ExchangeItem['options'][number]): Xml =>
  inline('qti-simple-choice', { identifier: id }, text);

const choose = (response: string, stem: string, most: number, choices: readonly Xml[], shuffle = true): Xml =>
  el('qti-choice-interaction', { 'response-identifier': response, shuffle, 'max-choices': most }, [
    prompt(stem),
    ...choices,
  ]);

/** A response, what is right in it, and the points for its parts where parts count. */
function response(
  identifier: string,
  cardinality: 'single' | 'multiple' | 'ordered',
  baseType: 'identifier' | 'directedPair',
  right: readonly string[],
  points: readonly (readonly [string, number])[] = [],
): Xml {
  const mapping = el(
    'qti-mapping',
    { 'lower-bound': 0, 'upper-bound': 1, 'default-value': 0 },
    points.map(([key, value]) => el('qti-map-entry', { 'map-key': key, 'mapped-value': value })),
  );
  return el('qti-response-declaration', { identifier, cardinality, 'base-type': baseType }, [
    el(
      'qti-correct-response',
      {},
      right.map(value => el('qti-value', {}, value)),
    ),
    ...(points.length > 0 ? [mapping] : []),
  ]);
}

const outcome = (identifier: string, cardinality: string, baseType: string, bounds = {}): Xml =>
  el('qti-outcome-declaration', { identifier, cardinality, 'base-type': baseType, ...bounds });

const variable = (identifier: string): Xml => el('qti-variable', { identifier });
const base = (type: string, value: string): Xml => el('qti-base-value', { 'base-type': type }, value);
const set = (identifier: string, value: Xml): Xml => el('qti-set-outcome-value', { identifier }, [value]);
const list = (ids: readonly string[]): Xml =>
  el(
    'qti-multiple',
    {},
    ids.map(id => base('identifier', id)),
  );

/** One point if every response is right, else none. */
const whole = (responses: readonly string[]): Xml =>
  el('qti-response-condition', {}, [
    el('qti-response-if', {}, [
      el(
        'qti-and',
        {},
        responses.map(identifier =>
          el('qti-match', {}, [variable(identifier), el('qti-correct', { identifier })]),
        ),
      ),
      set('SCORE', base('float', '1')),
    ]),
    el('qti-response-else', {}, [set('SCORE', base('float', '0'))]),
  ]);

const mapped = (identifier: string): Xml => set('SCORE', el('qti-map-response', { identifier }));

const modalFeedback = ({ id, feedback }: ExchangeItem['options'][number]): Xml =>
  el('qti-modal-feedback', { 'outcome-identifier': 'FEEDBACK', identifier: id, 'show-hide': 'show' }, [
    el('qti-content-body', {}, [inline('p', {}, feedback)]),
  ]);
