import { createServer, type Server, type ServerResponse } from 'node:http';
import { Server as Listener, type Socket } from 'node:net';
import type { Express } from 'express';

/** A web server that can stop without interrupting an answer. */
export interface Serving {
  readonly server: Server;
  /**
   * Accept no new connection. Each open one gets the answer to its last request, which tells it to close. Resolves when all
   * are closed.
   */
  readonly stop: () => Promise<void>;
  /** The number of requests that are being answered. */
  readonly underWay: () => number;
}

/**
 * How long an idle connection may still bring a request (ms): one that is on its way when we stop would be lost if the
 * connection were closed at once.
 */
const LAST_CALL = 500;

/** Serve `app`. Once it stops, `app.get('stopping')` is true. */
export function serve(app: Express, { lastCall = LAST_CALL } = {}): Serving {
  const server = createServer();
  const sockets = new Set<Socket>();
  const answers = new Set<ServerResponse>();
  let isStopping = false;
  let isOver = false;

  /** Node's own `closeIdleConnections` would cut off an answer that is written, but not sent yet. */
  function closeIdle(): void {
    const busy = new Set([...answers].map(({ req }) => req.socket));
    for (const socket of sockets) if (!busy.has(socket)) socket.destroySoon();
  }

  server.on('connection', socket => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('request', (req, res) => {
    answers.add(res);
    res.once('close', () => {
      answers.delete(res);
      if (isOver) closeIdle();
    });
    if (isStopping) res.setHeader('Connection', 'close');
    app(req, res);
  });

  async function stop(): Promise<void> {
    isStopping = true;
    app.set('stopping', true);
    for (const res of answers) if (!res.headersSent) res.setHeader('Connection', 'close');
    // An HTTP server's own `close` would close idle connections at once.
    const closed = new Promise<void>(done => Listener.prototype.close.call(server, () => done()));
    const over = setTimeout(() => {
      isOver = true;
      closeIdle();
    }, lastCall);
    await closed;
    clearTimeout(over);
  }

  return { server, stop, underWay: () => answers.size };
}
