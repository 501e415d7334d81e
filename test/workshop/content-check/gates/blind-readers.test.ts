import { expect } from 'chai';
import { blindReaders } from '../../../../server/workshop/content-check/gates/blind-readers.js';
import { gatedItems } from '../../../../server/workshop/content-check/gates/gated-item.js';
import { readingHash } from '../../../../server/workshop/content-check/gates/reading-hash.js';
import type { BlindReadings } from '../../../../server/teaching/content/schema/types.js';
import { questionTypes } from '../../../../server/teaching/questions/question-types.js';
import type { Item } from '../../../../server/teaching/questions/item.js';
import type { Disposition } from '../../../../server/teaching/questions/types/decision/dispositions.js';
import { bank, decisions, verdicts, type Decision } from './gated-banks.js';

const LEARNED = ['r1', 'r2', 'r3', 'r4', 'r5'];
const NEW = ['n1', 'n2', 'n3'];
/** As many on each side as it takes to compare them. */
const dozen = (side: string) => Array.from({ length: 12 }, (_, n) => `${side}${n + 1}`);
const DOZENS = [dozen('r'), dozen('n')] as const;

type Change = (item: Decision, reader: string) => { disposition?: Disposition | ''; fact?: string };

const isNew = (reader: string) => reader.startsWith('n');

/** Readers of whom those with the lesson find the key and the others stay two steps away, but for a change. */
function read(
  items: readonly Decision[],
  change: Change = () => ({}),
  [learned, others]: readonly [string[], string[]] = [LEARNED, NEW],
): BlindReadings {
  const reader = (lesson: boolean) => (id: string) => ({
    id,
    kind: 'person' as 'person' | 'automated',
    lesson,
    on: '2026-11-28',
  });
  return {
    readers: [...learned.map(reader(true)), ...others.map(reader(false))],
    readings: items.map(item => ({
      item: item.id,
      hash: readingHash(item),
      answers: Object.fromEntries(
        [...learned, ...others].map(by => {
          const type = questionTypes.of(item);
          const answer = isNew(by) ? type.wrongResponse(item) : type.correctResponse(item);
          return [by, { ...answer, ...change(item, by) }];
        }),
      ),
    })),
  };
}

const measured = (items: readonly Item[], blind: BlindReadings) =>
  verdicts(blindReaders(gatedItems([bank(items, { blind })])));

const GAP = 'routes, above readers without the lesson';

const KEPT = {
  'routes, key found': 'kept',
  'routes, decisions exact': 'kept',
  'routes, decisions within one step': 'kept',
  [GAP]: 'missing',
};

/** To tell: its neighbours are note and urgent, and nothing but carrying on could be unsafe. */
const items = decisions(20, () => ({ disposition: 'tell' }));
const wrongFact = ({ options, key }: Decision) => options.find(({ id }) => !key.includes(id))?.id ?? '';

describe('the hash of what a blind reader reads', () => {
  const [item] = decisions(1, () => ({ disposition: 'tell' }));
  const now = item && readingHash(item);
  const changed = (changes: object) => readingHash({ ...item, ...changes } as Item);

  it('changes with the story, the stem, an option, the exhibit, either key and the words of the job', () => {
    const options = item?.options.map(option => ({ ...option, text: `${option.text}!` }));
    for (const changes of [
      { story: 'Another one.' },
      { stem: 'And now?' },
      { options },
      { exhibit: { kind: 'poster', title: 'Help', lines: ['Call us.'] } },
      { key: [wrongFact(item as Decision)] },
      { disposition: 'urgent' },
      { roles: ['cabin'] },
    ])
      expect(changed(changes), Object.keys(changes).join()).to.not.equal(now);
  });

  it('stays when what nobody read changes', () => {
    const options = item?.options.map(option => ({ ...option, feedback: 'Another reason.' }));
    for (const changes of [{ options }, { decides: 'This.' }, { facts: [] }, { status: 'trial' }])
      expect(changed(changes), Object.keys(changes).join()).to.equal(now);
    const objects = [{ name: 'A cup', text: 'Half full' }];
    const counter = (objects: object[]) => changed({ exhibit: { kind: 'counter', title: 'Here', objects } });
    expect(counter(objects.map(each => ({ ...each, shape: 'cup' })))).to.equal(counter(objects));
  });
});

describe('the gate on blind readers', () => {
  it('keeps where readers of the lesson find the keys, and a dozen others do not', () => {
    expect(measured(items, read(items))).to.eql(KEPT);
    expect(measured(items, read(items, undefined, DOZENS))).to.eql({ ...KEPT, [GAP]: 'kept' });
  });

  it('breaks where readers of the lesson miss the fact that decides', () => {
    const missed = read(items, (item, by) => (by === 'r1' ? { fact: wrongFact(item) } : {}));
    expect(measured(items, missed)).to.include({ 'routes, key found': 'broken' });
  });

  it('breaks where they decide otherwise, one step away or two', () => {
    const near = read(items, (_, by) => (['r1', 'r2'].includes(by) ? { disposition: 'note' } : {}));
    expect(measured(items, near)).to.include({
      'routes, decisions exact': 'broken',
      'routes, decisions within one step': 'kept',
    });
    const carryOn = decisions(20, () => ({ disposition: 'carry-on' }));
    const undecided = read(carryOn, (_, by) => (by === 'r1' ? { disposition: '' } : {}));
    expect(measured(carryOn, undecided), 'no step is no small step').to.include({
      'routes, decisions within one step': 'broken',
    });
    const far = read(items, (_, by) => (by === 'r1' ? { disposition: 'carry-on' } : {}));
    expect(measured(items, far)).to.include({ 'routes, decisions within one step': 'broken' });
  });

  it('breaks where others find the keys as well, without the lesson', () => {
    const easy = read(items, ({ disposition }, by) => (isNew(by) ? { disposition } : {}), DOZENS);
    expect(measured(items, easy)).to.eql({ ...KEPT, [GAP]: 'broken' });
  });

  it('says that the comparison is missing until a dozen people have read with the lesson, and as many without', () => {
    const whole = read(items, undefined, DOZENS);
    for (const program of ['r12', 'n12']) {
      const readers = whole.readers.map(reader =>
        reader.id === program ? { ...reader, kind: 'automated' as const } : reader,
      );
      expect(measured(items, { ...whole, readers }), program).to.eql({ ...KEPT, [GAP]: 'missing' });
    }
  });

  it('leaves what programs find without the lesson out of the comparison: they know the subject', () => {
    const whole = read(items, undefined, DOZENS);
    const known = read(items, ({ disposition }, by) => (isNew(by) ? { disposition } : {}), [[], ['n13']]);
    const readers = [
      ...whole.readers,
      ...known.readers.map(each => ({ ...each, kind: 'automated' as const })),
    ];
    const readings = whole.readings.map((reading, n) => ({
      ...reading,
      answers: { ...reading.answers, ...known.readings[n]?.answers },
    }));
    expect(measured(items, { readers, readings })).to.eql({ ...KEPT, [GAP]: 'kept' });
  });

  it('is required: a bank that nobody has read breaks it, decision by decision', () => {
    const unread = measured(items, { readers: [], readings: [] });
    const { [GAP]: gap, ...others } = unread;
    expect(gap).to.equal('missing');
    expect(Object.values(others).every(verdict => verdict === 'broken')).to.equal(true);
    expect(unread).to.include.keys(['routes, decisions exact', 'M2-000', 'M2-019']);
  });

  it('asks five readers with the lesson of each live decision, and none of a trial item', () => {
    const { readers, readings } = read(items);
    const fewer = readers.filter(({ id }) => id !== 'r5');
    const without = readings.map(({ answers: { r5: _, ...answers }, ...reading }) => ({
      ...reading,
      answers,
    }));
    expect(measured(items, { readers: fewer, readings: without })).to.include({ 'M2-000': 'broken' });
    const trials = items.map(item => ({ ...item, status: 'trial' as const }));
    expect(measured(trials, { readers: fewer, readings: without })).to.eql(KEPT);
  });

  it('names a decision on which two of five differ, one is two steps away, or one is unsafe', () => {
    const on = (id: string, disposition: Disposition, by: readonly string[]): Change => {
      return (item, reader) => (item.id === id && by.includes(reader) ? { disposition } : {});
    };
    const one = read(items, on('M2-003', 'note', ['r1']));
    expect(measured(items, one), 'one of five').to.eql(KEPT);
    const two = read(items, on('M2-003', 'note', ['r1', 'r2']));
    expect(measured(items, two), 'two of five').to.eql({ ...KEPT, 'M2-003': 'broken' });
    const far = read(items, on('M2-004', 'carry-on', ['r1']));
    expect(measured(items, far), 'two steps').to.eql({ ...KEPT, 'M2-004': 'broken' });
    const grave = items.map(item =>
      item.id === 'M2-005' ? { ...item, unsafe: ['note'], critical: 'always-1' } : item,
    );
    const unsafe = read(grave, on('M2-005', 'note', ['r1']));
    expect(measured(grave, unsafe), 'unsafe').to.eql({ ...KEPT, 'M2-005': 'broken' });
  });

  it('counts a note as telling where it goes into a log, as points and signals do', () => {
    const inCare = items.map(item => ({ ...item, roles: ['school' as const] }));
    const noted = read(inCare, (_, by) => (by === 'r1' || by === 'r2' ? { disposition: 'note' } : {}));
    expect(measured(inCare, noted)).to.eql(KEPT);
  });

  it('asks for new readings of an item that has changed since, and names its hash', () => {
    const old = read(items);
    const story = { ...items[3], story: 'Somebody else asks for something else.' } as Decision;
    const changed = items.with(3, story);
    expect(measured(changed, old)).to.eql({ ...KEPT, [story.id]: 'broken' });
    const rows = blindReaders(gatedItems([bank(changed, { blind: old })]));
    const outdated = rows.filter(({ item }) => item === story.id);
    expect(outdated.map(({ fix, file }) => [fix.includes(readingHash(story)), file])).to.eql([
      [true, 'routes/review.yaml'],
    ]);
    const unnamed = old.readings.map(({ hash: _, ...reading }) => reading);
    const { [GAP]: gap, ...all } = measured(items, { ...old, readings: unnamed });
    expect(gap).to.equal('missing');
    expect(Object.values(all).every(verdict => verdict === 'broken')).to.equal(true);
  });

  it('judges no shares of fewer than twelve decisions, but each decision', () => {
    const few = items.slice(0, 11);
    const shares = Object.keys(KEPT).map(name => [name, name === GAP ? 'missing' : 'too few']);
    expect(measured(few, read(few))).to.eql(Object.fromEntries(shares));
    expect(measured(few, { readers: [], readings: [] })).to.include({ 'M2-000': 'broken' });
  });

  it('is not asked of a bank without decisions', () => {
    expect(blindReaders(gatedItems([bank([])]))).to.eql([]);
  });
});
