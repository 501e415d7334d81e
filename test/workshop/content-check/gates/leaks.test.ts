import { expect } from 'chai';
import { crossValidated } from '../../../../server/workshop/content-check/gates/folds.js';
import { habits } from '../../../../server/workshop/content-check/gates/habits.js';
import { leaks } from '../../../../server/workshop/content-check/gates/leaks.js';
import { letterRuns, TEXT_MODELS } from '../../../../server/workshop/content-check/gates/other-models.js';
import type { GateMeasure } from '../../../../server/workshop/content-check/gates/measure.js';
import type { Item } from '../../../../server/teaching/questions/item.js';
import type { Disposition } from '../../../../server/teaching/questions/types/decision/dispositions.js';
import { chatter, decisions, gated, verdicts, type Decision } from './gated-banks.js';

/** The verdict of each figure, by the gate and the model that took it. */
const found = (items: readonly Item[]) =>
  Object.fromEntries([...leaks(gated(items), 1)].map(({ gate, of, verdict }) => [`${gate}: ${of}`, verdict]));

/** One text for decisions with this key, another for the rest. */
const keyed =
  (key: Disposition, text: string, other = '') =>
  ({ disposition }: Decision): string =>
    disposition === key ? text : other;

const withStory = (tell: (item: Decision) => string) =>
  decisions(120, item => ({ story: `${tell(item)} ${item.story}` }));

describe('each model that reads for leaks', () => {
  for (const { name, read, learn } of TEXT_MODELS)
    it(`leans to the side on which a word was seen: ${name}`, () => {
      const texts = ['blue', 'red'].flatMap((word, side) =>
        Array.from({ length: 20 }, (_, n) => ({
          words: read(`${word} ${chatter(`${word} ${n}`)}`),
          isYes: side === 1,
        })),
      );
      const lean = learn(texts);
      const leansOf = (word: string) => lean(read(word));
      expect(leansOf('a red one')).to.be.above(leansOf('a blue one'));
    });

  it('may read letters, with the blanks and signs between them', () => {
    expect([...letterRuns('Is it?')]).to.eql([' is ', 'is i', 's it', ' it?', 'it? ']);
  });

  it('learns from other entries with another seed', () => {
    const entries = Array.from({ length: 40 }, (_, n) => String(n));
    const learntFrom = (seed?: string) =>
      crossValidated(
        entries,
        entry => entry,
        from => () => from.join(),
        seed,
      );
    expect(learntFrom('one')).to.eql(learntFrom('one'));
    expect(learntFrom('one')).to.not.eql(learntFrom('two'));
    expect(learntFrom('one')).to.not.eql(learntFrom());
  });
});

describe('what wording gives away', () => {
  it('is nothing where there is no pattern', () => {
    expect(Object.values(found(decisions(120)))).to.eql(Array.from({ length: 12 }, () => 'kept'));
  });

  it('is found by every model: a word of right options, of stories, of the first sentence of notes', () => {
    const options = found(
      decisions(120, ({ options: all, key }) => ({
        options: all.map(each => (key.includes(each.id) ? { ...each, text: `calmly ${each.text}` } : each)),
      })),
    );
    const quiet = found(withStory(keyed('carry-on', 'Quietly.', 'Loudly.')));
    const noted = found(withStory(keyed('note', 'Hours pass.', 'Time flies.')));
    for (const { name } of TEXT_MODELS) {
      expect(options).to.include({ [`options only: ${name}`]: 'broken' });
      expect(quiet).to.include({ [`story, carry on / rest: ${name}`]: 'broken' });
      expect(noted).to.include({ [`first sentence, note / rest: ${name}`]: 'broken' });
    }
  });

  it('is not judged of fewer than a hundred decisions', () => {
    expect(new Set(Object.values(found(decisions(60))))).to.eql(new Set(['too few']));
  });
});

describe('habits of writing', () => {
  const rows = (items: readonly Item[]): Record<string, string> => verdicts(habits(gated(items)));
  const figure = (items: readonly Item[], part: string): GateMeasure | undefined =>
    habits(gated(items)).find(({ of }) => of.includes(part));

  it('are broken where a phrase has one key', () => {
    const staying = withStory(keyed('note', 'Everybody stays until evening.'));
    expect(rows(staying)).to.include({ '"everybody stays" keyed note': 'broken' });
    const spoken = withStory(keyed('carry-on', '“Again?” groans her mother.'));
    expect(rows(spoken)).to.include({ 'a relative or teacher speaks, keyed carry on': 'broken' });
    const both = withStory(() => 'Everybody stays. Her brother says so.');
    expect(rows(both)).to.include({
      '"everybody stays" keyed note': 'kept',
      'a relative or teacher speaks, keyed carry on': 'kept',
    });
  });

  it('are broken where some questions ask what to do now', () => {
    const [open, now] = ['What do you do?', 'What do you do now?'];
    const asked = (stemOf: (item: Decision) => string) =>
      rows(decisions(20, item => ({ stem: stemOf(item) })))['"now" in the question'];
    expect(asked(() => now)).to.equal('kept');
    expect(asked(() => open)).to.equal('kept');
    expect(asked(keyed('tell', now, open))).to.equal('broken');
  });

  it('count what is set anywhere, and the pairs on each line', () => {
    const all = decisions(60, ({ disposition }) => ({ scene: 'anywhere', disposition }));
    expect(figure(all, 'set anywhere, keyed note')).to.include({
      figure: String(all.filter(({ disposition }) => disposition === 'note').length),
    });
    const pairs = decisions(32, ({ id }) => {
      const n = Number(id.slice(3));
      const keys = n < 18 ? (['note', 'tell'] as const) : (['tell', 'urgent'] as const);
      return { pair: `P-${String(n >> 1).padStart(2, '0')}`, disposition: keys[n % 2] ?? 'tell' };
    });
    expect(rows(pairs)).to.include({
      'pairs that divide note from tell': 'kept',
      'pairs that divide tell from urgent': 'broken',
    });
  });

  it('are broken where most spot items have two lines to pass on', () => {
    const spot = (n: number, lines: number): Item =>
      ({
        id: `M2-${800 + n}`,
        type: 'spot',
        critical: false,
        stem: 'Which lines do you pass on?',
        exhibit: {
          kind: 'poster',
          title: 'Lines',
          lines: Array.from({ length: 6 }, (_, at) => ({ id: `l${at}`, text: `Line ${at}` })),
        },
        marks: Array.from({ length: 6 }, (_, at) => ({ id: `l${at}`, report: at < lines, feedback: 'So.' })),
      }) as unknown as Item;
    const lines = 'lines to pass on in spot items';
    expect(rows([1, 2, 2, 3, 4].map((count, n) => spot(n, count)))[lines]).to.equal('kept');
    expect(rows([1, 2, 2, 2, 2, 3, 4].map((count, n) => spot(n, count)))[lines]).to.equal('broken');
    expect(rows([2, 2, 3, 3].map((count, n) => spot(n, count)))[lines]).to.equal('broken');
  });
});
