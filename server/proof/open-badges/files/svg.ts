const OPEN = '<openbadges:credential>';
const CLOSE = '</openbadges:credential>';
const SECTION = '<![CDATA[';
const SECTION_END = ']]>';

/**
 * The credential baked into an SVG as Open Badges 3.0 specifies: the text of its one element, in CDATA. The drawing is
 * never parsed or rendered. Only the spelling in which badges are written is accepted, and what could give a text another
 * meaning (a document type, entities) is refused. Null when the credential is not there exactly once.
 */
export function textInSvg(svg: string): string | null {
  if (/<!(DOCTYPE|ENTITY)/i.test(svg) || !/^\s*<(\?xml|svg)\b/.test(svg) || !/<\/svg>\s*$/.test(svg))
    return null;
  const start = svg.indexOf(OPEN);
  if (start === -1) return null;
  const { text, end } = sectionsAt(svg, start + OPEN.length);
  if (text === '' || !svg.startsWith(CLOSE, end)) return null;
  return svg.includes('openbadges:credential', end + CLOSE.length) ? null : text;
}

/** The joined text of the CDATA sections that begin here: a name that contains an end mark is split into two sections. */
function sectionsAt(svg: string, start: number): { text: string; end: number } {
  const parts: string[] = [];
  let at = start;
  while (svg.startsWith(SECTION, at)) {
    const end = svg.indexOf(SECTION_END, at);
    if (end === -1) break;
    parts.push(svg.slice(at + SECTION.length, end));
    at = end + SECTION_END.length;
  }
  return { text: parts.join(''), end: at };
}
