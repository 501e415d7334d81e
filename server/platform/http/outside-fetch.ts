import { lookup } from 'node:dns';
import { request as requestPlain, type IncomingMessage } from 'node:http';
import { request, type RequestOptions } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** The longest wait for an answer (ms), and the most bytes that are read of it. */
const WAIT = 5_000;
const MOST_BYTES = 1_000_000;

/** Networks that are nobody's on the internet: our own, those of a cloud's machines, and what leads back into them. */
const INSIDE_4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const;
/** Only what is given out to the world (2000::/3), without tunnels and examples. */
const INSIDE_6 = [
  ['::', 3],
  ['2001::', 32],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['4000::', 2],
  ['8000::', 1],
] as const;
// Apart: a list looks for an IPv4 address among the IPv6 networks, too, where all of them would be inside.
const INSIDE = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [net, bits] of INSIDE_4) INSIDE.ipv4.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of INSIDE_6) INSIDE.ipv6.addSubnet(net, bits, 'ipv6');

/** Whether a request to this address would stay inside. */
export function isInside(address: string): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  return INSIDE[family].check(address, family);
}

/** Every address of a name is looked at, and the one that was looked at is connected to: a second look-up could give another. */
const lookUpOutside: LookupFunction = (name, options, done) =>
  lookup(name, { ...options, all: true }, (error, found) => {
    if (error) return done(error, '', 0);
    const [first] = found;
    if (!first || found.some(({ address }) => isInside(address)))
      return done(new Error('The name leads to an address inside our own network'), '', 0);
    if (options.all) done(null, found);
    else done(null, first.address, first.family);
  });

/** What is sent, as far as callers need it. */
interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/**
 * Fetch from an address that somebody typed: over HTTPS, by name, from outside our network alone, with limits of time and of size.
 * It follows no redirect. `mayStayHere`: tests have no certificates, and their other side is on the same machine.
 */
export function fetchOutside(address: string, sent: Sent, mayStayHere: boolean): Promise<Response> {
  const url = new URL(address);
  const isHere = mayStayHere && url.hostname === '127.0.0.1';
  if (!isHere && (url.protocol !== 'https:' || isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0))
    return Promise.reject(new Error('Only names over HTTPS are fetched'));
  const options: RequestOptions = {
    method: sent.method ?? 'GET',
    headers: sent.headers ? { ...sent.headers } : {},
    signal: AbortSignal.timeout(WAIT),
    ...(isHere ? {} : { lookup: lookUpOutside }),
  };
  return new Promise((answered, failed) => {
    const asked = (isHere ? requestPlain : request)(url, options, answer => {
      read(answer).then(answered, failed);
    });
    asked.on('error', failed);
    asked.end(bodyOf(sent.body));
  });
}

const bodyOf = (body: unknown): string | undefined =>
  typeof body === 'string' || body instanceof URLSearchParams ? body.toString() : undefined;

async function read(answer: IncomingMessage): Promise<Response> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MOST_BYTES) throw new Error('The answer is too long');
    parts.push(part);
  }
  const status = answer.statusCode ?? 502;
  const headers = Object.entries(answer.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, [value].flat().join(', ')]],
  );
  const hasBody = status !== 204 && status !== 205 && status !== 304;
  return new Response(hasBody ? Buffer.concat(parts) : null, { status, headers });
}
