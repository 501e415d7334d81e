import type { ExchangeItem } from '../../teaching/questions/exchange.js';

/** The options of an item in the order of its key, then the rest as the item lists them. */
export function keyFirst({ options, key }: Pick<ExchangeItem, 'options' | 'key'>): ExchangeItem['options'] {
  const right = key.flatMap(id => options.filter(option => option.id === id));
  return [...right, ...options.filter(option => !right.includes(option))];
}

/** Safety-critical items give no part of their points. */
export const isCritical = ({ critical }: Pick<ExchangeItem, 'critical'>): boolean => critical !== false;
