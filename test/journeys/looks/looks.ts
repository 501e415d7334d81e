import { gzipSync } from 'node:zlib';
import type { Sight } from './arrive.js';
import type { ContentWords } from './content-words.js';
import { accessibilityFaults, htmlFaults, wayOutFaults } from './inspect.js';
import { longer, mirrored } from './look-language.js';
import { fits, fitsLarge, fitsSpaced } from './look-layout.js';
import { inForcedColours, inTheDark, onPaper } from './look-media.js';
import { helps } from './look-refusal.js';
import { leavesRoomAtLeast } from './look-zoom.js';
import type { Novelty } from './novelty.js';
import type { Look } from './tour.js';

const KB = 1024;
/** One page, compressed: about what the first answer of a network connection carries. */
const HTML = 14 * KB;
/** Everything that a first view loads, compressed. */
const FIRST_VIEW = 60 * KB;
/** The page that a gate officer opens on a bad network. */
const VERIFY = 30 * KB;
/** The page and its files; what is loaded after it is counted on the connection, in slow-connection.test.ts. */
const FILES = 6;

/**
 * What is looked at, and how much must be new on a page for it: "nothing", every scene; "page", each page once and every
 * scene with a part that is new, since it depends on what stands beside what; "part", where a part is new, which has the same
 * colours on all pages, and turns with the line on all of them. In this order the window changes its size seldom, and a
 * page is loaded again, without what was put into it to look at it, last.
 */
const LOOKS = (content: () => Promise<ContentWords>): Readonly<Record<string, [Novelty, Look]>> => ({
  'is right HTML': ['nothing', (_, { html }) => htmlFaults(html)],
  'is light': ['nothing', (_, sight) => weight(sight)],
  'has its way out in its place': ['nothing', wayOutFaults],
  'helps when it refuses a form': ['nothing', helps],
  'can be used by all': ['page', accessibilityFaults],
  'keeps its edges in forced colours': ['part', inForcedColours],
  'fits, wide and narrow': ['page', fits],
  'fits when letters, words and lines stand further apart': ['page', fitsSpaced],
  'can be used in the dark, on a narrow screen': ['part', inTheDark],
  'is whole on paper': ['page', onPaper],
  'fits when the text is twice as large': ['page', fitsLarge],
  'leaves room to read when it is enlarged': ['page', leavesRoomAtLeast],
  'fits in a longer language, and has no English that should not be there': ['page', longer(content)],
  'reads from right to left': ['part', mirrored],
});

const RANKS: Readonly<Record<Novelty, number>> = { nothing: 0, page: 1, part: 2 };

/** The looks at a page on which so much is new, by their names. */
export const looks =
  (content: () => Promise<ContentWords>) =>
  (novelty: Novelty): Readonly<Record<string, Look>> =>
    Object.fromEntries(
      Object.entries(LOOKS(content))
        .filter(([, [asked]]) => RANKS[novelty] >= RANKS[asked])
        .map(([name, [, look]]) => [name, look]),
    );

function weight({ scene: { name }, html, loaded: { files, bytes } }: Sight): string[] {
  // The collection of all parts has its own style sheet and those of all wings.
  const allowed = name.startsWith('design') ? FILES + 2 : FILES;
  const most = name.startsWith('verify') ? VERIFY : FIRST_VIEW;
  return [
    ...(gzipSync(html).length > HTML ? [`${gzipSync(html).length} bytes of HTML`] : []),
    ...(files < 2 || files > allowed ? [`${files} files`] : []),
    ...(bytes > most ? [`${bytes} bytes`] : []),
  ];
}
