import { createRegistry } from './registry.js';
import { decision } from './types/decision/decision.js';
import { matching } from './types/matching/matching.js';
import { multiple } from './types/multiple-choice/multiple-choice.js';
import { ordering } from './types/ordering/ordering.js';
import { report } from './types/report/report.js';
import { scenario } from './types/scenario/scenario.js';
import { single } from './types/single-choice/single-choice.js';
import { spot } from './types/spot/spot.js';
import { trueFalse } from './types/true-false/true-false.js';

/** All types of question that the product knows: a new one is a folder and an entry here. */
export const questionTypes = createRegistry([
  single,
  multiple,
  trueFalse,
  ordering,
  matching,
  scenario,
  report,
  decision,
  spot,
]);
