import { posix } from 'node:path';
import { slices } from '../../server/slices.js';

/** A file of the project: path from the top, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** The folders in which slices stand, in the order in which they may know each other. */
const WINGS: readonly string[] = ['platform', 'people', 'teaching', 'proof', 'office', 'workshop'];

/** Below all slices. */
const BELOW = [['lib', 'errors', 'policy'], ['config', 'i18n'], ['db']];

/** Between the slices and the workshop, which may read all of them. */
const BETWEEN = [['worker'], ['door'], ['preconditions', 'start-faults']];

/** Composition. */
const ABOVE = [
  ...[
    ['slices'],
    ['background'],
    ['app'],
    ['installation'],
    ['command-line', 'command-recount'],
    ['commands'],
  ],
  ['cli', 'main'],
];

const names = slices.map(({ name }) => name);
const workshop = names.indexOf('language');

/** From left to right: what stands here may import what stands to its left, never to its right. */
const ORDER = [
  ...BELOW,
  ...names.slice(0, workshop).map(name => [name]),
  ...BETWEEN,
  ...names.slice(workshop).map(name => [name]),
  ...ABOVE,
];

/** Values in, values out: no clock, no chance, no database, no web. */
const PURE = [
  /^server\/platform\/lib\//,
  /^server\/platform\/i18n\/waits\.ts$/,
  /^server\/workshop\/language\/(?!screen-files|slice)/,
  /^server\/teaching\/learning\/(completion|cycle-addresses|next-up|pending-certificate|pages\/(task-row|job-page|course-page|module-page|case-page|copies))\.ts$/,
  /^server\/teaching\/(exhibits|questions)\//,
  /^server\/teaching\/quizzes\/quiz\.ts$/,
  /^server\/teaching\/quizzes\/(drawing|grading)\/(?!routes)/,
  /^server\/workshop\/exchange\/(?!routes|command|slice)/,
  /^server\/workshop\/bots\/(?!command|slice)/,
  /^server\/teaching\/quizzes\/attempts\/(state|limits|start\/(start-page|start-rules|start-notices)|review-page|time\/(time-texts|pause-page)|answer-json|field-prefix|question-page|all-questions-page)\.ts$/,
  /^server\/teaching\/quizzes\/(results|remediation|preview)\/(result-page|restudy|again|sure-first|case-result|remediation-page|rules|preview-case|preview)\.ts$/,
  /^server\/platform\/sums\/sums\.ts$/,
  /^server\/teaching\/quizzes\/item-analysis\/(figures\/(?!collect)|kept\/(sum-names|stored-sums)|signals\/(?!signals-course)|statistics-(page|texts|csv)|plots|small-groups)/,
  /^server\/teaching\/quizzes\/regrading\/(regrade-(texts|csv)|ruling\/(rulings|ruling-text|proposals|key-texts)|preview\/(impact|dry-run))\.ts$/,
  /^server\/teaching\/follow-up\/(kinds|module-items|parallel-forms|refresher-forms|form-page|gains\/(learning-gain|gain-sums|counted-units))\.ts$/,
  /^server\/proof\/certificates\/(lifecycle\/(validity|validity-text|certificate-state)|holder\/(printable-name|by-course)|verification\/holder-name)\.ts$/,
  /^server\/people\/organisations\/roster\/(reading|preview)\//,
  /^server\/people\/organisations\/roster\/(faults-csv|stored-verdicts)\.ts$/,
  /^server\/proof\/requirements\/(timeline\/|audiences\/audience|standings|standing-interval|requirement-(rule|facts))/,
  /^server\/proof\/reports\/why\/why-(inputs|steps)\.ts$/,
  /^server\/teaching\/courses\/cards\.ts$/,
  /^server\/workshop\/content-check\/gates\//,
  /^server\/teaching\/content\/(filling|bounds|drawable|fact-expiry)\.ts$/,
];
/**
 * These make ids, read secrets, write the log or keep files: in lib for what they do not know, not for purity. The texts are
 * read from files when the program starts, and stay the same after that.
 */
const EXEMPT = /^server\/platform\/(lib\/(ids|log|kept-files)|i18n\/texts)\.ts$/;

/** Every rule that a file breaks, in words. `all` tells which slices own which tables. */
export function faultsOf({ path, text }: SourceFile, all: readonly SourceFile[]): string[] {
  const imports = [...text.matchAll(IMPORTS)].map(([, , name, late, added]) => name ?? late ?? added ?? '');
  const own = imports.filter(name => name.startsWith('.')).map(name => resolve(path, name));
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  return [
    ...outsiders(path, imports),
    ...own.flatMap(target => direction(path, target)),
    ...tables({ path, text }, own, all),
    ...purity({ path, text }, all),
    ...rooms(path, code, own, all),
    ...peopleOutsideReach(path, code),
    ...routesAlone(path, own),
    ...doorsAlone(path, own),
    ...reactionsAlone(path, own),
  ].map(fault => `${path}: ${fault}`);
}

/** Circles of imports, of types too: each as the files that import one another. */
export function circlesIn(all: readonly SourceFile[]): string[][] {
  const graph = new Map(all.map(file => [file.path, importsOf(file).map(({ target }) => target)]));
  const reach = (from: string): Set<string> => {
    const seen = new Set<string>();
    const open = [...(graph.get(from) ?? [])];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      open.push(...(graph.get(at) ?? []));
    }
    return seen;
  };
  const reached = new Map([...graph.keys()].map(path => [path, reach(path)]));
  const inCircle = [...graph.keys()].filter(path => reached.get(path)?.has(path));
  const circles = inCircle.map(path =>
    inCircle.filter(other => reached.get(path)?.has(other) && reached.get(other)?.has(path)).sort(),
  );
  return [...new Map(circles.map(circle => [circle.join(), circle])).values()];
}

/** Imports at the top of a file, those that wait until they are needed, and modules that it adds to: the same rules hold for all. */
const IMPORTS =
  /^(?:import|export)\b([^;]*?)\bfrom '([^']+)'|\bimport\('([^']+)'\)|^declare module '([^']+)'/gm;

/** What a file imports of ours; `isType` where nothing of it is there when the program runs. */
export function importsOf({ path, text }: SourceFile): { target: string; isType: boolean }[] {
  return [...text.matchAll(IMPORTS)].flatMap(([, names = '', from, late, added]) => {
    const name = from ?? late ?? added ?? '';
    if (!name.startsWith('.')) return [];
    const isType =
      added !== undefined ||
      /^\s*type\b/.test(names) ||
      /^\s*\{\s*(type \w+( as \w+)?,?\s*)+\}\s*$/.test(names);
    return [{ target: resolve(path, name), isType }];
  });
}

/** Nobody imports routes but other routes of the slice, and its door. */
const routesAlone = (path: string, own: readonly string[]): string[] =>
  own
    .filter(isRoutes)
    .filter(target => !(isRoutes(path) || isDoor(path)) || sliceOf(target) !== sliceOf(path))
    .map(target => `imports routes, ${target}`);

/** The files that may read the list of slices. If a slice's files did, imports would form a circle. */
const COMPOSITION = /^server\/(main|cli|installation|app|background|commands|command-recount)\.ts$/;

/** Only the list of slices imports doors, and only composition imports the list. */
function doorsAlone(path: string, own: readonly string[]): string[] {
  const doors = own.filter(target => isDoor(target) && path !== 'server/slices.ts');
  const isOwn = (target: string) => isDoor(path) && sliceOf(target) === sliceOf(path);
  return [
    ...doors.filter(target => !isOwn(target)).map(target => `imports a door, ${target}`),
    ...own
      .filter(target => target === 'server/slices.ts' && !COMPOSITION.test(path))
      .map(() => 'imports the list of slices'),
  ];
}

/** Only the door of a slice imports its reactions and routines. */
const reactionsAlone = (path: string, own: readonly string[]): string[] =>
  own
    .filter(isReactions)
    .filter(target => !(isDoor(path) && sliceOf(target) === sliceOf(path)))
    .map(target => `imports reactions or routines, ${target}`);

function outsiders(path: string, imports: readonly string[]): string[] {
  const web =
    /(^|\/)(routes[^/]*|app|door|installation|slice)\.ts$|^server\/platform\/http\//.test(path) ||
    path === 'server/people/accounts/sign-in/sign-in.ts';
  const faults: string[] = [];
  if (imports.includes('express') && !web) faults.push('only routes, doors, http/ and app.ts import express');
  if (
    imports.some(name => name.startsWith('passport')) &&
    path !== 'server/people/accounts/sign-in/sign-in.ts'
  ) {
    faults.push('only accounts/sign-in/sign-in.ts imports passport');
  }
  return faults;
}

function direction(path: string, target: string): string[] {
  const [from, to] = [place(path), place(target)];
  if (!target.startsWith('server/') || to <= from) return [];
  // The list of slices is above all doors; those of tools stand among them.
  if (path === 'server/slices.ts' && isDoor(target)) return [];
  // Routes put a page together from any slice, and reactions a mail; nobody imports them, or doors, so no circle arises.
  if (isRoutes(path) || isReactions(path) || isDoor(path)) return [];
  return [`looks right, to ${target}`];
}

/** Tables are defined once, in `tables.ts` of the slice that owns them, from nothing but `db/table.ts`. */
function tables({ path, text }: SourceFile, own: readonly string[], all: readonly SourceFile[]): string[] {
  const faults: string[] = [];
  const owners = tablesIn(all);
  if (isTables(path) && own.some(target => target !== 'server/platform/db/table.ts')) {
    faults.push('a definition of tables imports more than db/table');
  }
  if (!isTables(path) && /\bdefineTable\(/.test(text) && sliceOf(path) !== 'db') {
    faults.push('defines a table outside tables.ts');
  }
  for (const [, name = ''] of sqlIn(text).matchAll(/\b(?:from|join|into|update|table)\s+([a-z_]+)/g)) {
    if (owners.some(({ table }) => table === name)) faults.push(`names the table ${name} by hand`);
  }
  if (sliceOf(path) !== 'db' && /\brows?\(\s*\{/.test(text)) faults.push('runs SQL that no template made');
  for (const name of writtenIn(text)) {
    const owner = owners.find(each => each.model === name)?.slice;
    if (owner !== undefined && owner !== sliceOf(path)) faults.push(`writes ${name}, a table of ${owner}`);
  }
  return faults;
}

const isTables = (path: string): boolean => /^server\/.+\/tables\.ts$/.test(path);

const tablesIn = (all: readonly SourceFile[]) =>
  all
    .filter(({ path }) => isTables(path))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/export const (\w+) = defineTable\(\s*'(\w+)'/g)].map(([, model, table]) => ({
        model,
        table,
        slice: sliceOf(path),
      })),
    );

/** Lists of people that are not for those who manage them, and why each may read everybody. */
const NOT_OF_MANAGERS: readonly (readonly [RegExp, string])[] = [
  [
    /^server\/(people\/accounts|office\/admin)\//,
    'for administrators of the installation, who see everybody, or of oneself',
  ],
  [/^server\/teaching\/quizzes\/regrading\//, 'for administrators of the installation'],
  [
    /^server\/(teaching\/follow-up\/(refreshers|gains\/forms-to-count)\.|proof\/reminders\/duties\/(due-reminders|remind)\.|people\/organisations\/people\/(member-words|unit-members)\.|proof\/requirements\/reckoning\/)/,
    'what the program does by itself',
  ],
  [
    /^server\/proof\/requirements\/classroom\/sessions\/stored-sessions\./,
    'for whoever may open the session that they list',
  ],
  [
    /^server\/proof\/reports\/rooms\//,
    'the people of a room, for its auditor and those who administer the whole organisation',
  ],
  [/^server\/people\/provisioning\//, 'for the directory of the whole organisation, by its token'],
  [
    /^server\/(people\/organisations\/(roster|invitations|grants)|proof\/reports\/packs)\//,
    'for those who administer the whole organisation',
  ],
];

/** A list of people, which has an order or an end, carries the reach of whoever reads it (organisations/reach.ts). */
function peopleOutsideReach(path: string, code: string): string[] {
  if (NOT_OF_MANAGERS.some(([files]) => files.test(path))) return [];
  const isOutside = [...code.matchAll(LISTED)].some(
    ({ 0: statement, index }) =>
      !ACTORS.test(statement) && !OF_ONE.test(statement) && !WITHIN_REACH.test(queryAt(code, index)),
  );
  const asks = /\bvisible(To|Rows)\b/.test(code);
  return isOutside || (!asks && WITHIN_REACH.test(code)) ? ['lists people outside their reach'] : [];
}

/** The whole template around a place in it. */
const queryAt = (code: string, index: number): string =>
  code.slice(code.lastIndexOf('sql`', index), code.indexOf('`', index));

/** A query carries what `visibleTo` or `visibleRows` gave. */
const WITHIN_REACH = /\$\{(?:\w+\.)?(?:condition|seen)\}/;

/** From a table of people to the order or the end of the list; not what only asks whether there is somebody. */
const LISTED =
  /(?<!exists \(select 1 )\b(?:from|join) \$\{(?:Membership|MembershipPerson|User)\}(?:(?!;\n)[\s\S])*?\b(?:order by|limit)\b/g;

/** Who did something, beside what was done. */
const ACTORS = /^join \$\{User\} (\w) on \1\.id = \w+\.(actor_id|granted_by|blocked_by)\b/;

/** The rows of one person. */
const OF_ONE = /\b(user_id|membership_id) = \$\d/;

/** The statements of a file. */
const sqlIn = (text: string): string =>
  [...text.matchAll(/\bsql`([^`]*)`/g)].map(([, statement]) => statement).join('\n');

/** The models whose tables a file writes. */
const writtenIn = (text: string): string[] =>
  [
    ...text.matchAll(/\b(?:insert into|update|delete from)\s+\$\{(\w+)\}/g),
    ...text.matchAll(/\b(?:insert|insertOnce)\(\s*(\w+)/g),
    ...text.matchAll(/\b([A-Z]\w+)\.(?:create|bulkCreate|update|upsert|destroy)\(/g),
  ].map(([, name]) => name ?? '');

/** A pure file, and everything that it imports, reads no clock, no chance, no database and no web. */
function purity(file: SourceFile, all: readonly SourceFile[]): string[] {
  if (!isPure(file.path)) return [];
  return [file, ...importedBy(file, all)].flatMap(each =>
    EXEMPT.test(each.path) ? [] : impurities(each).map(fault => `a pure file ${fault}, in ${each.path}`),
  );
}

const isPure = (path: string): boolean => PURE.some(pattern => pattern.test(path)) && !EXEMPT.test(path);

/** The files that run when this one is imported. */
function importedBy(file: SourceFile, all: readonly SourceFile[]): SourceFile[] {
  const found = new Set<SourceFile>();
  const open = [file];
  for (let at = open.pop(); at; at = open.pop()) {
    for (const { target, isType } of importsOf(at)) {
      const next = isType ? undefined : all.find(({ path }) => path === target);
      if (!next || found.has(next)) continue;
      found.add(next);
      open.push(next);
    }
  }
  return [...found];
}

function impurities({ path, text }: SourceFile): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  const faults: string[] = [];
  if (/\bDate\.now\(|new Date\(\)|Math\.random\(|performance\.now\(/.test(code))
    faults.push('reads the clock or rolls dice');
  if (/\bfrom '(express|sequelize|node:(fs|net|http)[^']*|pg|sqlite3)'/.test(code))
    faults.push('reaches outside');
  if (/^server\/platform\/(db|events|http)\//.test(path) || isTables(path))
    faults.push('reads the database or the web');
  return faults;
}

function rooms(path: string, code: string, own: readonly string[], all: readonly SourceFile[]): string[] {
  const faults: string[] = [];
  if (/process\.env\b/.test(code) && path !== 'server/config.ts')
    faults.push('only config.ts reads the environment');
  if (/\bsequelize\s*\.transaction\(/.test(code) && path !== 'server/platform/db/postgres.ts')
    faults.push('a bare transaction');
  if (/^export (\*|\{[^}]*\}) from/m.test(code)) faults.push('a re-export');
  // Migrations import nothing, so it does not matter which of them is loaded.
  if (/\bimport\((?!')/.test(code) && path !== 'server/platform/db/migrate.ts')
    faults.push('imports a file whose name is not in the code');
  if (path === 'server/policy.ts' && own.some(target => target !== 'server/errors.ts'))
    faults.push('policy imports only errors');
  const reads = own.filter(target => target.startsWith('server/platform/db/') || isTables(target));
  if (isRoutes(path) && reads.length > 0) faults.push(`routes reach past verbs, to ${reads.join(', ')}`);
  if (all.length === 0) faults.push('nothing was read');
  return faults;
}

/** `../db/rows.js` seen from a file, as the path of the source. */
const resolve = (path: string, name: string): string =>
  posix.normalize(posix.join(posix.dirname(path), name)).replace(/\.js$/, '.ts');

/** The door of a slice, and its commands. */
const isDoor = (path: string): boolean => /^server\/.+\/(slice|commands)\.ts$/.test(path);

const isRoutes = (path: string): boolean => /\/routes[^/]*\.ts$/.test(path);

const isReactions = (path: string): boolean => /^server\/.+\/(reactions|routines)\.ts$/.test(path);

/** The slice of a file, or the name of a file that is in none. */
export function sliceOf(path: string): string {
  const [, first = '', second = ''] = path.replace(/\.ts$/, '').split('/');
  return WINGS.includes(first) ? second : first;
}

function place(path: string): number {
  const at = ORDER.findIndex(step => step.includes(sliceOf(path)));
  return at === -1 ? ORDER.length : at;
}
