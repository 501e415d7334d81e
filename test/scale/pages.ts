import { linksIn, type Client } from '../../server/workshop/smoke/client.js';

/** A page by its name: who asks for it, and where it is. */
export interface ScalePage {
  readonly name: string;
  readonly by: Reader;
  readonly path: string;
}

/** Whoever reads: a visitor, one of the people, a manager of one unit and of all, an administrator of the organisation and of all. */
export type Reader = keyof typeof READERS;

/** Under which address each signs in. */
export const READERS = {
  visitor: null,
  learner: 'p1@seed.example',
  unitManager: 'luc@seed.example',
  manager: 'ben@seed.example',
  organisation: 'otto@seed.example',
  administrator: 'dina@seed.example',
} as const;

const OPEN = ['/', '/courses', '/verify', '/concern', '/law', '/issuer', '/sign-in'];

const OWN = ['/learning', '/certificates', '/account', '/card', '/reminders', '/roles'];

/** Below the address of the organisation. */
const MANAGED = [
  '',
  '/people',
  '/people?query=anna',
  '/people?query=anna+ber',
  '/units',
  '/standings',
  '/standings?shown=overdue',
  '/requirements',
];

const ADMINISTERED = ['/roles', '/invitations', '/roster', '/joining', '/courses', '/evidence', '/reminders'];

const OF_ALL = [
  ...['/admin', '/admin/people', '/admin/people?query=anna', '/admin/people?query=anna+ber', '/admin/log'],
  ...['/admin/mails', '/admin/certificates', '/admin/jobs', '/admin/questions'],
  ...['/admin/statistics', '/admin/signals', '/admin/follow-up', '/admin/rulings'],
];

/** The pages of every role, of the organisation that a manager's page names. */
export async function scalePages(manager: Client): Promise<ScalePage[]> {
  const [home = ''] = linksIn((await manager.get('/team')).text, /^\/organisations\/[\w-]+\/standings$/);
  const organisation = home.replace(/\/standings$/, '');
  const pages = (by: Reader, paths: readonly string[], below = ''): ScalePage[] =>
    paths.map(path => ({ name: `${by} ${path || '(home)'}`, by, path: below + path }));
  return [
    ...pages('visitor', OPEN),
    ...pages('learner', OWN),
    ...pages('unitManager', ['/people', '/people?query=anna', '/standings'], organisation),
    ...pages('manager', MANAGED, organisation),
    ...pages('organisation', ADMINISTERED, organisation),
    ...pages('administrator', OF_ALL),
  ];
}
