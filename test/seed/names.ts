import { foldedWords } from '../../server/platform/lib/text/folding.js';

const GIVEN =
  'Ada,Ben,Cleo,Dina,Emre,Fatima,Grace,Hugo,Ines,Jonas,Kofi,Leila,Łukasz,Mara,Noor,Ola,Priya,Quentin,Rosa,Sven,Tereza,Ümit,Vera,Wanjiru,Xenia,Yusuf,Zoë,Åsa,Bríd,Chidi,Đorđe,Eszter,Fenna,Göran,Hye-jin,Ivana';
const FAMILY =
  'Abara,Bakker,Costa,Dubois,Eriksen,Fischer,García,Haddad,Ito,Jensen,Kowalski,Lund,Moreau,Nguyen,Okafor,Papadopoulos,Quinn,Rossi,Søndergaard,Tanaka,Usman,Varga,Wagner,Xu,Yılmaz,Żuraw,O’Brien,van der Berg,Strand,Holm,Vik,Berg,Dahl,Moen,Hagen,Lie,Solberg,Bakke,Haugen,Aas';

/** A part of a name, and the word by which it is found. */
interface NamePart {
  readonly text: string;
  readonly word: string;
}

const parts = (list: string): NamePart[] =>
  list.split(',').map(text => ({ text, word: foldedWords(text).join(' ') }));

export const given = parts(GIVEN);
export const family = parts(FAMILY);
