/** The text of a file in UTF-8, with or without a byte order mark; null when it is in another encoding. */
export function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
