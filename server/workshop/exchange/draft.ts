import type { z } from 'zod';
import { questionTypes } from '../../teaching/questions/question-types.js';
import type { ExchangeForm, ExchangeItem } from '../../teaching/questions/exchange.js';
import { excerpt, type Entry, type Note } from './exchange-report.js';
import { readTags, type TagValues } from './tags.js';

/**
 * An item as far as a source tells it. What the source does not say is absent, never invented: whether an item is
 * safety-critical, which objective it tests and why an option is wrong are decisions of a person. `content check`
 * refuses a draft and names every absent part with its line.
 */
export interface Draft {
  readonly id?: string;
  readonly objective?: string;
  readonly level?: string;
  readonly type: string;
  readonly depth?: string;
  readonly critical?: string | false;
  readonly judgement?: string;
  readonly stem: string;
  readonly truth?: boolean;
  readonly prompts?: ExchangeItem['prompts'];
  readonly options: readonly {
    readonly id: string;
    readonly judges?: ExchangeItem['options'][number]['judges'];
    readonly text: string;
    readonly feedback?: string;
  }[];
  readonly key: readonly string[];
  readonly facts?: readonly string[];
  readonly roles?: readonly string[];
  readonly scene?: string;
  readonly points?: readonly string[];
  readonly pair?: string;
  readonly cues?: TagValues['cues'];
  readonly status?: string;
  readonly borderline?: number;
  readonly unsafe?: readonly string[];
}

/** An option as a reader found it. `id` where the format has ids of its own. */
export interface FoundOption {
  readonly text: string;
  readonly feedback?: string | undefined;
  readonly id?: string;
}

/** A question as a reader understood it, in the order of its file. */
export interface Question {
  readonly file: string | null;
  readonly line: number;
  /** Title or first words, for the report. */
  readonly name: string;
  readonly title: string;
  readonly id: string | null;
  readonly form: ExchangeForm;
  readonly stem: string;
  readonly truth?: boolean;
  readonly prompts?: readonly { readonly text: string; readonly id?: string }[];
  readonly options: readonly FoundOption[];
  /** Positions in `options`: the right ones; of `order` the right order; of `pairs` the one for each prompt. */
  readonly key: readonly number[];
  readonly tags: readonly string[];
  /** Feedback that the source gives apart, by the id of its option. */
  readonly feedback?: ReadonlyMap<string, string>;
  readonly notes: readonly Note[];
}

/** What a reader makes of a part of its source: a question, or a line of the report. */
export type Found = { readonly question: Question } | { readonly entry: Entry };

/** The item that a question makes, with what is to be said about it. */
export function toDraft(question: Question): { draft: Draft; notes: Note[] } {
  const { values, unknown } = readTags(question.tags);
  const draft = assemble(question, values);
  const missing = [...(values.judges ?? [])].filter(
    ([id]) => !draft.options.some(option => option.id === id),
  );
  const strange = [...unknown, ...missing.map(([id, judges]) => `judges:${id}.${judges}`)];
  const places = placesToFill(draft);
  const { line } = question;
  const stray = [...(question.feedback ?? [])].filter(
    ([id]) => !draft.options.some(option => option.id === id),
  );
  return {
    draft,
    notes: [
      ...question.notes,
      ...stray.map(([id, words]) => ({
        code: 'left-out' as const,
        line,
        about: `feedback ${id}`,
        excerpt: excerpt(words),
      })),
      ...(strange.length > 0 ? [{ code: 'unknown-tags' as const, line, about: strange.join(', ') }] : []),
      ...nameNotes(question, draft.id),
      ...(places.length > 0 ? [{ code: 'incomplete' as const, line, about: places.join(', ') }] : []),
    ],
  };
}

/** A bank has ids of one form and no titles. */
function nameNotes({ id, title, line }: Question, own: string | undefined): Note[] {
  const names = [...new Set([id ?? '', title])].filter(name => name !== '' && name !== own);
  if (own === undefined)
    return names.length > 0 ? [{ code: 'foreign-id', line, about: names.join(', ') }] : [];
  return names.map(name => ({ code: 'left-out', line, about: 'title', excerpt: excerpt(name) }));
}

function assemble(
  question: Question,
  { objective, level, depth, critical, judgement, judges, facts, ...others }: TagValues,
): Draft {
  const { roles, scene, points, twin, cues, status, borderline, unsafe, ...ids } = others;
  const { id, options, key } = question.form === 'pairs' && !ids.options ? merged(question) : question;
  const inFile = withIds(options, ids.options, 'a');
  const prompts =
    question.prompts && withIds(question.prompts, ids.prompts, 'p').map(({ id, text }) => ({ id, text }));
  return {
    ...present({ id: id !== null && ITEM_ID.test(id) ? id : undefined, objective, level }),
    type: typeFor(question.form),
    ...present({ depth, critical, judgement }),
    stem: question.stem,
    ...present({ truth: question.truth, prompts }),
    options: sorted(inFile, ids.listed).map(({ id, text, feedback }) => ({
      id,
      ...present({ judges: judges?.get(id) }),
      text,
      ...present({ feedback: feedback ?? question.feedback?.get(id) }),
    })),
    key: key.flatMap(at => inFile[at]?.id ?? []),
    ...present({ facts, points, roles, scene, pair: twin, cues, status, borderline, unsafe }),
  };
}

/** The name of the type whose items are found in this form. */
function typeFor(form: ExchangeForm): string {
  const name = questionTypes.names.find(each => questionTypes.named(each).importedFrom === form);
  if (name === undefined) throw new RangeError(`No type of question is imported from the form "${form}"`);
  return name;
}

/** Formats without ids repeat an option for each prompt that it fits: here it is one. */
function merged(question: Question): Question {
  const texts = [...new Set(question.options.map(({ text }) => text))];
  if (question.options.some(({ id }) => id !== undefined)) return question;
  return {
    ...question,
    options: texts.map(text => question.options.find(option => option.text === text) ?? { text }),
    key: question.key.map(at => texts.indexOf(question.options[at]?.text ?? '')),
  };
}

/** An id as `quiz.yaml` wants it: letters and digits of the module, a hyphen, three digits. */
const ITEM_ID = /^[A-Z]{1,2}\d?-\d{3}$/;

/** Letters for what has none: as told by a tag that fits, else those of the file, else in order from `first`. */
function withIds<T extends { readonly id?: string }>(
  things: readonly T[],
  told: readonly string[] | undefined,
  first: string,
): (T & { id: string })[] {
  const own = things.flatMap(({ id }) => id ?? []);
  const fits = (ids: readonly string[] | undefined) =>
    ids !== undefined &&
    ids.length === things.length &&
    new Set(ids).size === ids.length &&
    ids.every(isLetter);
  const ids = [told, own].find(fits);
  return things.map((thing, at) => ({
    ...thing,
    id: ids?.[at] ?? String.fromCharCode(first.charCodeAt(0) + at),
  }));
}

const isLetter = (id: string): boolean => /^[a-z]$/.test(id);

function sorted<T extends { id: string }>(things: T[], ids: readonly string[] | undefined): T[] {
  const found = (ids ?? []).flatMap(id => things.filter(thing => thing.id === id));
  return new Set(found).size === things.length && found.length === things.length ? found : things;
}

/** The fields that have a value. */
function present<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** Where `content check` will stop, in the words of `quiz.yaml`: `objective`, `options.b.feedback`. */
function placesToFill(draft: Draft): string[] {
  const { error } = questionTypes.of(draft).itemSchema.safeParse(draft);
  return [...new Set((error?.issues ?? []).map(({ path }) => placeOf(draft, path)))];
}

/** A path with options and prompts by their letters instead of their positions. */
function placeOf(draft: Draft, path: z.core.$ZodIssue['path']): string {
  const [list, at, ...rest] = path;
  if ((list !== 'options' && list !== 'prompts') || typeof at !== 'number') return path.map(String).join('.');
  return [list, draft[list]?.[at]?.id ?? at, ...rest].map(String).join('.');
}
