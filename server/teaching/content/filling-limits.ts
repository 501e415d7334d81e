/** Items that no bound tells apart: `fits` says of each bound whether they fit it. */
export interface Kind {
  readonly key: string;
  readonly fits: readonly boolean[];
}

/** At most `size` items in all, each of one of these kinds: single items of one kind, or pairs of the same two kinds. */
export interface FillingUnit {
  readonly key: string;
  readonly size: number;
  readonly kinds: readonly Kind[];
}

/** What is still required: items in all, items for each bound, and how many more each bound allows. */
export interface Rest {
  readonly draw: number;
  readonly needs: readonly number[];
  readonly rooms: readonly number[];
}

/** The most that the units from one on can give: in all, within each bound, and within one and without or with another. */
interface Supply {
  readonly all: number;
  readonly inside: readonly number[];
  readonly outside: readonly number[];
  /** By the first bound, then by the second. */
  readonly without: readonly (readonly number[])[];
  readonly both: readonly (readonly number[])[];
}

/** What shows early that a search must fail. */
export interface Limits {
  /** By unit. */
  readonly supply: readonly Supply[];
  readonly apart: readonly Apart[];
}

/** Bounds of which no two have an item in common, and all others. */
interface Apart {
  readonly bounds: readonly number[];
  readonly others: readonly number[];
}

/** `bounds`: how many there are. */
export const limitsOf = (units: readonly FillingUnit[], bounds: number): Limits => ({
  supply: supplies(units, bounds),
  apart: apartIn(units, bounds),
});

/**
 * False where the units from `at` on can give too little, whatever is taken of them. It only saves time: the search decides. What
 * costs least to ask is asked first; forms are drawn while people wait.
 */
export function mayWork(rest: Rest, { supply, apart }: Limits, at: number): boolean {
  const here = supply[at] as Supply;
  return (
    rest.draw >= 0 &&
    rest.draw <= here.all &&
    suffice(rest, here) &&
    apart.every(each => holdsApart(rest, here, each)) &&
    holdsBoth(rest, here)
  );
}

/** Each bound by itself. */
function suffice({ draw, needs, rooms }: Rest, { inside, outside }: Supply): boolean {
  for (let b = 0; b < needs.length; b += 1) {
    const [need, room, own] = [needs[b] as number, rooms[b] as number, inside[b] as number];
    const most = Math.min(room, own);
    if (room < 0 || need > Math.min(draw, most) || draw > most + (outside[b] as number)) return false;
  }
  return true;
}

/** What bounds need that have nothing in common adds up: in the form, and in each bound where they must take from it. */
function holdsApart({ draw, needs, rooms }: Rest, { without }: Supply, { bounds, others }: Apart): boolean {
  let sum = 0;
  for (const c of bounds) sum += needs[c] as number;
  if (sum > draw) return false;
  if (sum === 0) return true;
  for (const m of others) {
    const room = rooms[m] as number;
    if (room >= sum) continue;
    let within = 0;
    for (const c of bounds) within += Math.max(0, (needs[c] as number) - (without[c]?.[m] as number));
    if (within > room) return false;
  }
  return true;
}

/** Two bounds that both need more than what they share with each other leaves room for. */
function holdsBoth({ draw, needs }: Rest, { both }: Supply): boolean {
  for (let b = 1; b < needs.length; b += 1) {
    const need = needs[b] as number;
    if (need === 0) continue;
    for (let c = 0; c < b; c += 1)
      if (need + (needs[c] as number) > draw + (both[b]?.[c] as number)) return false;
  }
  return true;
}

/** For each bound, itself and others of which no two have an item in common; the same bounds once. */
function apartIn(units: readonly FillingUnit[], bounds: number): Apart[] {
  const numbers = Array.from({ length: bounds }, (_, number) => number);
  const kinds = units.flatMap(unit => unit.kinds);
  const share = numbers.map(a => numbers.map(b => kinds.some(({ fits }) => fits[a] && fits[b])));
  const sets = numbers.map(first =>
    numbers.reduce<number[]>(
      (apart, each) =>
        each === first || apart.some(other => share[each]?.[other]) ? apart : [...apart, each],
      [first],
    ),
  );
  const each = new Map(sets.map(set => [set.toSorted((a, b) => a - b).join(), set]));
  return [...each.values()].map(set => ({
    bounds: set,
    others: numbers.filter(number => !set.includes(number)),
  }));
}

/** The most that the units from each one on can give. */
function supplies(units: readonly FillingUnit[], bounds: number): Supply[] {
  const none = Array.from({ length: bounds }, () => 0);
  const square = none.map(() => none);
  const nothing = { all: 0, inside: none, outside: none, without: square, both: square };
  return units.reduceRight<Supply[]>((later, { size, kinds }) => {
    const { all, inside, outside, without, both } = later[0] ?? nothing;
    const one = (sums: readonly number[], isFit: boolean) =>
      sums.map((sum, b) => (kinds.some(({ fits }) => fits[b] === isFit) ? sum + size : sum));
    const two = (sums: readonly (readonly number[])[], isFit: boolean) =>
      sums.map((own, b) =>
        own.map((sum, c) => (kinds.some(({ fits }) => fits[b] && fits[c] === isFit) ? sum + size : sum)),
      );
    const here = {
      all: all + size,
      inside: one(inside, true),
      outside: one(outside, false),
      without: two(without, false),
      both: two(both, true),
    };
    return [here, ...later];
  }, []);
}
