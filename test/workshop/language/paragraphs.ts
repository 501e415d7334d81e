/** Paragraphs of Markdown without code, tables' rules and marks of headings and lists. */
export const paragraphs = (markdown: string): string[] =>
  markdown
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .replace(/```[\s\S]*?```/g, '')
    .split(/\n\s*\n|\n(?=\s*[-*|>#]|\s*\d+\. )/)
    .flatMap(block => (block.trim().startsWith('|') ? block.split('|') : [block]))
    .map(block =>
      block
        .replace(/^\s*(?:[-*>#]+|\d+\.)\s*/, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter(block => /[a-z]{3}/.test(block) && !/^[-: ]+$/.test(block));
