import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../server/config.js';
import { circlesIn, faultsOf, type SourceFile } from './support/architecture.js';

const EXPORTED = /^export (?:async )?(?:function|const|class|interface|type) (\w+)/gm;

/** Each slice has a door, routes and commands; the browser's own `proofFault` takes the place of the server's when the page is built. */
const MEANT_TWICE: ReadonlySet<string> = new Set([
  'door',
  'commands',
  'routes',
  'officeRoutes',
  'proofFault',
]);

/** Files of which each slice, or room, has its own; and what stands in for the server's in a browser. */
const OWN_KINDS =
  /\/(routes(-\w+)*|tables|slice|commands|events|reactions|routines)\.ts$|^server\/proof\/certificates\/offline\/browser\//;

/** The import rules of docs/architecture.md, read from the import lines of the source itself. */
describe('the architecture', () => {
  const source = filesBelow('server', '.ts');

  it('holds in every file of server/', () => {
    expect(source.length).to.be.greaterThan(100);
    expect(source.flatMap(file => faultsOf(file, source))).to.deep.equal([]);
  });

  it('has no import cycle, not even of types', () => {
    expect(circlesIn(source)).to.deep.equal([]);
  });

  it('exports each name from one file', () => {
    const files = new Map<string, string[]>();
    for (const { path, text } of source)
      for (const [, name = ''] of text.matchAll(EXPORTED))
        files.set(name, [...(files.get(name) ?? []), path]);
    const twice = [...files].filter(([name, paths]) => new Set(paths).size > 1 && !MEANT_TWICE.has(name));
    expect(twice).to.deep.equal([]);
  });

  it('gives each file a name of its own', () => {
    const names = source.filter(({ path }) => !OWN_KINDS.test(path)).map(({ path }) => basename(path));
    expect(names.filter((name, at) => names.indexOf(name) !== at)).to.deep.equal([]);
  });

  it('lets no test wait at its top, or it is loaded in another way than the others, with modules of its own', () => {
    const waiting = filesBelow('test', '.test.ts').filter(({ text }) =>
      /^(const .* = |for )?await /m.test(text),
    );
    expect(waiting.map(({ path }) => path)).to.deep.equal([]);
  });

  it('migrations import nothing from server/', () => {
    const importing = filesBelow('migrations', '.ts').filter(({ text }) => /\bfrom '/.test(text));
    expect(importing.map(({ path }) => path)).to.deep.equal([]);
  });

  it('lets no test and no migration open a bare transaction, which bypasses the write queue', () => {
    const bare = [...filesBelow('test', '.ts'), ...filesBelow('migrations', '.ts')].filter(({ text }) =>
      /^[^'`]*\bsequelize\s*\.transaction\(/m.test(text),
    );
    expect(bare.map(({ path }) => path)).to.deep.equal([]);
  });

  it('views write unescaped text only for parts, the body of the page, and sanitised lessons', () => {
    const places = filesBelow('views', '.ejs').flatMap(({ path, text }) =>
      [...text.matchAll(/<%-(?!\s*it\.(?:include|drawnOnce)\()(.*?)-?%>/g)].map(
        ([, code]) => `${path}: ${code?.trim()}`,
      ),
    );
    expect(places).to.deep.equal([
      'views/components/courses/prose.ejs: it.html',
      'views/layout.ejs: it.body',
    ]);
  });

  it('top level holds what docs/architecture.md names, and nothing else', () => {
    const known =
      /^(server|views|modules|migrations|test|docs|deploy|node_modules|dist|data|package\.json|package-lock\.json|tsconfig\.json|README\.md|CHANGELOG\.md|CONTRIBUTING\.md|SECURITY\.md|LICENSE|knip\.json|\..+)$/;
    expect(readdirSync(projectRoot).filter(name => !known.test(name))).to.deep.equal([]);
  });

  describe('finds each planted fault:', () => {
    const planted: [string, string, string, string][] = [
      [
        'a verb that imports express',
        'server/teaching/learning/x.ts',
        "import { Router } from 'express';",
        'express',
      ],
      [
        'passport outside sign-in',
        'server/people/accounts/x.ts',
        "import passport from 'passport';",
        'passport',
      ],
      [
        'the environment outside config',
        'server/teaching/quizzes/x.ts',
        'process.env.SECRET;',
        'environment',
      ],
      [
        'a slice that looks right',
        'server/teaching/learning/x.ts',
        "import { a } from '../quizzes/attempts.js';",
        'right',
      ],
      [
        'a table that another slice writes',
        'server/proof/certificates/x.ts',
        'sql`update ${Cycle} set number = 1`;',
        'a table of learning',
      ],
      [
        'a row that another slice inserts',
        'server/proof/certificates/x.ts',
        'await insertOnce(Cycle, {});',
        'a table of learning',
      ],
      [
        'a model that another slice changes',
        'server/proof/certificates/x.ts',
        'await Cycle.update({}, {});',
        'a table of learning',
      ],
      [
        'a list of people that everybody could read',
        'server/office/management/x.ts',
        'sql`select 1 from ${Membership} m where m.organisation_id = $1 order by m.id limit $2`;',
        'outside their reach',
      ],
      [
        'a second list beside one that carries their reach',
        'server/office/management/x.ts',
        'const reach = await visibleTo(actor, at); sql`select 1 from ${Membership} m where ${reach.condition} limit 1`; ' +
          'sql`select 2 from ${Membership} m where m.organisation_id = $1 order by m.id limit $2`;',
        'outside their reach',
      ],
      [
        'a list of their names',
        'server/teaching/follow-up/x.ts',
        'sql`select 1 from ${Measurement} m join ${User} u on u.id = m.user_id order by u.name`;',
        'outside their reach',
      ],
      [
        'SQL that no template made',
        'server/teaching/learning/x.ts',
        'await rows({ text: typed });',
        'no template',
      ],
      ['a table named by hand', 'server/teaching/learning/x.ts', 'sql`select 1 from cycles`;', 'by hand'],
      [
        'a table outside tables.ts',
        'server/teaching/learning/x.ts',
        "export const Page = defineTable('pages', {});",
        'outside tables.ts',
      ],
      [
        'a definition of tables that imports a slice',
        'server/teaching/quizzes/tables.ts',
        "import { U } from '../accounts/people.js';",
        'more than db/table',
      ],
      [
        'a pure file that reads the database',
        'server/teaching/quizzes/grading/scoring.ts',
        "import { row } from '../../../platform/db/rows.js';",
        'pure',
      ],
      [
        'a pure file that reads the clock',
        'server/teaching/quizzes/drawing/draw-form.ts',
        'const now = Date.now();',
        'pure',
      ],
      [
        'a pure file that rolls dice',
        'server/proof/certificates/lifecycle/validity.ts',
        'Math.random();',
        'pure',
      ],
      [
        'routes that touch the database',
        'server/teaching/learning/routes.ts',
        "import { rows } from '../../platform/db/rows.js';",
        'routes',
      ],
      [
        'routes that touch a table',
        'server/teaching/learning/routes.ts',
        "import { Cycle } from './tables.js';",
        'routes',
      ],
      ['a bare transaction', 'server/teaching/learning/x.ts', 'sequelize.transaction(work);', 'transaction'],
      [
        'a pure file that reads the database through another',
        'server/teaching/quizzes/grading/scoring.ts',
        "import { findCycle } from '../../learning/enrolments.js';",
        'server/platform/db/rows.ts',
      ],
      [
        'a verb that imports routes',
        'server/teaching/quizzes/attempts/x.ts',
        "import { routes } from './routes-question.js';",
        'imports routes',
      ],
      [
        'routes of another slice',
        'server/office/admin/routes.ts',
        "import { routes } from '../quizzes/routes.js';",
        'imports routes',
      ],
      [
        'a door that another slice imports',
        'server/office/admin/routes.ts',
        "import { door } from '../quizzes/slice.js';",
        'imports a door',
      ],
      [
        'a slice that knows the list of slices',
        'server/office/admin/routes.ts',
        "import { slices } from '../../slices.js';",
        'the list of slices',
      ],
      [
        'a verb that imports reactions',
        'server/teaching/learning/x.ts',
        "import { learningReactions } from './reactions.js';",
        'reactions',
      ],
      [
        'an import that waits',
        'server/teaching/learning/x.ts',
        "await import('../quizzes/quiz.js');",
        'right',
      ],
      [
        'an import of a file that is chosen later',
        'server/teaching/learning/x.ts',
        'await import(new URL(name, folder).href);',
        'not in the code',
      ],
      [
        'an addition to what stands to the right',
        'server/teaching/learning/x.ts',
        "declare module '../quizzes/attempts.js' {}",
        'right',
      ],
      ['a re-export', 'server/teaching/learning/x.ts', "export * from './progress.js';", 're-export'],
      [
        'lib that knows a slice',
        'server/platform/lib/x.ts',
        "import { a } from '../accounts/people.js';",
        'right',
      ],
      [
        'policy that imports a slice',
        'server/policy.ts',
        "import { a } from './accounts/people.js';",
        'policy',
      ],
    ];
    it('a circle of types', () => {
      const circle = [
        { path: 'server/teaching/learning/a.ts', text: "import type { B } from './b.js';" },
        { path: 'server/teaching/learning/b.ts', text: "import type { A } from './a.js';" },
      ];
      expect(circlesIn(circle)).to.deep.equal([
        ['server/teaching/learning/a.ts', 'server/teaching/learning/b.ts'],
      ]);
    });

    for (const [what, path, text, word] of planted) {
      it(what, () => {
        const faults = faultsOf({ path, text }, source);
        expect(faults.join('\n')).to.include(word);
      });
    }
  });
});

function filesBelow(folder: string, ending: string): SourceFile[] {
  return readdirSync(join(projectRoot, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith(ending) && !entry.name.endsWith('.d.ts'))
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
    .map(path => ({ path: relative(projectRoot, path), text: readFileSync(path, 'utf8') }));
}
