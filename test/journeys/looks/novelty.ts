import { routeOf } from '../../platform/http/routes-of.js';

/** A page as the server answered it. */
export interface Answered {
  readonly method: string;
  /** Address without the query. */
  readonly path: string;
  readonly status: number;
  readonly html: string;
}

/** What is new on a page: one of its parts, or only that it is this page. */
export type Novelty = 'part' | 'page' | 'nothing';

/** Tells what is new on each page that it is asked about, and remembers it. */
export function noveltyOf(): (page: Answered) => Novelty {
  const known = new Set<string>();
  const learn = (names: readonly string[]): boolean => {
    const before = known.size;
    for (const name of names) known.add(name);
    return known.size > before;
  };
  return page => {
    const [hasNewPart, isNewPage] = [learn(partsOf(page.html)), learn(pageOf(page))];
    if (hasNewPart) return 'part';
    return isNewPage ? 'page' : 'nothing';
  };
}

/** The route that shows it. A form that is refused and a page for a problem are told apart by their parts. */
const pageOf = ({ method, path, status }: Answered): string[] =>
  method === 'GET' && status === 200 ? [routeOf({ method, path })] : [];

/** The kinds of parts that the main part of a page is made of: elements with their classes, roles and types. */
export function partsOf(html: string): string[] {
  const [main = ''] = /<main[\s\S]*<\/main>/.exec(html) ?? [];
  const elements = [...main.matchAll(/<([a-z][\w-]*)([^>]*)>/g)];
  return elements.map(([, tag = '', attributes = '']) =>
    [tag, ...(attributes.match(/\b(class|role|type)="[^"]*"/g) ?? [])].join(' '),
  );
}
