import type { LanguageFault } from '../../../language/language-text.js';
import { textTable } from '../../../lib/text-table.js';

/** How often each pattern was found, and where. Empty where nothing was found. */
export function languageTable(faults: readonly LanguageFault[]): string {
  if (faults.length === 0) return '';
  const names = [...new Set(faults.map(({ pattern }) => pattern))];
  const rows = names.map(name => {
    const found = faults.filter(({ pattern }) => pattern === name);
    const counted = found.filter(({ reported }) => !reported);
    const screens = counted.filter(({ file }) => file.startsWith('server/')).length;
    return [name, screens, counted.length - screens, found.length - counted.length];
  });
  return textTable(['pattern', 'screens', 'content', 'edition 1'], rows);
}

/** Each fault as `file:line  pattern: "sentence" → better`. */
export const languageLines = (faults: readonly LanguageFault[]): string =>
  faults
    .map(
      ({ file, line, pattern, sentence, better }) => `${file}:${line}  ${pattern}: "${sentence}" → ${better}`,
    )
    .join('\n');
