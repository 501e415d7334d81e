/** The diagrams, each with how many parts are numbered in it. `views/drawings/diagrams/` holds one for each. */
export const DIAGRAMS = {
  safe: 4,
  telling: 4,
  'act-purpose': 2,
  'one-town': 3,
  control: 6,
  reactions: 6,
  sieve: 3,
  report: 7,
  dial: 4,
  rings: 4,
  after: 5,
  anywhere: 2,
} as const;

/** The plates, each with how many parts are numbered in it. `views/drawings/plates/` holds one for each. */
export const PLATES = {
  cabin: 6,
  counter: 6,
  coach: 5,
  'key-rack': 5,
  queue: 5,
  'supper-list': 5,
} as const;

/** The modules whose first lesson opens with a place. `views/drawings/places/` holds one for each. */
export const PLACES = [
  'foundations',
  'trafficking-routes',
  'disguised-recruiters',
  'family-connivance',
  'survivor-trauma',
  'see-respond-report',
  'airline-and-transport',
  'law-and-technicalities',
  'law-enforcement',
  'life-after-and-prevention',
  'volunteering',
] as const;

/** The name of a module's place; null where it has none. */
export const placeOfModule = (module: string) => PLACES.find(slug => slug === module) ?? null;
