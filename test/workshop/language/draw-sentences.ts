import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadContent } from '../../../server/teaching/content/load/load.js';
import { banks, textsIn } from '../../../server/workshop/content-check/findings.js';
import { passages } from '../../../server/teaching/content/load/lesson-body.js';
import { readScreens } from '../../../server/workshop/language/screen-files.js';
import { sentences } from '../../../server/platform/lib/text/sentences.js';
import { countWords } from '../../../server/platform/lib/text/words.js';
import { paragraphs } from './paragraphs.js';

/** Texts of screens that managers, auditors, administrators and operators read. All others are for learners and the public. */
const OFFICE =
  /^server\/\w+\/(admin|api-tokens|certificates\/elsewhere|design|exchange|follow-up|identity|learning\/acknowledgements|mails|management|merging|organisations|provisioning|quizzes\/(item-analysis|preview|regrading)|reminders|reports|requirements)\//;

const read = (root: string, path: string): string => readFileSync(join(root, path), 'utf8');

/** Strings in the source of what is printed and signed on certificates. */
const literals = (source: string): string[] =>
  [...source.matchAll(/'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g)].map(
    ([, plain, filled]) => plain ?? filled ?? '',
  );

/** Every text of a body, by the name of the body. `root` is the folder of the repository. */
export function bodiesIn(root: string): Record<string, string[]> {
  const loaded = loadContent(join(root, 'modules'));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults[0]));
  const { content } = loaded;
  const screens = readScreens(root);
  const textOf = (isOffice: boolean) =>
    screens.filter(({ file }) => OFFICE.test(file) === isOffice).map(({ text }) => text);
  return {
    office: textOf(true),
    learners: textOf(false),
    papers: [
      ...[
        'documents/pdf/paper-words',
        '../../proof/open-badges/credential',
        '../open-badges/achievement',
      ].flatMap(name => literals(read(root, `server/proof/certificates/${name}.ts`))),
      ...content.courses.flatMap(({ summary, criteria, renewal, certificate }) => [
        ...[summary, criteria, renewal?.criteria ?? ''],
        ...[certificate?.showed ?? '', certificate?.subject ?? ''],
      ]),
      ...[
        'certificates/audit-pack/VERIFY-certificate',
        'certificates/audit-pack/VERIFY-organisation',
        'reports/packs/evidence/VERIFY-evidence',
      ].flatMap(name => paragraphs(read(root, `server/${name}.md`))),
    ],
    feedback: banks(content)
      .flatMap(({ items }) => items)
      .filter(item => 'scene' in item)
      .flatMap(item => textsIn(item).filter(({ path }) => path.includes('feedback')))
      .map(({ text }) => text),
    lessons: content.modules.flatMap(({ lessons }) =>
      lessons.flatMap(({ body }) => passages(body).map(({ text }) => text)),
    ),
    documents: [
      ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'modules/WRITING.md'],
      ...readdirSync(join(root, 'docs'))
        .filter(name => name.endsWith('.md') && name !== 'performance.md')
        .map(name => `docs/${name}`),
    ].flatMap(path => paragraphs(read(root, path))),
  };
}

/** `count` distinct sentences of three words or more, the same for the same seed whatever their order is. */
export function drawSentences(
  texts: readonly string[],
  { seed, count }: { seed: string; count: number },
): string[] {
  const all = new Set(texts.flatMap(sentences).filter(sentence => countWords(sentence) >= 3));
  const rank = (sentence: string) => createHash('sha256').update(`${seed}\n${sentence}`).digest('hex');
  return [...all]
    .map(sentence => ({ sentence, at: rank(sentence) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .slice(0, count)
    .map(({ sentence }) => sentence);
}
