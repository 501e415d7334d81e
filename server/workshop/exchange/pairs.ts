import type { Question } from './draft.js';
import type { Plain } from './text.js';

/** A matching question from its pairs; a pair without a prompt is an option that fits nothing. */
export function matched(
  pairs: readonly { readonly prompt: Plain; readonly option: Plain }[],
): Pick<Question, 'form' | 'prompts' | 'options' | 'key'> {
  const asked = pairs.filter(({ prompt }) => prompt.text !== '');
  const spare = pairs.filter(({ prompt }) => prompt.text === '');
  return {
    form: 'pairs',
    prompts: asked.map(({ prompt }) => ({ text: prompt.text })),
    options: [...asked, ...spare].map(({ option }) => ({ text: option.text })),
    key: asked.map((_, at) => at),
  };
}
