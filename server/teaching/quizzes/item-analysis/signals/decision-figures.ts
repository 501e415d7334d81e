import { isSmall, peopleCounted, shownCounts, type Tally } from '../small-groups.js';
import { ENOUGH, type DecisionSums } from './decision-sums.js';
import { sensitivity, type Sensitivity } from './sensitivity.js';
import { wilson, type RateInterval } from './wilson.js';

/** What was decided about one kind of situation. A count is null where it is hidden: it is of fewer than 5 people. */
export interface KindFigures {
  /** Passed on: hits of signals, false alarms of noise. */
  readonly yes: number | null;
  /** Noted only. */
  readonly noted: number | null;
  /** Carried on. */
  readonly no: number | null;
  /** The share that was passed on. */
  readonly rate: RateInterval | 'hidden';
  readonly answers: number;
  /** How many people decided, up to the 20 that are enough. */
  readonly people: number;
}

export interface DecisionFigures {
  /** Null where fewer than 5 people decided about such a situation. */
  readonly signal: KindFigures | null;
  readonly noise: KindFigures | null;
  /** `few`: not yet from as many answers and people as it needs. `hidden`: it would tell what fewer than 5 people did. */
  readonly sensitivity: Sensitivity | 'few' | 'hidden';
}

/** The figures of decisions; null where none was made. */
export function decisionFigures({ counts, attempts, notPassedOn }: DecisionSums): DecisionFigures | null {
  const { yes, late, no, alarm, watch, left } = counts;
  if (attempts.signal.n + attempts.noise.n === 0) return null;
  const signal = isSmall(attempts.signal)
    ? null
    : kindFigures({ yes, noted: late, no, others: notPassedOn.signal }, attempts.signal);
  const noise = isSmall(attempts.noise)
    ? null
    : kindFigures({ yes: alarm, noted: watch, no: left, others: notPassedOn.noise }, attempts.noise);
  return { signal, noise, sensitivity: sensitivityOf(signal, noise) };
}

/** Noted and carried on are one answer, no; what is hidden of one of them must not follow from the other. */
function kindFigures(
  { yes, noted, no, others }: Record<'yes' | 'noted' | 'no' | 'others', Tally>,
  attempts: Tally,
): KindFigures {
  const [shownYes = null, shownNo = null] = shownCounts([yes, others]);
  const [shownNoted = null, shownCarriedOn = null] = shownNo === null ? [] : shownCounts([noted, no]);
  const answers = yes.n + noted.n + no.n;
  return {
    yes: shownYes,
    noted: shownNoted,
    no: shownCarriedOn,
    rate: shownYes === null || shownNo === null ? 'hidden' : wilson(shownYes, answers),
    answers,
    people: Math.min(peopleCounted(attempts), ENOUGH.people),
  };
}

function sensitivityOf(
  signal: KindFigures | null,
  noise: KindFigures | null,
): DecisionFigures['sensitivity'] {
  if (!signal || !noise || !isEnough(signal) || !isEnough(noise)) return 'few';
  if (signal.rate === 'hidden' || noise.rate === 'hidden') return 'hidden';
  return sensitivity({ signal: yesIn(signal), noise: yesIn(noise) });
}

const yesIn = ({ yes, answers }: KindFigures) => ({ yes: yes ?? 0, of: answers });

const isEnough = ({ answers, people }: KindFigures): boolean =>
  answers >= ENOUGH.answers && people >= ENOUGH.people;
