import { FULL_POINTS } from '../../questions/question-type.js';
import { groupIn, numberIn, plus, type Added, type Sums } from '../../../platform/sums/sums.js';
import { REFRESHER_DAYS, type MeasurementKind, type RefresherDay } from '../kinds.js';
import {
  UNIT_LEVELS,
  type CountedUnit,
  type LaterRow,
  type PairedRow,
  type UnitLevel,
} from './counted-units.js';

/** The points of one form on the items of one objective: their sum, and how many items there were. */
export interface ObjectiveScore {
  readonly organisationId: string;
  readonly courseSlug: string;
  readonly cycleId: string;
  readonly kind: MeasurementKind;
  readonly module: string;
  readonly objective: string;
  readonly points: number;
  readonly items: number;
}

/**
 * Means of points are kept in such parts of a point, so that whole numbers are added up and what was added can be taken away
 * without a rest: any mean of up to 15 items is a whole number of them, and others are rounded to one.
 */
const PARTS = 360_360;

/** What the finished forms of one person add to the sums of each organisation. A person is one, however many cycles they took. */
export function gainsOfPerson(scores: readonly ObjectiveScore[]): Added[] {
  const added = UNIT_LEVELS.flatMap(level => {
    const units = new Map<string, ObjectiveScore[]>();
    for (const score of scores) {
      const key = JSON.stringify([score.organisationId, score.courseSlug, unitName(score, level)]);
      units.set(key, [...(units.get(key) ?? []), score]);
    }
    return [...units].map(([key, own]) => {
      const [subject = '', part = '', name = ''] = JSON.parse(key) as string[];
      return { subject, part, name, sums: sumsOfUnit(own) };
    });
  });
  return added.filter(({ sums }) => Object.keys(sums).length > 0);
}

const unitName = ({ module, objective }: ObjectiveScore, level: UnitLevel): string =>
  ({ course: 'course', module: `module ${module}`, objective: `objective ${module} ${objective}` })[level];

/** One person's forms of one unit. */
function sumsOfUnit(scores: readonly ObjectiveScore[]): Sums {
  const cycles = [...new Set(scores.map(({ cycleId }) => cycleId))].map(cycleId => {
    const own = scores.filter(score => score.cycleId === cycleId);
    return (kind: MeasurementKind) => meanOf(own.filter(score => score.kind === kind));
  });
  const pairs = cycles.flatMap(mean => inPairs({ before: mean('baseline'), after: mean('post') }));
  const days = REFRESHER_DAYS.map((day): [string, Sums] => {
    const all = cycles.flatMap(mean => inPairs({ share: mean(`refresher-${day}`) }));
    const paired = cycles.flatMap(mean => inPairs({ after: mean('post'), later: mean(`refresher-${day}`) }));
    return [String(day), { all: asOnePerson(all), pairs: asOnePerson(paired) }];
  });
  return plus({}, { pairs: asOnePerson(pairs), ...Object.fromEntries(days) });
}

/** The mean of the points of a form; null where it was not finished, or asked nothing of the unit. */
function meanOf(scores: readonly ObjectiveScore[]): number | null {
  const items = scores.reduce((sum, score) => sum + score.items, 0);
  const points = scores.reduce((sum, score) => sum + score.points, 0);
  return items === 0 ? null : Math.round((points * PARTS) / items);
}

/** Means that are only looked at together: nothing where one of them is missing. */
const inPairs = (means: Readonly<Record<string, number | null>>): Sums[] =>
  Object.values(means).includes(null) ? [] : [means as Sums];

/** The means of each cycle added up, `n` of them, by one person. */
const asOnePerson = (cycles: readonly Sums[]): Sums =>
  cycles.length === 0
    ? {}
    : cycles.reduce<Sums>((sum, cycle) => plus(sum, cycle), { people: 1, n: cycles.length });

/** What is shown of the sums of an organisation, before small groups are hidden. */
export function unitRows(kept: readonly Added[]): { paired: PairedRow[]; later: LaterRow[] } {
  const units = UNIT_LEVELS.flatMap(level => kept.flatMap(each => ofLevel(each, level)));
  return {
    paired: units.flatMap(({ unit, sums }) => {
      const pairs = groupIn(sums, 'pairs');
      if (numberIn(pairs, 'n') === 0) return [];
      const [before, after] = [mean(pairs, 'before'), mean(pairs, 'after')];
      return { ...unit, people: numberIn(pairs, 'people'), before, after };
    }),
    later: units.flatMap(({ unit, sums }) =>
      REFRESHER_DAYS.flatMap(days => laterRow(unit, days, groupIn(sums, String(days)))),
    ),
  };
}

function ofLevel({ part, name, sums }: Added, wanted: UnitLevel): { unit: CountedUnit; sums: Sums }[] {
  const [level, module = null, objective] = name.split(' ');
  if (level !== wanted) return [];
  return [{ unit: { courseSlug: part, level: wanted, module, unit: objective ?? module ?? part }, sums }];
}

function laterRow(unit: CountedUnit, days: RefresherDay, sums: Sums): LaterRow[] {
  const [all, pairs] = [groupIn(sums, 'all'), groupIn(sums, 'pairs')];
  if (numberIn(all, 'n') === 0) return [];
  const hasPairs = numberIn(pairs, 'n') > 0;
  return [
    {
      ...{ ...unit, days, people: numberIn(all, 'people'), share: mean(all, 'share') },
      pairedPeople: numberIn(pairs, 'people'),
      pairedAfter: hasPairs ? mean(pairs, 'after') : null,
      pairedLater: hasPairs ? mean(pairs, 'later') : null,
    },
  ];
}

/** A mean as a share of the points. */
const mean = (sums: Sums, name: string): number =>
  numberIn(sums, name) / numberIn(sums, 'n') / PARTS / FULL_POINTS;
