import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { world } from '../../support/world.js';

/** The installation behind another address, where a newer set of files can be installed while a browser looks. */
export async function installationToRenew() {
  let isNewer = false;
  const server = createServer((req, res) => {
    if (isNewer && req.url === '/worker.js') return void newerWorker(res);
    passOn(req, res);
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    renew: () => void (isNewer = true),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** What the newer set of files is called on a device. */
export const NEWER = 'shell:newer';

async function newerWorker(res: ServerResponse): Promise<void> {
  const source = await (await fetch(`${world().base}/worker.js`)).text();
  res.setHeader('Content-Type', 'text/javascript').end(source.replace(/"shell:[^"]+"/, `"${NEWER}"`));
}

function passOn(req: IncomingMessage, res: ServerResponse): void {
  const asked = request(
    world().base + (req.url ?? ''),
    { method: req.method, headers: req.headers },
    answer => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    },
  );
  req.pipe(asked);
}
