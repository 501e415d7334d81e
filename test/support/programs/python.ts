/**
 * Debian's own python3: another one earlier in PATH does not find Debian's modules. A file that imports this is left out
 * where PyLD or OpenSSL is missing (`../tools.cjs`).
 */
export const PYTHON = '/usr/bin/python3';
