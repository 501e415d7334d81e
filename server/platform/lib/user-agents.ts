/** A browser and a system, as codes that stand in the texts under `devices`. `other`: none that we know. */
export interface UserAgent {
  readonly browser: string;
  readonly system: string;
}

/** In this order: most browsers also name those that came before them. */
const BROWSERS: readonly (readonly [code: string, sign: RegExp])[] = [
  ['edge', /\bEdg(e|A|iOS)?\//],
  ['opera', /\bOPR\/|\bOpera\b/],
  ['samsung', /\bSamsungBrowser\//],
  ['firefox', /\b(Firefox|FxiOS)\//],
  ['chrome', /\b(Chrome|CriOS|Chromium)\//],
  ['safari', /\bVersion\/[\d.]+ .*Safari\//],
];

const SYSTEMS: readonly (readonly [code: string, sign: RegExp])[] = [
  ['iphone', /\biPhone\b|\biPod\b/],
  ['ipad', /\biPad\b/],
  ['android', /\bAndroid\b/],
  ['windows', /\bWindows\b/],
  ['chromeos', /\bCrOS\b/],
  ['mac', /\bMacintosh\b|\bMac OS X\b/],
  ['linux', /\bLinux\b|\bX11\b/],
];

/**
 * The browser and the system that the header `User-Agent` names. Anybody can send any: it helps people to know their own devices
 * again and proves nothing. Only the codes are kept, never the header.
 */
export const userAgentIn = (header: string | undefined): UserAgent => ({
  browser: codeOf(BROWSERS, header ?? ''),
  system: codeOf(SYSTEMS, header ?? ''),
});

const codeOf = (signs: typeof BROWSERS, header: string): string =>
  signs.find(([, sign]) => sign.test(header))?.[0] ?? 'other';
