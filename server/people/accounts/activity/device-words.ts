import { spoken } from '../../../platform/i18n/spoken.js';

/** A browser and its system in words; where a session does not say, in fewer. */
export function deviceWords({
  browser,
  system,
}: {
  readonly browser: string | null;
  readonly system: string | null;
}): string {
  if (browser === null || system === null) return spoken('devices.unknown');
  return spoken('devices.on', {
    browser: spoken(`devices.browser.${browser}`),
    system: spoken(`devices.system.${system}`),
  });
}
