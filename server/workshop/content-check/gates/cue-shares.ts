import type { GatedItem } from './gated-item.js';
import { fileOf, percent, shareWhere, type GateMeasure, type GateVerdict } from './measure.js';
import { CONFESSION } from './confessions.js';

/** An irrelevant cue stands beside a concern about as often as anything does; a relevant one often, but never always. */
const LIMITS = { distance: 0.12, least: 0.55, most: 0.75, ordinary: 4 };
const ENOUGH = 10;
/** What a child says and shows of fear, or asks: never explained away, so no item to carry on from or to watch may have it. */
const NEVER_ORDINARY: ReadonlySet<string> = new Set(['asks-for-help', 'fear-of-adult', 'refuses-to-go']);
/** 0.55 and 0.1 + 0.45 are one share. */
const NEARLY = 1e-9;

interface Cued {
  readonly id: string;
  readonly relevant: boolean;
  readonly items: readonly GatedItem[];
}

/** Does a cue give the decision away? Situations to be watched are on neither side, and are left out. */
export function cueShares(items: readonly GatedItem[]): GateMeasure[] {
  const decided = items.filter(({ side }) => side === 'concern' || side === 'ordinary');
  const all = shareWhere(decided, isConcern);
  return [
    ...cuesIn(decided).flatMap(cue => {
      if (!cue.relevant) return [shareOfIrrelevant(cue, all)];
      return NEVER_ORDINARY.has(cue.id) ? [] : [shareOfRelevant(cue), ordinaryOnes(cue)];
    }),
    ...cuesIn(items.filter(({ side }) => side !== null))
      .filter(({ id, relevant }) => relevant && NEVER_ORDINARY.has(id))
      .map(besideConcernsAlone),
  ];
}

const isConcern = ({ side }: GatedItem): boolean => side === 'concern';

function cuesIn(items: readonly GatedItem[]): Cued[] {
  const found = new Map<string, { id: string; relevant: boolean; items: GatedItem[] }>();
  for (const entry of items)
    for (const { id, relevant } of entry.item.cues ?? []) {
      const cue = found.get(`${id} ${relevant}`) ?? { id, relevant, items: [] };
      cue.items.push(entry);
      found.set(`${id} ${relevant}`, cue);
    }
  return [...found.values()].filter(({ id }) => id !== CONFESSION).sort((a, b) => (a.id < b.id ? -1 : 1));
}

function shareOfIrrelevant({ id, items }: Cued, all: number): GateMeasure {
  const concern = shareWhere(items, isConcern);
  const isKept = Math.abs(concern - all) <= LIMITS.distance + NEARLY;
  return {
    ...measured(`${id} (irrelevant)`, items),
    figure: `${percent(concern)} concern, ${percent(all)} in all items`,
    limit: 'within 12 points',
    verdict: verdictOn(items, isKept),
    fix: 'Show the cue as often beside a concern as beside none.',
  };
}

function shareOfRelevant({ id, items }: Cued): GateMeasure {
  const concern = shareWhere(items, isConcern);
  const isKept = concern >= LIMITS.least - NEARLY && concern <= LIMITS.most + NEARLY;
  return {
    ...measured(id, items),
    figure: `${percent(concern)} concern`,
    limit: '55 to 75 %',
    verdict: verdictOn(items, isKept),
    fix: 'Let the cue have an ordinary explanation in about every third item that shows it.',
  };
}

function ordinaryOnes({ id, items }: Cued): GateMeasure {
  const count = items.filter(({ side }) => side === 'ordinary').length;
  return {
    ...measured(id, items),
    figure: `${count} to carry on from`,
    limit: `at least ${LIMITS.ordinary}`,
    verdict: verdictOn(items, count >= LIMITS.ordinary),
    fix: 'Write items that explain the cue and are keyed carry on.',
  };
}

function besideConcernsAlone({ id, items }: Cued): GateMeasure {
  const others = items.filter(each => !isConcern(each));
  return {
    ...measured(id, items),
    figure: `${others.length} to carry on from or to watch`,
    limit: 'none',
    verdict: others.length === 0 ? 'kept' : 'broken',
    fix: `Never explain away what a child says: ${others.map(({ item }) => item.id).join(', ')}.`,
  };
}

const verdictOn = ({ length }: readonly GatedItem[], isKept: boolean): GateVerdict =>
  length < ENOUGH ? 'too few' : isKept ? 'kept' : 'broken';

const measured = (of: string, items: readonly GatedItem[]) => ({
  gate: 'cue shares',
  of,
  n: items.length,
  file: fileOf(items),
});
