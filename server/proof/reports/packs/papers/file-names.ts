/** What no file system takes, and what would turn the order of letters; letters of every script stay. */
const UNSAFE = /[\p{Cc}\u202a-\u202e\u2066-\u2069\u200e\u200f\\/:*?"<>|]+/gu;

/** Letters of one part of a name: the whole stays below the 255 bytes that file systems take, in any script. */
const MOST = 60;

/** A part of a file name, as people write it and file systems take it. */
const part = (text: string): string =>
  [...text.normalize('NFC').replace(UNSAFE, ' ').replace(/\s+/g, ' ').trim()]
    .slice(0, MOST)
    .join('')
    .replace(/^[. ]+|[. ]+$/g, '');

/** Names that people recognise, `Ada Marlow, Volunteers, 2026-11-29.pdf`, each once, whatever the case of its letters. */
export function fileNames(): (paper: { name: string; course: string; day: string }) => string {
  const taken = new Map<string, number>();
  return ({ name, course, day }) => {
    const whole = cut(`${part(name) || '–'}, ${part(course)}, ${day}`);
    let number = taken.get(whole.toLowerCase()) ?? 0;
    let free = whole;
    while (taken.has(free.toLowerCase())) free = `${whole} (${(number += 1)})`;
    taken.set(free.toLowerCase(), 1);
    taken.set(whole.toLowerCase(), Math.max(1, number));
    return `${free}.pdf`;
  };
}

/** At most 230 bytes, from the beginning, without half a letter; the day stays. */
function cut(whole: string): string {
  if (Buffer.byteLength(whole) <= 230) return whole;
  const day = whole.slice(-12);
  let kept = '';
  for (const letter of whole.slice(0, -12)) {
    if (Buffer.byteLength(kept + letter + day) > 230) break;
    kept += letter;
  }
  return kept + day;
}
