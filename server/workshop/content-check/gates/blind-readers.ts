import { FULL_POINTS } from '../../../teaching/questions/question-type.js';
import { questionTypes } from '../../../teaching/questions/question-types.js';
import type { Answer } from '../../../teaching/questions/answer.js';
import type { CheckedBank } from '../findings.js';
import type { Item } from '../../../teaching/questions/item.js';
import { isLive, type GatedItem } from './gated-item.js';
import { readingHash } from './reading-hash.js';
import { percent, shareWhere, type GateMeasure, type GateVerdict } from './measure.js';

/** Shares of answers; `gap` is the distance to readers without the lesson. */
const LIMITS = { key: 0.85, exact: 0.75, near: 0.97, gap: 0.15 };
/** One decision: how many readers with the lesson, and which share of them decides exactly as the key does. */
const OF_ONE = { readers: 5, exact: 0.8 };
/** People with the lesson, and as many without: of fewer, the gap between them would say more of chance than of the lesson. */
const PEOPLE = 12;
/** Decisions of a bank: with fewer, its shares are too coarse. */
const ENOUGH = 12;

/** What one reader made of one item. */
interface Read {
  readonly item: Item;
  readonly hasLesson: boolean;
  readonly isPerson: boolean;
  /** How far from the right decision; null for an item that asks for none. */
  readonly steps: number | null;
  /** Was all right besides the decision? */
  readonly isKeyed: boolean;
  readonly isUnsafe: boolean;
}

/** Do people who have read the lesson find the keys, and others less often? Asked of banks with decisions. */
export const blindReaders = (items: readonly GatedItem[]): GateMeasure[] =>
  [...new Set(items.map(({ bank }) => bank))].flatMap(bank => {
    const decisions = items.filter(entry => entry.bank === bank && entry.disposition !== null);
    if (decisions.length === 0) return [];
    const read = readsOf(bank);
    const outdated = outdatedIn(bank);
    const known = decisions.filter(({ item }) => outdated.every(each => each.item !== item.id));
    return [...sharesOf(bank, read, decisions.length), ...outdated, ...disputed(bank, read, known)];
  });

/** Readings of a wording that an item no longer has: each has to be made anew. */
const outdatedIn = (bank: CheckedBank): GateMeasure[] =>
  readItems(bank).flatMap(({ item, hash, answers }) => {
    const now = readingHash(item);
    if (hash === now) return [];
    return {
      gate: 'blind readers',
      of: item.id,
      n: Object.keys(answers).length,
      figure: hash === undefined ? 'read in a wording that has no hash' : `read as ${hash}`,
      limit: `read as ${now}`,
      verdict: 'broken',
      fix: `Have it read again as it is now, and write "hash: ${now}" beside the new answers.`,
      file: reviewOf(bank),
      item: item.id,
    };
  });

/** Readings with the items that they are of. */
const readItems = ({ blind: { readings }, items }: CheckedBank) =>
  readings.flatMap(reading => {
    const item = items.find(({ id }) => id === reading.item);
    return item ? { ...reading, item } : [];
  });

function readsOf(bank: CheckedBank): Read[] {
  const { readers } = bank.blind;
  return readItems(bank).flatMap(({ item, hash, answers }) => {
    if (hash !== readingHash(item)) return [];
    return Object.entries(answers).map(([by, answer]) => ({
      ...readOf(item, answer),
      hasLesson: readers.some(reader => reader.id === by && reader.lesson),
      isPerson: readers.some(reader => reader.id === by && reader.kind === 'person'),
    }));
  });
}

function readOf(item: Item, answer: Answer): Omit<Read, 'hasLesson' | 'isPerson'> {
  const type = questionTypes.of(item);
  const chosen = type.chosen(item, answer);
  const facts = type.choices(item).filter(({ part }) => part === 'option');
  const isRest = facts.every(({ id, isRight }) => chosen.includes(id) === isRight);
  return {
    item,
    // Whoever decides nothing is further away than anybody.
    steps: type.signal ? (type.signal(item, answer)?.steps ?? Infinity) : null,
    isKeyed: type.signal ? isRest : type.grade(item, answer) === FULL_POINTS,
    isUnsafe: type.unsafe(item, answer).length > 0,
  };
}

const isExact = ({ steps, isKeyed }: Read): boolean => (steps === null ? isKeyed : steps === 0);

function sharesOf(bank: CheckedBank, read: readonly Read[], decisions: number): GateMeasure[] {
  const [lesson, without] = [read.filter(each => each.hasLesson), read.filter(each => !each.hasLesson)];
  const decided = lesson.filter(({ steps }) => steps !== null);
  const row = (of: string, reads: readonly Read[], found: number, limit: number): GateMeasure => ({
    gate: 'blind readers',
    of: `${bank.name}, ${of}`,
    n: reads.length,
    figure: percent(found),
    limit: `at least ${percent(limit)}`,
    verdict: verdictOn(decisions, found >= limit),
    fix: 'Correct the items that readers with the lesson miss, and have them read again.',
    file: reviewOf(bank),
  });
  return [
    row(
      'key found',
      lesson,
      shareWhere(lesson, each => each.isKeyed),
      LIMITS.key,
    ),
    row('decisions exact', decided, shareWhere(decided, isExact), LIMITS.exact),
    row(
      'decisions within one step',
      decided,
      shareWhere(decided, ({ steps }) => (steps ?? Infinity) <= 1),
      LIMITS.near,
    ),
    gapOfPeople(
      row(
        'above readers without the lesson',
        without.filter(isOfPerson),
        shareWhere(lesson.filter(isOfPerson), isExact) - shareWhere(without.filter(isOfPerson), isExact),
        LIMITS.gap,
      ),
      bank,
    ),
  ];
}

const isOfPerson = ({ isPerson }: Read): boolean => isPerson;

/** A program knows the subject without the lesson, so only people can show what the lesson adds: so many with it, and without. */
function gapOfPeople(gap: GateMeasure, { blind: { readers } }: CheckedBank): GateMeasure {
  const people = (lesson: boolean) =>
    readers.filter(each => each.kind === 'person' && each.lesson === lesson).length;
  const [fewer = 0] = [people(true), people(false)].sort((a, b) => a - b);
  if (fewer >= PEOPLE) return gap;
  return {
    ...gap,
    figure: `${people(true)} people with the lesson, ${people(false)} without`,
    limit: `${PEOPLE} each, then ${gap.limit}`,
    verdict: 'missing',
    fix: 'Have people in the role read it, with and without the lesson.',
  };
}

const reviewOf = ({ file }: CheckedBank): string => file.replace('quiz.yaml', 'review.yaml');

/** Nobody having read a bank keeps no gate: of no answers, no share reaches its limit. */
const verdictOn = (decisions: number, isKept: boolean): GateVerdict =>
  decisions < ENOUGH ? 'too few' : isKept ? 'kept' : 'broken';

/** Each live decision that five readers with the lesson do not agree on: it has to become a trial item. */
function disputed(bank: CheckedBank, read: readonly Read[], decisions: readonly GatedItem[]): GateMeasure[] {
  return decisions.filter(isLive).flatMap(({ item }) => {
    const own = read.filter(each => each.item === item && each.hasLesson);
    const problem = disputeIn(own);
    if (problem === null) return [];
    return [
      {
        gate: 'blind readers',
        of: item.id,
        n: own.length,
        figure: problem,
        limit: `${OF_ONE.readers} readers, ${percent(OF_ONE.exact)} exact, none two steps away, none unsafe`,
        verdict: 'broken',
        fix: 'Add the fact that decides and have it read again, or write status: trial.',
        file: bank.file,
        item: item.id,
      },
    ];
  });
}

function disputeIn(read: readonly Read[]): string | null {
  if (read.length < OF_ONE.readers) return `${read.length} readers with the lesson`;
  if (read.some(({ isUnsafe }) => isUnsafe)) return 'an unsafe answer';
  if (read.some(({ steps }) => (steps ?? 0) > 1)) return 'an answer two steps away';
  const exact = shareWhere(read, isExact);
  return exact < OF_ONE.exact ? `${percent(exact)} exact` : null;
}
