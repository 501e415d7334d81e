import { expect } from 'chai';
import fc from 'fast-check';
import type { Json } from '../../../server/platform/lib/canonical-json.js';
import { canonicalJson } from '../../../server/platform/lib/canonical-json.js';
import { buildCourseVersion, readSnapshot } from '../../../server/teaching/content/snapshot.js';
import { files, sound, withScenes } from './fixture.js';

describe('a course version', () => {
  it('holds only what may be drawn at its depth, and the facts it cites', () => {
    const extra =
      '  - { id: F002, statement: Unused., status: verified, source: A report, publisher: UN, year: 2020, checked: 2026-11-24 }\n';
    const tree = files();
    const { snapshot } = buildCourseVersion(
      sound({ ...tree, 'facts.yaml': `${tree['facts.yaml']}${extra}` }),
      'volunteers',
    );
    expect(snapshot.modules[0]?.quiz.items.map(item => item.id)).to.eql(['M2-001', 'M2-002']);
    expect(snapshot.modules[0]?.quiz).to.include({ draw: 2, pass: 1, minCritical: 1 });
    expect(snapshot.facts.map(fact => fact.id)).to.eql(['F001']);
    expect(snapshot.final).to.equal(null);
  });

  it('leaves out what is written for none of the jobs that its course asks for', () => {
    const tree = withScenes();
    const more =
      (tree['routes/quiz.yaml'] ?? '').split('  - id: M2-001')[1]?.split('  - id: M2-002')[0] ?? '';
    const forCabin = `  - id: M2-004${more.replace('scene: anywhere', 'scene: aboard\n    roles: [cabin]')}`;
    const idsWith = (jobs: string) => {
      const course = (tree['courses/volunteers.yaml'] ?? '').replace('modules:', `${jobs}modules:`);
      const quiz = `${tree['routes/quiz.yaml']}${forCabin}`;
      const content = sound({ ...tree, 'routes/quiz.yaml': quiz, 'courses/volunteers.yaml': course });
      return buildCourseVersion(content, 'volunteers').snapshot.modules[0]?.quiz.items.map(({ id }) => id);
    };
    expect(idsWith('jobs: [patrol]\n')).not.to.include('M2-004');
    expect(idsWith('jobs: [patrol, driver]\n')).not.to.include('M2-004');
    expect(idsWith('jobs: [patrol, cabin]\n')).to.include('M2-004');
  });

  it('holds what names a scene where it asks for the job, and nothing else of the bank', () => {
    const [plain, scened] = [files(), withScenes()].map(tree => tree['routes/quiz.yaml'] ?? '');
    const both = `${plain}${scened?.replace('items:\n', '').replaceAll('M2-00', 'M2-01')}`;
    const idsWith = (jobs: string) => {
      const course = files()['courses/volunteers.yaml']?.replace('modules:', `${jobs}modules:`) ?? '';
      const content = sound({ ...files(), 'routes/quiz.yaml': both, 'courses/volunteers.yaml': course });
      return buildCourseVersion(content, 'volunteers').snapshot.modules[0]?.quiz.items.map(({ id }) => id);
    };
    expect(idsWith('')).to.eql(['M2-001', 'M2-002']);
    expect(idsWith('jobs: [patrol]\n')).to.eql(['M2-011', 'M2-012']);
  });

  it('draws every item at full depth', () => {
    const tree = files();
    const full = tree['courses/volunteers.yaml']?.replace('depth: essentials', 'depth: full') ?? '';
    const { snapshot } = buildCourseVersion(
      sound({ ...tree, 'courses/volunteers.yaml': full }),
      'volunteers',
    );
    expect(snapshot.modules[0]?.quiz.items).to.have.length(3);
  });

  it('marks a lesson optional when the course lists it so', () => {
    const tree = files();
    const more = tree['routes/lessons/00-essentials.md']?.replaceAll('M2-C01', 'M2-C02') ?? '';
    const course =
      tree['courses/volunteers.yaml']?.replace(
        'lessons: [00-essentials]',
        'lessons: [00-essentials]\n    optional: [01-more]',
      ) ?? '';
    const content = sound({ ...tree, 'routes/lessons/01-more.md': more, 'courses/volunteers.yaml': course });
    const lessons = buildCourseVersion(content, 'volunteers').snapshot.modules[0]?.lessons;
    expect(lessons?.map(({ name, optional }) => [name, optional])).to.eql([
      ['00-essentials', false],
      ['01-more', true],
    ]);
  });

  it('has the same digest for the same content, and another after any change that a learner could see', () => {
    const digest = (change: (text: string) => string, file = 'routes/quiz.yaml'): string => {
      const tree = files();
      return buildCourseVersion(sound({ ...tree, [file]: change(tree[file] ?? '') }), 'volunteers').sha256;
    };
    const same = digest(text => text);
    expect(same).to.match(/^[0-9a-f]{64}$/);
    expect(
      digest(text =>
        text.replace('type: single\n    depth: essentials', 'depth: essentials\n    type: single'),
      ),
    ).to.equal(same);
    expect(digest(text => `# a note\n${text}`)).to.equal(same);
    expect(
      digest(text => `edition: 1\n${text}`),
      'the edition of a bank',
    ).to.equal(same);
    expect(digest(text => text.replace('Ask the child', 'Ask the children'))).to.not.equal(same);
    expect(
      digest(text => text.replace('A place can be', 'A place may be'), 'routes/lessons/00-essentials.md'),
    ).to.not.equal(same);
    expect(digest(text => text.replace('draw: 2', 'draw: 1'), 'courses/volunteers.yaml')).to.not.equal(same);
  });

  it('throws for an unknown course', () => {
    expect(() => buildCourseVersion(sound(), 'pilots')).to.throw(RangeError);
  });

  it('reads back unchanged', () => {
    const { snapshot, canonical } = buildCourseVersion(sound(), 'volunteers');
    expect(readSnapshot(canonical)).to.eql(JSON.parse(JSON.stringify(snapshot)));
  });

  it('reads the only case of an older final as a list of one, and none as an empty list', () => {
    const finalOf = (final: object | null) => readSnapshot(JSON.stringify({ slug: 'old', final })).final;
    const scenario = { id: 'EX-S1' };
    expect(finalOf({ draw: 1, scenario })).to.deep.equal({ draw: 1, scenarios: [scenario] });
    expect(finalOf({ draw: 1, scenario: null })).to.deep.equal({ draw: 1, scenarios: [] });
    expect(finalOf({ draw: 1, scenarios: [scenario] })).to.deep.equal({ draw: 1, scenarios: [scenario] });
    expect(finalOf(null)).to.equal(null);
  });
});

describe('canonical JSON', () => {
  it('does not depend on the order of keys', () => {
    const shuffled = (value: Json): Json => {
      if (value === null || typeof value !== 'object') return value;
      if (Array.isArray(value)) return value.map(shuffled);
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, member]) => [key, shuffled(member ?? null)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), value => {
        expect(canonicalJson(shuffled(value))).to.equal(canonicalJson(value));
      }),
    );
  });
});
