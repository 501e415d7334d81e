import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LanguageText } from './language-text.js';
import { screenTexts } from './screen-texts.js';

const FOLDER = 'server/i18n/en';

/** All texts of screens, mails and papers. @param root the project's folder */
export const readScreens = (root: string): LanguageText[] =>
  readdirSync(join(root, FOLDER), { recursive: true, encoding: 'utf8' })
    .map(name => name.replaceAll('\\', '/'))
    .filter(name => name.endsWith('.json'))
    .flatMap(name => screenTexts(`${FOLDER}/${name}`, readFileSync(join(root, FOLDER, name), 'utf8')));
