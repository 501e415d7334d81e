import { tableOf, type Run } from './figure.js';

/** The subjects in the order of the page, each with what is measured and how. A key is the name of a file of `test/measured/`. */
export const SUBJECTS = {
  pages: {
    title: 'Pages and forms',
    about:
      'CPU of the server for one request, as a multiple of what a bare Express application needs for "hello" in the same run. The server is pinned to one core. The least of three rounds counts.',
  },
  journey: {
    title: 'A whole course',
    about:
      'One learner takes the airline course from sign-in to certificate, and a stranger checks the certificate. The median of eight journeys on a server that has seen twenty.',
  },
  rush: {
    title: 'A rush of 300 learners',
    about:
      '300 learners take the course within five minutes and hand in the final within two seconds. The server and the learners share the machine.',
  },
  memory: {
    title: 'Eight learners at once',
    about: 'The memory of the server while eight learners take a course within a minute.',
  },
  certificates: {
    title: 'Signing and checking',
    about: 'CPU of one operation, as a multiple of one raw Ed25519 signature in the same run.',
  },
  batch: {
    title: 'Many certificates at once',
    about:
      'Many people finish together. The server issues their certificates, is killed on the way and starts again, and answers pages all the while.',
  },
  statistics: {
    title: 'Statistics of questions',
    about: 'Figures over 100,000 made-up attempts, and what it takes to keep them up to date.',
  },
  'slow-line': {
    title: 'A bad mobile connection',
    about: 'A first visit in a browser at 400 kbit/s and 300 ms of latency: the median of three.',
  },
  roster: {
    title: 'Importing people',
    about:
      'A list of people is read, previewed and imported, then the list of the next month, in which a tenth move.',
  },
  standings: {
    title: 'Training status',
    about:
      'A seeded organisation of 1,000 people with 30 requirements is calculated from nothing and then read.',
  },
  'scale-1000': {
    title: 'An installation with 1,000 people',
    about: 'CPU of the server for each page, the best of three rounds.',
  },
  'scale-100000': {
    title: 'An installation with 100,000 people',
    about: 'CPU of the server for each page, the best of three rounds.',
  },
  ledger: {
    title: 'Verifying the ledger',
    about:
      'Events are recorded in the chains of eight organisations, then verified as a whole, and again after 1,000 more.',
  },
  search: {
    title: 'Finding a person',
    about:
      'A manager looks for one of 100,000 people, in each way in which the list can be searched. The fastest of five.',
  },
} as const satisfies Record<string, { readonly title: string; readonly about: string }>;

export type Subject = keyof typeof SUBJECTS;

export const isSubject = (name: string): name is Subject => Object.hasOwn(SUBJECTS, name);

const HEAD = `# Performance

The programs that measure write this page from \`test/measured/\`. Do not edit it: run a command below on a quiet machine and commit
what it writes. Ratios compare between machines. Times and memory do not.
`;

/** The page \`docs/performance.md\` of these runs. PostgreSQL's own run of a subject follows that of SQLite. */
export function performancePage(runs: readonly Run[]): string {
  const parts = Object.entries(SUBJECTS).flatMap(([subject, { title, about }]) =>
    runs
      .filter(run => run.subject === subject || run.subject === `${subject}-postgres`)
      .toSorted((one, other) => one.subject.length - other.subject.length)
      .map(run => partOf(run, run.subject === subject ? title : `${title} (PostgreSQL)`, about)),
  );
  return [HEAD, ...parts].join('\n');
}

const partOf = ({ command, date, commit, machine, figures }: Run, title: string, about: string): string =>
  [
    `## ${title}`,
    '',
    about,
    '',
    `\`${command}\` on ${date}, commit \`${commit}\`, ${machine}.`,
    '',
    ...tableOf(figures),
    '',
  ].join('\n');
