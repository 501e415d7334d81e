/** A day like "2026-11-24" as the three boxes of a date send it. */
export function inBoxes(field: string, date: string): Record<string, string> {
  const [year = '', month = '', day = ''] = date.split('-');
  return { [`${field}-day`]: day, [`${field}-month`]: month, [`${field}-year`]: year };
}
