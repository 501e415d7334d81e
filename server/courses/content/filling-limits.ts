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
  readonly apart: readonly (readonly number[])[];
}

/** `bounds`: how many there are. */
export const limitsOf = (units: readonly FillingUnit[], bounds: number): Limits => ({
  supply: supplies(units, bounds),
  apart: apartIn(units, bounds),
});

/**
 * False where the units from `at` on can give too little, whatever is taken of them. It only saves time: the search decides.
 */
export function mayWork({ draw, needs, rooms }: Rest, { supply, apart }: Limits, at: number): boolean {
  const { all, inside, outside, without, both } = supply[at] as Supply;
  if (draw < 0 || draw > all) return false;
  for (let b = 0; b < needs.length; b += 1) {
    const [need, room, own] = [needs[b] as number, rooms[b] as number, inside[b] as number];
    const most = Math.min(room, own);
    if (room < 0 || need > Math.min(draw, most) || draw > most + (outside[b] as number)) return false;
    // What bounds need that have nothing in common adds up: in the form, and in each bound where they must take from it.
    let sum = 0;
    for (const c of apart[b] as number[]) sum += needs[c] as number;
    if (sum > draw) return false;
    for (let m = 0; m < needs.length; m += 1) {
      if (rooms[m] === Infinity) continue;
      let within = 0;
      for (const c of apart[b] as number[])
        within += c === m ? 0 : Math.max(0, (needs[c] as number) - (without[c]?.[m] as number));
      if (within > (rooms[m] as number) && !(apart[b] as number[]).includes(m)) return false;
    }
    for (let c = 0; c < b; c += 1)
      if (need + (needs[c] as number) > draw + (both[b]?.[c] as number)) return false;
  }
  return true;
}

/** For each bound, itself and others of which no two have an item in common. */
function apartIn(units: readonly FillingUnit[], bounds: number): number[][] {
  const numbers = Array.from({ length: bounds }, (_, number) => number);
  const kinds = units.flatMap(unit => unit.kinds);
  const share = numbers.map(a => numbers.map(b => kinds.some(({ fits }) => fits[a] && fits[b])));
  return numbers.map(first =>
    numbers.reduce<number[]>(
      (apart, each) =>
        each === first || apart.some(other => share[each]?.[other]) ? apart : [...apart, each],
      [first],
    ),
  );
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
