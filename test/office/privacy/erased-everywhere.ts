import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allTables } from '../../support/tables.js';
import { rows } from '../../support/rows.js';
import { world } from '../../support/world.js';

/** Every row of every table, and every kept file, in which one of these texts stands: `table: text` or `file: text`. */
export async function foundAnywhere(texts: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const { table } of allTables) {
    const all = JSON.stringify(await rows(`select * from ${table}`)).toLowerCase();
    found.push(...texts.filter(text => all.includes(text.toLowerCase())).map(text => `${table}: ${text}`));
  }
  for (const file of filesBelow(world().config.dataDir)) {
    const content = readFileSync(file);
    found.push(...texts.filter(text => content.includes(text)).map(text => `${file}: ${text}`));
  }
  const logged = world().logged.join('\n');
  return [...found, ...texts.filter(text => logged.includes(text)).map(text => `log: ${text}`)];
}

/** The files beside the database, which is searched row by row: its file holds what was deleted until it is overwritten. */
const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !/\.sqlite(-\w+)?$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name));
