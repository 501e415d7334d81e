/** A Markdown file with `---` front matter, in two parts. `bodyLine` is the line of the file on which the body begins. */
export type FrontMatterParts = { head: string; body: string; bodyLine: number };

/** Splits off the front matter. Undefined when the file does not begin with `---` or the front matter is never closed. */
export function splitFrontMatter(text: string): FrontMatterParts | undefined {
  const lines = text.split('\n');
  if (lines[0]?.trimEnd() !== '---') return undefined;
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---');
  if (end < 0) return undefined;
  return { head: lines.slice(1, end).join('\n'), body: lines.slice(end + 1).join('\n'), bodyLine: end + 2 };
}
