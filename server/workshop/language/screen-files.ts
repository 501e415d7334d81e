import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { textFiles } from '../../platform/i18n/texts.js';
import type { LanguageText } from './language-text.js';
import { screenTexts } from './screen-texts.js';

/** All texts of screens, mails and papers. @param root the project's folder */
export const readScreens = (root: string): LanguageText[] =>
  textFiles(join(root, 'server')).flatMap(path =>
    screenTexts(relative(root, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')),
  );
