const HEADING = /<h1\b[^>]*>(.*?)<\/h1>/s;
/** Marks what names its page better than the heading does. */
const NAME = / data-page-name>(.*?)<\/(?:p|h2)>/s;
/** The part of the site that a page belongs to. */
const PART = / data-page-part="([^"]*)"/;

/** What templates escape. */
const ESCAPED: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&#34;': '"',
  '&#39;': "'",
};

const textOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:amp|lt|gt|#34|#39);/g, sign => ESCAPED[sign] ?? sign)
    .replace(/\s+/g, ' ')
    .trim();

/**
 * What the title of a page says before the name of the site, most specific part first: "Overdue – Northern Lights". A title
 * names the topic of its page (WCAG 2.2, 2.4.2), and the heading does so already.
 *
 * @param body HTML of the page, as its template made it
 * @returns plain text; empty for a page without a heading
 */
export function pageTitle(body: string): string {
  const name = NAME.exec(body) ?? HEADING.exec(body);
  return [name, PART.exec(body)]
    .map(found => textOf(found?.[1] ?? ''))
    .filter(Boolean)
    .join(' – ');
}
