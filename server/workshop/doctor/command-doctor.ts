import type { Config } from '../../config.js';
import { checkInstallation } from './doctor.js';

/** The command `doctor`: prints a line for each check. Returns the exit code, 1 when one failed. */
export async function runDoctor(config: Config, say: (line: string) => void): Promise<number> {
  const findings = await checkInstallation({ config, now: Date.now() });
  for (const { state, check, text } of findings) say(`${state.padEnd(4)}  ${check}: ${text}`);
  return findings.some(({ state }) => state === 'fail') ? 1 : 0;
}
