import { unmask } from './gift-blocks.js';
import { plainText, type Plain, type TextFormat } from '../text.js';

const FORMATS = new Set<string>(['plain', 'html', 'markdown', 'moodle'] satisfies TextFormat[]);

/** A masked text that may begin with its format in brackets, as `[html]`; without one it has `otherwise`. */
export function formatted(masked: string, otherwise: TextFormat): Plain & { format: TextFormat } {
  const trimmed = masked.trim();
  const named = /^\[(\w+)\]/.exec(trimmed)?.[1];
  const format = named !== undefined && FORMATS.has(named) ? (named as TextFormat) : otherwise;
  const words = named !== undefined && FORMATS.has(named) ? trimmed.slice(named.length + 2) : trimmed;
  return { ...plainText(unmask(words), format), format };
}
