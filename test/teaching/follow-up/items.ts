import type { Level } from '../../../server/teaching/questions/levels.js';

const LEVELS: readonly Level[] = ['remember', 'understand', 'apply'];

/** An item of a made-up bank; those whose numbers differ by 60 are alike in all but their id. */
export const item = (number: number, module = 'one') => ({
  id: `${module}-${String(number).padStart(3, '0')}`,
  module,
  objective: `${module}-O${number % 4}`,
  level: LEVELS[number % 3] ?? ('apply' as const),
  critical: number % 5 === 0 ? 'never-1' : (false as const),
  type: 'single',
  options: ['a', 'b', 'c'].map(id => ({ id })),
});

export const bank = (sizes: Readonly<Record<string, number>>) =>
  Object.entries(sizes).flatMap(([module, size]) => Array.from({ length: size }, (_, n) => item(n, module)));
