import type { z } from 'zod';
import { fixOf } from '../../questions/item-faults.js';
import type { Fault } from '../schema/types.js';
import type { Path, YamlSource } from './yaml-source.js';
import { parseYaml } from './yaml-source.js';

/** A content file that fits its schema, with the line of each of its parts. */
export type LoadedFile<T> = { file: string; value: T; lineOf: (path: Path) => number };
export type ReadResult<T> = { ok: true; loaded: LoadedFile<T> } | { ok: false; faults: Fault[] };

/** Parses YAML and validates it with a schema; every fault names its line in the file. */
export function readYaml<T>(schema: z.ZodType<T>, file: string, text: string, firstLine = 1): ReadResult<T> {
  const source = parseYaml(file, text, firstLine);
  if (!source.ok) return source;
  const parsed = schema.safeParse(source.data);
  if (parsed.success) return { ok: true, loaded: { file, value: parsed.data, lineOf: source.lineOf } };
  return { ok: false, faults: parsed.error.issues.flatMap(issue => toFaults(file, source, issue)) };
}

type Source = Extract<YamlSource, { ok: true }>;

function toFaults(file: string, source: Source, issue: z.core.$ZodIssue): Fault[] {
  const path = issue.path.map(step => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => ({
      file,
      line: source.lineOf([...path, key]),
      problem: `${place([...path, key])}: this key is unknown.`,
      fix: 'Remove it, or correct its spelling.',
    }));
  }
  const remedy = fixOf(issue);
  if (remedy !== null) return [{ file, line: source.lineOf(path), problem: issue.message, fix: remedy }];
  return [
    {
      file,
      line: source.lineOf(path),
      problem: `${place(path)}: ${problem(issue, source, path)}`,
      fix: fix(issue),
    },
  ];
}

const place = (path: Path): string => (path.length === 0 ? 'The file' : path.join('.'));

function problem(issue: z.core.$ZodIssue, source: Source, path: Path): string {
  if (valueAt(source.data, path) === undefined) return 'this is missing.';
  if (issue.code === 'invalid_type')
    return `expected ${issue.expected}, found ${kind(valueAt(source.data, path))}.`;
  if (issue.code === 'invalid_value')
    return `"${String(valueAt(source.data, path))}" is not one of the allowed values.`;
  return issue.code === 'invalid_format'
    ? `"${String(valueAt(source.data, path))}" has the wrong form.`
    : `${issue.message}.`.replace('..', '.');
}

function fix(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `Write one of: ${issue.values.map(String).join(', ')}.`;
  if (issue.code === 'invalid_type' && issue.expected === 'string')
    return 'Write a text; put it in double quotes if it looks like a number or true/false.';
  if (issue.code === 'invalid_type')
    return `Write ${issue.expected === 'array' ? 'a list' : `a value of type ${issue.expected}`}.`;
  if (issue.code === 'too_small')
    return `Write at least ${String(issue.minimum)}${issue.origin === 'array' ? ' entries' : ''}.`;
  if (issue.code === 'too_big')
    return `Write at most ${String(issue.maximum)}${issue.origin === 'array' ? ' entries' : ''}.`;
  return issue.message;
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    return (value as Record<string | number, unknown>)[step];
  }, data);
}

const kind = (value: unknown): string =>
  value === null ? 'nothing' : Array.isArray(value) ? 'a list' : typeof value;
