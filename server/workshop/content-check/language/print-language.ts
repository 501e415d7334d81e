import type { JudgedLanguage } from '../../language/judge-language.js';
import type { LanguageFault } from '../../language/language-text.js';
import { textTable } from '../../../platform/lib/text/text-table.js';

/** How often each pattern was found, and where; `held`: how often it may be. Empty where nothing was found. */
export function languageTable(
  { failing, open }: JudgedLanguage,
  held: Readonly<Record<string, number>>,
): string {
  const found = [...failing, ...open];
  const names = [...new Set(found.map(({ pattern }) => pattern))].sort();
  if (names.length === 0) return '';
  return textTable(
    ['pattern', 'screens', 'content', 'held', 'edition 1'],
    names.map(name => {
      const own = found.filter(({ pattern }) => pattern === name);
      const counted = own.filter(({ reported }) => !reported);
      const screens = counted.filter(({ file }) => file.startsWith('server/')).length;
      return [name, screens, counted.length - screens, held[name] ?? 0, own.length - counted.length];
    }),
  );
}

/** Each fault as `file:line  pattern: "sentence" → better`. */
export const languageLines = (faults: readonly LanguageFault[]): string =>
  faults
    .map(
      ({ file, line, pattern, sentence, better }) => `${file}:${line}  ${pattern}: "${sentence}" → ${better}`,
    )
    .join('\n');
