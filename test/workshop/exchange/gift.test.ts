import { expect } from 'chai';
import { quizSchema } from '../../../server/teaching/content/schema/quiz-schema.js';
import { readYaml } from '../../../server/teaching/content/load/validation.js';
import { read, said, short } from './report.js';

const OPEN = 'incomplete';

describe('GIFT from elsewhere', () => {
  it('becomes a draft: what the file does not say is absent and named', async () => {
    const result = await read(
      'gift',
      '// a remark\n::Capital:: What is the capital of Norway?{\n=Oslo#Right.\n~Bergen\n~Paris}\n',
    );
    expect(short(result)).to.deep.equal([`1 refused comment`, `2 changed foreign-id ${OPEN}`]);
    const [draft] = result.drafts;
    expect(draft).to.deep.equal({
      type: 'single',
      stem: 'What is the capital of Norway?',
      options: [
        { id: 'a', text: 'Oslo', feedback: 'Right.' },
        { id: 'b', text: 'Bergen' },
        { id: 'c', text: 'Paris' },
      ],
      key: ['a'],
    });
    const open = result.entries[1]?.notes.find(({ code }) => code === 'incomplete')?.about;
    expect(open).to.equal(
      'id, objective, level, depth, critical, facts, options.b.feedback, options.c.feedback',
    );
    expect(result.yaml).to.include('line 2, "Capital". Open: id, objective');
  });

  it('as a draft is refused by the content check, which names each open place with its line', async () => {
    const { yaml, entries } = await read('gift', 'A?{=x#r ~y}\n\n// [tag:level:hard]\nB.{T}');
    const checked = readYaml(quizSchema, 'quiz.yaml', yaml ?? '');
    expect(checked.ok).to.equal(false);
    if (checked.ok) return;
    const lines = (yaml ?? '').split('\n');
    for (const { line, problem } of checked.faults)
      expect(lines[line - 1], problem).to.match(/- type|stem|options|level|key|id:/);
    const places = checked.faults.map(({ problem }) => problem.replace(/:.*/, ''));
    expect(places).to.include.members(['items.0.objective', 'items.0.options', 'items.0.options.1.feedback']);
    expect(places).to.include.members([
      'items.1.objective',
      'items.1.level',
      'items.1.options',
      'items.1.key',
    ]);
    const open = entries.map(({ notes }) => notes.find(({ code }) => code === 'incomplete')?.about);
    expect(open).to.deep.equal([
      'id, objective, level, depth, critical, facts, options.b.feedback, options',
      'id, objective, level, depth, critical, facts, options, key',
    ]);
  });

  it('is reported by line number, even after comments, blank lines and other line ends', async () => {
    const source = [
      '',
      '',
      '// one',
      '',
      '::a::A?{=x~y~z}',
      '',
      '',
      '$CATEGORY: other',
      '',
      '::b::B?',
      '{',
      '=x',
      '~y',
      '~z',
      '}',
    ];
    for (const end of ['\n', '\r\n', '\r']) {
      const lines = (await read('gift', source.join(end))).entries.map(({ line }) => line);
      expect(lines).to.deep.equal([3, 5, 8, 10]);
    }
  });

  const refusals: [string, string, string][] = [
    ['an essay', 'Write about it.{}', 'type'],
    ['a number', 'How many?{#3:1}', 'type'],
    ['a short answer', 'Who?{=Ada =Ada Marlow}', 'type'],
    ['a text without a question', '::t::Read this first.', 'not-a-question'],
    ['braces that do not match', 'A?{=x ~y', 'braces'],
    ['braces the wrong way round', 'A?}=x{', 'braces'],
    ['a second pair of braces', 'A?{=x~y} and {=x~y}', 'braces'],
    ['nothing right', 'A?{~x ~y}', 'no-right-answer'],
    ['words before the first answer', 'A?{well =x ~y}', 'answer-mark'],
    ['a pair without an arrow', 'A?{=x -> y =z}', 'answer-mark'],
    ['no stem', '::t::{=x ~y}', 'no-stem'],
    ['a picture in the stem', '[html]<p>Look: <img src\\="x.png"></p>{=x ~y}', 'media'],
    ['a picture in an answer', '[html]A?{=x ~<img src\\="y.png">}', 'media'],
    ['a sound in the feedback', '[html]A?{=x#<audio src\\="a"></audio> ~y}', 'media'],
  ];
  for (const [what, source, code] of refusals) {
    it(`is not taken with ${what}`, async () => {
      const result = await read('gift', source);
      expect(short(result)).to.deep.equal([`1 refused ${code}`]);
      expect(result.drafts).to.deep.equal([]);
      expect(result.yaml).to.equal(null);
    });
  }

  it('is read on after a broken question', async () => {
    const result = await read('gift', 'A?{=x ~y\n\nB?{=x ~y ~z}\n\nC?{}');
    expect(short(result)).to.deep.equal(['1 refused braces', `3 changed ${OPEN}`, '5 refused type']);
    expect(result.drafts.map(({ stem }) => stem)).to.deep.equal(['B?']);
  });

  it('loses weights, which the report names', async () => {
    const scoring = async (answers: string) =>
      (await read('gift', `A?{${answers}}`)).entries[0]?.notes.map(({ code }) => code);
    expect(await scoring('=x ~%50%y ~z')).to.include('scoring');
    expect(await scoring('~%60%x ~%40%y ~%-100%z')).to.include('scoring');
    expect(await scoring('~%50%x ~%50%y ~z')).to.include('scoring');
    expect(await scoring('~%50%x ~%50%y ~%-100%z ~%-100%w')).to.not.include('scoring');
    expect(await scoring('~%33.33333%x ~%33.33333%y ~%33.33333%z ~%-100%w')).to.not.include('scoring');
    expect(await scoring('=x ~y ~%-50%z')).to.not.include('scoring');
  });

  it('with one right answer among several is a single choice; with two it is left to a person', async () => {
    const one = await read('gift', 'A?{~%100%x ~y ~z}');
    expect(one.drafts[0]).to.include({ type: 'single' });
    expect(short(one)[0]).to.include('one-right');
    const two = await read('gift', 'A?{=x =y ~z}');
    expect(two.drafts[0]).to.deep.include({ type: 'single', key: ['a', 'b'] });
    expect(short(two)[0]).to.include('two-right').and.include('incomplete');
  });

  it('with two answers only is a draft that wants a third', async () => {
    const result = await read('gift', 'A?{=x ~y}');
    expect(result.entries[0]?.notes[0]?.about).to.match(/(^|, )options(,|$)/);
  });

  it('with true or false is a draft without reasons; its feedback is in the report', async () => {
    const result = await read('gift', 'It rains.{T#Look again.#Well seen.####In general.}');
    expect(result.drafts[0]).to.deep.include({ type: 'true-false', truth: true, options: [], key: [] });
    expect(said(result)).to.include('Look again.').and.include('Well seen.').and.include('In general.');
    for (const word of ['F', 'FALSE'])
      expect((await read('gift', `A.{${word}}`)).drafts[0]?.truth).to.equal(false);
  });

  it('with a gap in the middle has a line in its place', async () => {
    const result = await read('gift', 'Grant is {~buried =entombed ~living} in his tomb.');
    expect(result.drafts[0]?.stem).to.equal('Grant is _____ in his tomb.');
    expect(short(result)[0]).to.include('blank');
  });

  it('with pairs makes one option of an answer that stands twice', async () => {
    const result = await read('gift', 'Match.{=Oslo -> Norway =Bergen -> Norway =Paris -> France = -> Peru}');
    expect(result.drafts[0]).to.deep.include({
      type: 'matching',
      prompts: [
        { id: 'p', text: 'Oslo' },
        { id: 'q', text: 'Bergen' },
        { id: 'r', text: 'Paris' },
      ],
      options: [
        { id: 'a', text: 'Norway' },
        { id: 'b', text: 'France' },
        { id: 'c', text: 'Peru' },
      ],
      key: ['a', 'a', 'b'],
    });
  });

  it('with an order in the way of Moodle is an ordering question, and part of one is told', async () => {
    const whole = await read(
      'gift',
      'Sort.{>4 ALL VERTICAL ALL_OR_NOTHING SHOW none\none\ntwo\nthree\nfour}',
    );
    expect(whole.drafts[0]?.options.map(({ text }) => text)).to.deep.equal(['one', 'two', 'three', 'four']);
    expect(whole.drafts[0]?.key).to.deep.equal(['a', 'b', 'c', 'd']);
    expect(short(whole)).to.deep.equal([`1 changed ${OPEN}`]);
    const part = await read('gift', 'Sort.{>3 RANDOM HORIZONTAL ABSOLUTE_POSITION\none\ntwo\nthree\nfour}');
    expect(short(part)[0]).to.include('left-out').and.include('scoring');
  });

  it('with mark-up keeps the words, and the report says so', async () => {
    const html = await read(
      'gift',
      '[html]<p>Is <b>this</b> &lt;b&gt;?</p>\n<ul><li>a</li><li>b</li></ul>{=x ~y}',
    );
    expect(html.drafts[0]?.stem).to.equal('Is this <b>?\n- a\n- b');
    expect(short(html)[0]).to.include('formatting');
    const link = await read('gift', '[html]See <a href="https://example.org/x">this</a>.{=x ~y}');
    expect(link.drafts[0]?.stem).to.equal('See this (https://example.org/x).');
    const markdown = await read('gift', '[markdown]Is **this** it?{=x ~y}');
    expect(short(markdown)[0]).to.include('markdown');
    const plain = await read('gift', '[plain]Is <b> a tag?{=x ~y}');
    expect(plain.drafts[0]?.stem).to.equal('Is <b> a tag?');
    expect((await read('gift', 'Is 3 < 4 & 5 > 4?{=x ~y}')).drafts[0]?.stem).to.equal('Is 3 < 4 & 5 > 4?');
  });

  it('with escaped signs has the signs', async () => {
    const result = await read('gift', 'A\\: \\{b\\} c\\=d \\~ \\# e\\\\n f\\n g \\x?{=x\\=1#no\\# ~y}');
    expect(result.drafts[0]?.stem).to.equal('A: {b} c=d ~ # e\\n f\n g \\x?');
    expect(result.drafts[0]?.options[0]).to.deep.include({ text: 'x=1', feedback: 'no#' });
  });

  it('reports unknown tags, and ids that come twice or are in the bank', async () => {
    const question = (id: string) => `// [id:${id}] [tag:hard] [tag:level:apply]\n::${id}::A?{=x ~y ~z}`;
    const result = await read(
      'gift',
      [question('M1-001'), question('M1-001'), question('M1-002')].join('\n\n'),
      ['M1-002'],
    );
    expect(said(result)).to.include('"hard"');
    expect(short(result).map(line => line.replace(/ incomplete| unknown-tags/g, ''))).to.deep.equal([
      '2 changed',
      '5 changed same-id',
      '8 changed in-bank',
    ]);
    expect(result.drafts[0]).to.include({ id: 'M1-001', level: 'apply' });
  });

  it('reads what an option judges from its tag, and reports a tag that fits no option', async () => {
    const tags = ['options:a.b.c', 'judges:b.concern', 'judges:h.appearance', 'judges:c.nonsense'];
    const result = await read('gift', `// ${tags.map(tag => `[tag:${tag}]`).join(' ')}\n::Q::A?{=x ~y ~z}`);
    expect(result.drafts[0]?.options.map(({ judges }) => judges)).to.deep.equal([
      undefined,
      'concern',
      undefined,
    ]);
    for (const tag of ['judges:h.appearance', 'judges:c.nonsense']) expect(said(result)).to.include(tag);
    expect(said(result)).to.not.include('judges:b.concern');
  });

  it('keeps one half of a pair, and reports which other half is missing', async () => {
    const half = await read('gift', '// [id:M1-002-1] [tag:pair:M1-002]\n::M1-002 (1/2)::It rains.{TRUE}');
    expect(short(half)[0]).to.include('lone-half');
    const thrice =
      '// [tag:pair:M1-002]\nIt rains.{TRUE}\n\n// [tag:pair:M1-002]\nWhy?{=x ~y ~z}\n\n// [tag:pair:M1-002]\nWhy?{=x ~y ~z}';
    expect(short(await read('gift', thrice)).filter(line => line.includes('lone-half'))).to.have.length(3);
  });

  it('reports a category of another bank, and accepts that of this one', async () => {
    const from = async (bank: string) =>
      short(await read('gift', `$CATEGORY: $course$/top/Safe Passage/${bank}\n\nA?{=x ~y}`))[0];
    expect(await from('foundations')).to.equal('1 taken');
    expect(await from('volunteering')).to.equal('1 changed other-bank');
  });

  it('reports tags and ids that a blank line separates from their question', async () => {
    expect(short(await read('gift', '// [id:M1-001] [tag:level:apply]\n\nA?{=x ~y}'))[0]).to.equal(
      '1 refused comment',
    );
  });
});
