import type { z } from 'zod';
import { readText } from './content-files.js';
import { splitFrontMatter } from './front-matter.js';
import { lessonSchema } from '../schema/module.js';
import { curlyQuotes } from './quotes.js';
import type { Fault, Lesson } from '../schema/types.js';
import type { LoadedFile, ReadResult } from './validation.js';
import { readYaml } from './validation.js';
import type { Path } from './yaml-source.js';

/** Reads files of one root and keeps the faults and the line index of each. */
export class ContentReader {
  readonly faults: Fault[] = [];
  readonly lines = new Map<string, (path: Path) => number>();

  constructor(readonly root: string) {}

  yaml<T>(schema: z.ZodType<T>, file: string): LoadedFile<T> | undefined {
    const text = this.text(file);
    return text === undefined ? undefined : this.keep(readYaml(schema, file, text));
  }

  lesson(file: string, name: string): LoadedFile<Lesson> | undefined {
    const text = this.text(file);
    if (text === undefined) return undefined;
    const parts = splitFrontMatter(text);
    if (!parts)
      return this.fault(
        file,
        1,
        'The front matter is missing.',
        'Begin the file with ---, its keys, and --- again.',
      );
    const head = this.keep(readYaml(lessonSchema, file, parts.head, 2));
    if (!head) return undefined;
    return {
      ...head,
      value: {
        ...head.value,
        name,
        body: curlyQuotes(parts.body.trim()),
        bodyLine: parts.bodyLine + leadingLines(parts.body),
      },
    };
  }

  fault(file: string, line: number, problem: string, fix: string): undefined {
    this.faults.push({ file, line, problem, fix });
  }

  private text(file: string): string | undefined {
    const read = readText(this.root, file);
    if (read.ok) return read.text;
    this.faults.push(read.fault);
    return undefined;
  }

  private keep<T>(result: ReadResult<T>): LoadedFile<T> | undefined {
    if (!result.ok) return void this.faults.push(...result.faults);
    this.lines.set(result.loaded.file, result.loaded.lineOf);
    return result.loaded;
  }
}

const leadingLines = (body: string): number =>
  body.slice(0, body.length - body.trimStart().length).split('\n').length - 1;
