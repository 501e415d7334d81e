import { expect } from 'chai';
import { checkContent } from '../../../server/workshop/content-check/check.js';
import { buildCourseVersion } from '../../../server/teaching/content/snapshot.js';
import { faultsAfter, faultsOf, files, lineOf, scenario, sound, withScenes, type Files } from './fixture.js';

const courseFile = 'courses/volunteers.yaml';
const course = files()[courseFile] ?? '';

/** The fixture's quiz draws 2 of 2 items at essentials depth: both at apply, on M2-O1, one of them safety-critical. */
const withQuiz = (more: string): string => course.replace('minCritical: 1 }', `minCritical: 1, ${more} }`);

describe('the minimums of a quiz', () => {
  it('are part of the published version', () => {
    const content = sound({
      ...files(),
      [courseFile]: withQuiz('levels: { apply: 2 }, objectives: { M2-O1: 1 }'),
    });
    const { snapshot, sha256 } = buildCourseVersion(content, 'volunteers');
    expect(snapshot.modules[0]?.quiz).to.deep.include({ levels: { apply: 2 }, objectives: { 'M2-O1': 1 } });
    expect(sha256).to.not.equal(buildCourseVersion(sound(), 'volunteers').sha256);
  });

  for (const [what, more, problem] of [
    [
      'a level that the bank has too little of',
      'levels: { analyse: 1 }',
      /contain 1 item at analyse or above, but only 0 can be drawn/,
    ],
    [
      'a level of which the form has no room',
      'levels: { apply: 3 }',
      /contain 3 items at apply or above, but only 2 can be drawn/,
    ],
    [
      'an objective that has no item',
      'objectives: { M2-O9: 1 }',
      /contain 1 item on M2-O9, but only 0 can be drawn/,
    ],
    [
      'more safety-critical items than there are',
      'minCritical: 2',
      /contain 2 safety-critical items, but only 1 can be drawn/,
    ],
    ['a level that does not exist', 'levels: { know: 1 }', /know/],
    ['an objective that is no id', 'objectives: { places: 1 }', /places|objective id/],
    ['none at all', 'levels: { apply: 0 }', /0|small|1/],
    [
      'decisions that are not there',
      'decisions: { count: 1 }',
      /contain 1 decision, but only 0 can be drawn/,
    ],
    ['a range that ends before it begins', 'decisions: { count: 2, tell: [2, 1] }', /fewest and the most/],
    [
      'kinds of decisions beyond their count',
      'decisions: { count: 1, tell: [1, 1], note: [1, 1] }',
      /more decisions than its count/,
    ],
    [
      'one kind of decision beyond the count of all',
      'decisions: { count: 1, note: [0, 2] }',
      /of one decision than/,
    ],
    ['items for a job, and name no jobs', 'own: 1', /no jobs/],
  ] as const) {
    it(`may not ask for ${what}`, () => {
      const text = what.startsWith('more') ? course.replace('minCritical: 1', more) : withQuiz(more);
      const faults = faultsAfter(courseFile, () => text);
      expect(faults).to.have.lengthOf(1);
      expect(faults[0]).to.include({ file: courseFile, line: lineOf(text, 'quiz: {') });
      expect(faults[0]?.problem).to.match(problem);
    });
  }

  it('may ask for what every item meets', () => {
    expect(
      faultsAfter(courseFile, () => withQuiz('levels: { remember: 2, apply: 2 }, objectives: { M2-O1: 2 }')),
    ).to.deep.equal([]);
  });

  it('should let some form be as difficult as its bank, once every item is judged', () => {
    const warnings = (...borderlines: (number | null)[]) => {
      const tree = files();
      const judged = borderlines.values();
      const quiz = (tree['routes/quiz.yaml'] ?? '').replace(/\n {4}level: apply/g, line => {
        const { value } = judged.next();
        return value === null ? line : `${line}\n    borderline: ${value}`;
      });
      const text = course.replace('depth: essentials', 'depth: full');
      const content = sound({ ...tree, 'routes/quiz.yaml': quiz, [courseFile]: text });
      return checkContent(content, { now: 0 })
        .warnings.filter(({ problem }) => problem.includes('mean borderline'))
        .map(({ problem }) => problem.match(/\d\d\.\d/g));
    };
    // The first item is in every form: it is the only safety-critical one.
    expect(warnings(20, 60, 100)).to.deep.equal([]);
    expect(warnings(20, 30, null)).to.deep.equal([]);
    expect(warnings(20, 30, 100)).to.deep.equal([['50.0', '60.0']]);
  });

  it('may not ask one form for what only different items meet', () => {
    const tree = files();
    const text = course
      .replace('depth: essentials', 'depth: full')
      .replace('minCritical: 1 }', 'minCritical: 1, levels: { evaluate: 1 }, objectives: { M2-O2: 1 } }');
    let number = 0;
    const quiz = (tree['routes/quiz.yaml'] ?? '').replace(/objective: M2-O1\n {4}level: apply/g, all => {
      number += 1;
      // The first is safety-critical, the second on the highest level, the third on the other objective.
      if (number === 2) return 'objective: M2-O1\n    level: evaluate';
      return number === 3 ? 'objective: M2-O2\n    level: apply' : all;
    });
    const faults = faultsOf({
      ...tree,
      'routes/quiz.yaml': quiz,
      'routes/module.yaml': `${tree['routes/module.yaml']}  - { id: M2-O2, text: Explain routes. }\n`,
      [courseFile]: text,
    });
    expect(faults.map(({ problem }) => problem)).to.deep.equal([
      'No form of 2 items keeps all of these: 1 item on M2-O2, 1 safety-critical item, 1 item at evaluate or above.',
    ]);
  });
});

describe('the case of a final', () => {
  const withFinal = (objective: string, more: Files = {}): Files => ({
    ...files(),
    'final/quiz.yaml': (files()['routes/quiz.yaml'] ?? '')
      .replaceAll('M2-00', 'EX-00')
      .replaceAll('M2-O1', 'M2-O1'),
    'final/scenarios/EX-S1.yaml': scenario
      .replace('id: M2-S', 'id: EX-S1')
      .replace('judgement: concern\n', `judgement: concern\n${objective}`),
    [courseFile]: `${course}final: { draw: 1, pass: 1, minCritical: 0, scenarios: [EX-S1] }\n`,
    ...more,
  });
  const problems = (tree: Files) => faultsOf(tree).map(({ file, problem }) => `${file} ${problem}`);

  it('names the objective that it tests, which goes into the version', () => {
    const { snapshot } = buildCourseVersion(sound(withFinal('objective: M2-O1\n')), 'volunteers');
    expect(snapshot.final?.scenarios[0]?.objective).to.equal('M2-O1');
  });

  it('must name one', () => {
    expect(problems(withFinal(''))).to.include(
      'final/scenarios/EX-S1.yaml The case EX-S1 does not name its objective.',
    );
  });

  it('may not name one that no module teaches', () => {
    expect(problems(withFinal('objective: M2-O9\n'))).to.include(
      'final/scenarios/EX-S1.yaml The objective "M2-O9" does not belong to this case.',
    );
  });

  it('is there for every job that the course asks for', () => {
    const forCabin = (more: string) =>
      problems(
        withFinal('objective: M2-O1\nroles: [cabin]\n', {
          [courseFile]: `${course}${more}final: { draw: 1, pass: 1, minCritical: 0, scenarios: [EX-S1] }\n`,
        }),
      ).filter(problem => problem.includes('cases suits'));
    expect(forCabin('jobs: [cabin]\n')).to.deep.equal([]);
    expect(forCabin('jobs: [cabin, driver]\n').join()).to.include('suits driver');
    expect(forCabin('')).to.have.length(1);
  });

  /** A final that names three cases, with these roles. */
  const three = (jobs: string, ...roles: string[]): Files => {
    const one = withFinal('objective: M2-O1\n');
    const texts = roles.map((more, n) => [
      `final/scenarios/EX-S${n + 1}.yaml`,
      one['final/scenarios/EX-S1.yaml']?.replace('id: EX-S1\n', `id: EX-S${n + 1}\n${more}`) ?? '',
    ]);
    const asking = `${course}${jobs}final: { draw: 1, pass: 1, minCritical: 0, scenarios: [EX-S1, EX-S2, EX-S3] }\n`;
    return { ...one, ...(Object.fromEntries(texts) as Files), [courseFile]: asking };
  };

  it('suits a learner of the course', () => {
    const found = (jobs: string) =>
      problems(three(jobs, '', '', 'roles: [patrol]\n')).filter(problem => problem.includes('EX-S3'));
    expect(found('jobs: [cabin]\n')).to.deep.equal([
      `${courseFile} EX-S3 suits none of the jobs of volunteers.`,
    ]);
    expect(found('jobs: [cabin, patrol]\n')).to.deep.equal([]);
    expect(found('')).to.have.length(1);
  });

  it('names the jobs that work where it plays, and none where it plays anywhere', () => {
    const found = (first: string) => problems(withScenes(three('jobs: [cabin]\n', first, '', '')));
    const at = (problem: string) => [`final/scenarios/EX-S1.yaml EX-S1 plays ${problem}`];
    expect(found('scene: aboard\n')).to.deep.equal(at('at one place, and names no jobs.'));
    expect(found('scene: aboard\nroles: [cabin]\n')).to.deep.equal([]);
    expect(found('scene: anywhere\n')).to.deep.equal([]);
    expect(found('scene: anywhere\nroles: [cabin]\n')).to.deep.equal(
      at('anywhere, and is for some jobs alone.'),
    );
  });

  it('is one of two for every job where the final has three', () => {
    const found = (...roles: string[]) =>
      problems(three('jobs: [cabin, school]\n', ...roles)).filter(problem => problem.includes('cases suits'));
    expect(found('', 'roles: [cabin]\n', 'roles: [cabin]\n')).to.deep.equal([
      `${courseFile} Only one of the cases suits school.`,
    ]);
    expect(found('', 'roles: [cabin]\n', 'roles: [cabin, school]\n')).to.deep.equal([]);
  });

  it('should be one of three, one of which needs no report', () => {
    const found = (tree: Files) =>
      checkContent(sound(tree), { now: 0 })
        .warnings.filter(({ file }) => file === courseFile)
        .map(({ problem }) => problem);
    const [few, alarm] = ['The final has 1 of 3 cases.', 'Every case of the final must be reported.'];
    expect(found(withFinal('objective: M2-O1\n'))).to.include.members([few, alarm]);
    const calm = withFinal('objective: M2-O1\n');
    const quiet =
      calm['final/scenarios/EX-S1.yaml']?.replace('judgement: concern', 'judgement: no-concern') ?? '';
    expect(found({ ...calm, 'final/scenarios/EX-S1.yaml': quiet }))
      .to.include(few)
      .and.not.include(alarm);
    const files = [1, 2, 3].map(n => [
      `final/scenarios/EX-S${n}.yaml`,
      calm['final/scenarios/EX-S1.yaml']?.replace('EX-S1', `EX-S${n}`) ?? '',
    ]);
    const all = `${course}final: { draw: 1, pass: 1, minCritical: 0, scenarios: [EX-S1, EX-S2, EX-S3] }\n`;
    expect(found({ ...calm, ...(Object.fromEntries(files) as Files), [courseFile]: all }))
      .to.include(alarm)
      .and.not.include(few);
  });

  it('should be one of three for each job that the course asks for', () => {
    const jobs = 'jobs: [cabin, school, ticket]\n';
    const tree = withScenes(three(jobs, '', 'roles: [cabin, school]\n', 'roles: [ticket]\n'));
    const found = checkContent(sound(tree), { now: 0 })
      .warnings.filter(({ problem }) => problem.includes(' of 3 cases'))
      .map(({ problem }) => problem);
    expect(found).to.deep.equal(
      [
        [2, 'cabin'],
        [2, 'school'],
        [2, 'ticket'],
      ].map(([count, job]) => `The final has ${count} of 3 cases for ${job}.`),
    );
  });

  it('is named once', () => {
    const twice = `${course}final: { draw: 1, pass: 1, minCritical: 0, scenarios: [EX-S1, EX-S1] }\n`;
    expect(problems(withFinal('objective: M2-O1\n', { [courseFile]: twice })).join()).to.include(
      'is named twice',
    );
  });

  it('cannot be in a course that does not teach its objective', () => {
    const other = Object.fromEntries(
      Object.entries(files())
        .filter(([name]) => name.startsWith('routes/'))
        .map(([name, text]) => [
          name.replace('routes', 'laws'),
          text.replaceAll('M2', 'M6').replaceAll('routes/', 'laws/'),
        ]),
    );
    expect(problems(withFinal('objective: M6-O1\n', other))).to.deep.equal([
      `${courseFile} The case EX-S1 is on M6-O1, which this course does not teach.`,
    ]);
  });

  it('of a module may name only an objective of that module', () => {
    const named = (id: string) =>
      scenario.replace('judgement: concern\n', `judgement: concern\nobjective: ${id}\n`);
    expect(faultsAfter('routes/scenario.yaml', () => named('M2-O1'))).to.deep.equal([]);
    expect(faultsAfter('routes/scenario.yaml', () => named('M2-O9'))[0]?.problem).to.match(
      /"M2-O9" does not belong/,
    );
  });
});

describe('the jobs of a course', () => {
  const withJobs = (text: string, jobs: string): string =>
    text.replace('restricted:', `jobs: [${jobs}]\nrestricted:`);
  const quizFile = 'routes/quiz.yaml';
  const quiz = withScenes()[quizFile] ?? '';

  it('are part of the published version, and refused when one is named twice or unknown', () => {
    const content = sound({ ...withScenes(), [courseFile]: withJobs(course, 'cabin, hotel') });
    expect(buildCourseVersion(content, 'volunteers').snapshot.jobs).to.deep.equal(['cabin', 'hotel']);
    for (const jobs of ['cabin, cabin', 'pilot', ''])
      expect(faultsOf({ ...withScenes(), [courseFile]: withJobs(course, jobs) }), jobs).to.have.lengthOf(1);
  });

  it('name each job that has too few items', () => {
    const tree = {
      ...files(),
      [courseFile]: withJobs(withQuiz('own: 1'), 'cabin, hotel'),
      [quizFile]: quiz.replace('scene: anywhere', 'scene: counter\n    roles: [hotel]'),
    };
    const problems = faultsOf(tree).map(({ problem }) => problem);
    expect(problems).to.have.lengthOf(1);
    expect(problems[0]).to.match(/only 1 can be drawn at this depth for cabin/);
  });

  it('are those of the place where an item plays, and none where it plays anywhere', () => {
    const found = (more: string) =>
      faultsAfter(quizFile, text => text.replace('critical: never-2', `critical: false\n    ${more}`))
        .filter(({ file, line }) => file === quizFile && line > 1)
        .map(({ problem }) => problem);
    expect(found('scene: anywhere')).to.eql([]);
    expect(found('scene: aboard\n    roles: [cabin]')).to.eql([]);
    expect(found('scene: anywhere\n    roles: [cabin]')).to.have.length(1);
    expect(found('scene: aboard')).to.have.length(1);
    expect(found('scene: at-sea')).to.have.length(1);
  });

  it('leave items on trial out of what a form is promised', () => {
    const onTrial = (text: string) =>
      text.replace('critical: never-2', 'critical: never-2\n    status: trial');
    expect(faultsAfter(quizFile, onTrial).map(({ problem }) => problem)).to.deep.equal([
      'The quiz draws 2 items, but only 1 can be drawn at this depth.',
    ]);
  });

  it('should be three times what is drawn, for each job that the course asks for', () => {
    const few = (jobs: string, roles = '') => {
      const tree = {
        ...files(),
        [courseFile]: `${jobs}${course.replace('draw: 2', 'draw: 1').replace('essentials', 'full')}`,
        [quizFile]: (jobs ? quiz : (files()[quizFile] ?? '')).replace(
          /scene: .*\n    critical: false/,
          more => (roles ? `${roles}    critical: false` : more),
        ),
      };
      return checkContent(sound(tree), { now: 0 })
        .warnings.filter(({ problem }) => problem.includes('three times'))
        .map(({ problem }) => problem.match(/: (\d+) items can be drawn for (\w+)/)?.slice(1));
    };
    expect(few('')).to.deep.equal([]);
    expect(few('jobs: [cabin, driver]\n')).to.deep.equal([]);
    expect(few('jobs: [cabin, driver]\n', 'scene: aboard\n    roles: [cabin]\n')).to.deep.equal([
      ['2', 'driver'],
    ]);
  });

  it('are told which items are asked too often, where the course limits exposure', () => {
    const often = (more: string) => {
      const content = sound({ ...files(), [courseFile]: withQuiz(more) });
      return checkContent(content, { now: 0 }).warnings.filter(({ problem }) =>
        /% is the most/.test(problem),
      );
    };
    expect(often('exposure: 100')).to.deep.equal([]);
    // Two items are drawn of two, and the one that is safety-critical is promised.
    expect(
      often('exposure: 99').map(({ problem }) => problem.match(/(\S+) stand in (\d+) %/)?.slice(1)),
    ).to.deep.equal([
      ['items', '100'],
      ['items', '100'],
    ]);
  });
});
