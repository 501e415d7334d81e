import { elements, type XmlElement } from '../../../server/platform/lib/xml/xml.js';

/** What an element must say and may hold: attributes, and its children as a pattern over their names. */
interface Shape {
  readonly attributes: Readonly<Record<string, RegExp>>;
  readonly children: RegExp;
}

const NAME = /^[\p{L}_][\p{L}\p{N}._-]*$/u;
const NUMBER = /^-?\d+(\.\d+)?(e-?\d+)?$/;
const NOTHING = /^$/;
const INLINE = /^(br )*$/;
const EXPRESSION = 'qti-(variable|correct|base-value|match|and|multiple|map-response)';

/**
 * The part of QTI 3.0.1 that our items use, from the 1EdTech "Assessment, Section and Item Information Model" 3.0:
 * required attributes, their values, and the order and number of children. It stands in for the XML schema, which
 * is not at hand where these tests run.
 */
const SHAPES: Readonly<Record<string, Shape>> = {
  'qti-assessment-item': {
    attributes: {
      identifier: NAME,
      title: /./,
      adaptive: /^(true|false)$/,
      'time-dependent': /^(true|false)$/,
    },
    children:
      /^(qti-response-declaration )+(qti-outcome-declaration )+qti-item-body qti-response-processing (qti-modal-feedback )*$/,
  },
  'qti-response-declaration': {
    attributes: {
      identifier: NAME,
      cardinality: /^(single|multiple|ordered)$/,
      'base-type': /^(identifier|directedPair)$/,
    },
    children: /^qti-correct-response (qti-mapping )?$/,
  },
  'qti-correct-response': { attributes: {}, children: /^(qti-value )+$/ },
  'qti-mapping': {
    attributes: { 'lower-bound': NUMBER, 'upper-bound': NUMBER, 'default-value': NUMBER },
    children: /^(qti-map-entry )+$/,
  },
  'qti-map-entry': { attributes: { 'map-key': /./, 'mapped-value': NUMBER }, children: NOTHING },
  'qti-outcome-declaration': {
    attributes: { identifier: NAME, cardinality: /^(single|multiple)$/, 'base-type': /^(float|identifier)$/ },
    children: NOTHING,
  },
  'qti-value': { attributes: {}, children: NOTHING },
  'qti-item-body': { attributes: {}, children: /^(qti-(choice|order|match)-interaction )+$/ },
  'qti-choice-interaction': {
    attributes: { 'response-identifier': NAME, shuffle: /^(true|false)$/, 'max-choices': /^\d+$/ },
    children: /^qti-prompt (qti-simple-choice )+$/,
  },
  'qti-order-interaction': {
    attributes: { 'response-identifier': NAME, shuffle: /^(true|false)$/ },
    children: /^qti-prompt (qti-simple-choice )+$/,
  },
  'qti-match-interaction': {
    attributes: { 'response-identifier': NAME, shuffle: /^(true|false)$/, 'max-associations': /^\d+$/ },
    children: /^qti-prompt qti-simple-match-set qti-simple-match-set $/,
  },
  'qti-simple-match-set': { attributes: {}, children: /^(qti-simple-associable-choice )+$/ },
  'qti-simple-choice': { attributes: { identifier: NAME }, children: INLINE },
  'qti-simple-associable-choice': {
    attributes: { identifier: NAME, 'match-max': /^\d+$/ },
    children: INLINE,
  },
  'qti-prompt': { attributes: {}, children: INLINE },
  'qti-response-processing': { attributes: {}, children: /^(qti-(response-condition|set-outcome-value) )+$/ },
  'qti-response-condition': { attributes: {}, children: /^qti-response-if (qti-response-else )?$/ },
  'qti-response-if': { attributes: {}, children: new RegExp(`^${EXPRESSION} (qti-set-outcome-value )*$`) },
  'qti-response-else': { attributes: {}, children: /^(qti-set-outcome-value )*$/ },
  'qti-set-outcome-value': { attributes: { identifier: NAME }, children: new RegExp(`^${EXPRESSION} $`) },
  'qti-and': { attributes: {}, children: new RegExp(`^(${EXPRESSION} )+$`) },
  'qti-multiple': { attributes: {}, children: new RegExp(`^(${EXPRESSION} )+$`) },
  'qti-match': { attributes: {}, children: new RegExp(`^${EXPRESSION} ${EXPRESSION} $`) },
  'qti-variable': { attributes: { identifier: NAME }, children: NOTHING },
  'qti-correct': { attributes: { identifier: NAME }, children: NOTHING },
  'qti-map-response': { attributes: { identifier: NAME }, children: NOTHING },
  'qti-base-value': { attributes: { 'base-type': /^(float|identifier)$/ }, children: NOTHING },
  'qti-modal-feedback': {
    attributes: { 'outcome-identifier': NAME, identifier: NAME, 'show-hide': /^(show|hide)$/ },
    children: /^qti-content-body $/,
  },
  'qti-content-body': { attributes: {}, children: /^(p )+$/ },
  p: { attributes: {}, children: INLINE },
  br: { attributes: {}, children: NOTHING },
};

/** Every way in which an element, or one inside of it, is not as QTI wants it. */
export function shapeFaults(element: XmlElement): string[] {
  const shape = SHAPES[element.name];
  if (!shape) return [`line ${element.line}: ${element.name} is not known`];
  const children = elements(element)
    .map(({ name }) => `${name} `)
    .join('');
  return [
    ...(shape.children.test(children) ? [] : [`line ${element.line}: ${element.name} holds ${children}`]),
    ...Object.entries(shape.attributes)
      .filter(([name, value]) => !value.test(element.attributes[name] ?? ''))
      .map(
        ([name]) => `line ${element.line}: ${element.name} has ${name}="${element.attributes[name] ?? ''}"`,
      ),
    ...elements(element).flatMap(shapeFaults),
  ];
}
