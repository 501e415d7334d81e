/** A day like "2026-11-24" as the three boxes of a date send it. */
export function inBoxes(field: string, date: string): Record<string, string> {
  const [year = '', month = '', day = ''] = date.split('-');
  return { [`${field}-day`]: day, [`${field}-month`]: month, [`${field}-year`]: year };
}

/** A time zone in which it is about noon: no day turns there while a test runs. Signs of `Etc` zones are the other way round. */
export function noonZone(): string {
  const ahead = 12 - new Date().getUTCHours();
  return `Etc/GMT${ahead > 0 ? `-${ahead}` : `+${-ahead}`}`;
}
