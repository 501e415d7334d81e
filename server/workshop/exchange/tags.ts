import type { ExchangeItem } from '../../teaching/questions/exchange.js';
import type { Item } from '../../teaching/questions/item.js';

/**
 * What our items have and the formats have no place for travels as tags, in words like `level:apply`. Moodle keeps
 * them through an import and an export; it cuts a tag after 50 characters and forbids `<`, `>` and the back quote,
 * so each fact has a tag of its own and lists of ids are joined by full stops.
 */
export interface TagValues {
  readonly objective?: string;
  readonly level?: string;
  readonly depth?: string;
  readonly critical?: string | false;
  readonly judgement?: string;
  /** What choosing an option says of the situation, by the id of the option. */
  readonly judges?: ReadonlyMap<string, Judges>;
  readonly facts?: readonly string[];
  /** The id of the item whose half this question is. */
  readonly pair?: string;
  /** The id that it shares with its twin, called `pair` in the bank. */
  readonly twin?: string;
  readonly status?: string;
  readonly borderline?: number;
  readonly roles?: readonly string[];
  readonly scene?: string;
  /** Ids of the points of the course that it asks. */
  readonly points?: readonly string[];
  readonly cues?: readonly Cue[];
  /** Ids of unsafe choices. */
  readonly unsafe?: readonly string[];
  /** Ids of the options as they stand in the file. */
  readonly options?: readonly string[];
  /** Ids of the options as the item lists them, where the file has another order. */
  readonly listed?: readonly string[];
  /** Ids of the prompts. */
  readonly prompts?: readonly string[];
}

type Judges = NonNullable<ExchangeItem['options'][number]['judges']>;
type Cue = { readonly id: string; readonly relevant: boolean };

/** The tags of what belongs to the item as a whole, and of what its options say of the situation. */
export function itemTags(item: ExchangeItem): string[] {
  return [
    `objective:${item.objective}`,
    `level:${item.level}`,
    `depth:${item.depth}`,
    `critical:${item.critical === false ? 'no' : item.critical}`,
    ...(item.judgement ? [`judgement:${item.judgement}`] : []),
    ...item.options.flatMap(({ id, judges }) => (judges ? [`judges:${id}.${judges}`] : [])),
    ...(item.facts.length === 0 ? ['fact:none'] : item.facts.map(fact => `fact:${fact}`)),
    ...writingTags(item),
    ...(item.unsafe ? [`unsafe:${item.unsafe.join('.')}`] : []),
  ];
}

/** For whom an item was written, how it was made and what is known of it. */
const writingTags = ({ roles = [], scene, points, pair, cues = [], status, borderline }: Item): string[] => [
  ...roles.map(role => `role:${role}`),
  ...(scene === undefined ? [] : [`scene:${scene}`]),
  ...(points === undefined ? [] : [`points:${points.join('.')}`]),
  ...(pair === undefined ? [] : [`twin:${pair}`]),
  ...cues.map(({ id, relevant }) => `cue:${id}.${relevant ? 'relevant' : 'irrelevant'}`),
  ...(status === undefined ? [] : [`status:${status}`]),
  ...(borderline === undefined ? [] : [`borderline:${borderline}`]),
];

/** The tags of ids, for formats in which options have none; `inFile` are the options in the order of the file. */
export function idTags(item: ExchangeItem, inFile: ExchangeItem['options']): string[] {
  const ids = (things: readonly { id: string }[]) => things.map(({ id }) => id).join('.');
  return [
    `options:${ids(inFile)}`,
    ...(inFile === item.options ? [] : [`listed:${ids(item.options)}`]),
    ...(item.prompts ? [`prompts:${ids(item.prompts)}`] : []),
  ];
}

const ONE = [
  'objective',
  'level',
  'depth',
  'critical',
  'judgement',
  'scene',
  'pair',
  'twin',
  'status',
] as const;
/** An option and what it says, as in `d.no-concern`. */
const JUDGES = /^[a-z]\.(?:concern|no-concern|appearance)$/;
const CUE = /^[a-z-]+\.(?:ir)?relevant$/;
const LISTS = ['options', 'listed', 'points', 'prompts', 'unsafe'] as const;

/** The values of our tags, and the tags that are not ours. Of a word that comes twice the first counts. */
export function readTags(tags: readonly string[]): { values: TagValues; unknown: readonly string[] } {
  const values: { -readonly [K in keyof TagValues]: TagValues[K] } = {};
  const unknown: string[] = [];
  for (const tag of tags) {
    const [, word = '', value = ''] = /^([a-z]+):(.+)$/s.exec(tag) ?? [];
    const one = ONE.find(name => name === word);
    const list = LISTS.find(name => name === word);
    if (one && values[one] === undefined) setOne(values, one, value);
    else if (word === 'judges' && JUDGES.test(value)) values.judges = withJudges(values.judges, value);
    else if (list && values[list] === undefined) values[list] = value.split('.');
    else if (word === 'fact') values.facts = [...(values.facts ?? []), ...(value === 'none' ? [] : [value])];
    else if (word === 'role') values.roles = [...(values.roles ?? []), value];
    else if (word === 'cue' && CUE.test(value)) values.cues = [...(values.cues ?? []), cueIn(value)];
    else if (word === 'borderline' && /^\d{1,3}$/.test(value)) values.borderline ??= Number(value);
    else unknown.push(tag);
  }
  return { values, unknown };
}

function cueIn(value: string): Cue {
  const [id = '', relevance] = value.split('.');
  return { id, relevant: relevance === 'relevant' };
}

function withJudges(known: TagValues['judges'], value: string): ReadonlyMap<string, Judges> {
  const [id = '', judges] = value.split('.') as [string, Judges];
  return known?.has(id) ? known : new Map([...(known ?? []), [id, judges]]);
}

function setOne(
  values: { -readonly [K in keyof TagValues]: TagValues[K] },
  name: (typeof ONE)[number],
  value: string,
): void {
  if (name === 'critical') values.critical = value === 'no' ? false : value;
  else values[name] = value;
}
