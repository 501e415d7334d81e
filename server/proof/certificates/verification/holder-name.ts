import { foldedWords } from '../../../platform/lib/text/folding.js';

const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** "A•• M•••••": enough for the holder to recognise, too little for anybody else. */
export function maskName(name: string): string {
  return name.split(' ').map(maskWord).join(' ');
}

const maskWord = (word: string): string =>
  Array.from(segments.segment(word), ({ segment }, index) => (index === 0 ? segment : '•')).join('');

/** Whether two names are the same to a person who compares them: accents, case, order and punctuation aside. */
export function sameName(typed: string, printed: string): boolean {
  const parts = (name: string) => foldedWords(name).sort().join(' ');
  const wanted = parts(printed);
  return wanted !== '' && parts(typed) === wanted;
}
