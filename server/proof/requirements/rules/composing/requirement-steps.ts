import type { Rule } from '../../requirement-rule.js';

/** What can be done with a requirement besides composing it anew: each is a version of its own. */
export const REQUIREMENT_STEPS = ['pause', 'go-on', 'end', 'reopen'] as const;
export type RequirementStep = (typeof REQUIREMENT_STEPS)[number];

/** What a requirement says after a step. While it is paused nobody is added and nobody leaves. */
export function nextRule(rule: Rule, step: RequirementStep): Rule {
  if (step === 'end') return { ...rule, inForce: false };
  return { ...rule, inForce: true, mode: step === 'pause' ? 'paused' : 'follow' };
}
