const HEADING = /<h1\b[^>]*>(.*?)<\/h1>/s;
/** Marks what names its page better than the heading does. */
const NAME = / data-page-name>(.*?)<\/(?:p|h2)>/s;
/** The part of the site that a page belongs to. */
const PART = / data-page-part="([^"]*)"/;

const textOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim();

/**
 * What the title of a page says before the name of the site, most specific part first: "Overdue – Northern Lights". A title
 * names the topic of its page (WCAG 2.2, 2.4.2), and the heading does so already.
 *
 * @param body HTML of the page, as its template made it
 * @returns escaped; empty for a page without a heading
 */
export function pageTitle(body: string): string {
  const name = textOf((NAME.exec(body) ?? HEADING.exec(body))?.[1] ?? '');
  return [name, PART.exec(body)?.[1]].filter(Boolean).join(' – ');
}
