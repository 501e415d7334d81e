import { createConnection, createServer, type Socket } from 'node:net';
import { world } from '../../support/world.js';

/** A connection to the installation that counts the bytes and requests of a browser, whatever in it asked: page, worker or manifest. */
export async function countedConnection() {
  let bytes = 0;
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer(browser => {
    const ours = createConnection(Number(new URL(world().base).port), '127.0.0.1');
    for (const socket of [browser, ours]) {
      sockets.add(socket);
      // Either end may close at any moment; then the other is closed, too.
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    }
    browser.on('data', (chunk: Buffer) =>
      asked.push(...(chunk.toString('latin1').match(/^(GET|POST) \S+/gm) ?? [])),
    );
    browser.pipe(ours);
    ours.on('data', chunk => void (bytes += chunk.length)).pipe(browser);
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  return {
    base: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    /** Bytes since the last time it was asked, headers and all. */
    taken: () => {
      const counted = bytes;
      bytes = 0;
      return counted;
    },
    /** Requests since the last time it was asked, such as `GET /verify`. */
    requests: () => asked.splice(0),
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
