import { withRules } from '../../item-faults.js';
import { graphFaults } from './scenario-graph.js';
import { scenarioShape } from './scenario-shape.js';

/** modules/<slug>/scenario.yaml: one branching case. That of a final names the objective that it tests. */
export const scenarioSchema = withRules(scenarioShape, graphFaults);
