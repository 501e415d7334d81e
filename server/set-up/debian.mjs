import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PATIENT = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3'];
const ENV = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
let isUpToDate = false;

/** Whether this user may install packages of Debian, or of a distribution made from it. */
export const mayInstall = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** Install packages. Gives whether that worked, and prints what apt-get said where it did not. */
export function installed(packages) {
  // Some lists of packages may be out of reach while the one that matters is not.
  if (!isUpToDate) apt(['update']);
  isUpToDate = true;
  const { status, stdout, stderr } = apt(['install', '-y', '--no-install-recommends', ...packages]);
  if (status !== 0) process.stdout.write(`${stdout}${stderr}`);
  return status === 0;
}

const apt = args =>
  spawnSync('apt-get', ['-q', ...PATIENT, ...args], { env: ENV, encoding: 'utf8', maxBuffer: 2 ** 26 });
