import { commandLine } from './command-line.js';
import { CannotStart } from './config.js';
import type { Command } from './door.js';
import { commands as own } from './commands.js';
import { slices } from './slices.js';

const commands: readonly Command[] = [...own, ...slices.flatMap(slice => slice.commands ?? [])];

const USAGE = `Usage: npm run cli -- <command>${commands.map(({ usage }) => usage).join('')}\n`;

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (fault) {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = fault instanceof CannotStart ? fault.exitCode : 1;
}

/** Run the command whose name is the longest that the words begin with. */
async function run(words: string[]): Promise<number> {
  const [command] = commands
    .filter(({ name }) => `${words.join(' ')} `.startsWith(`${name} `))
    .sort((one, other) => other.name.length - one.name.length);
  if (command) return command.run(words.slice(command.name.split(' ').length), commandLine);
  process.stderr.write(USAGE);
  return 2;
}
