import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { ALLOWED_METHODS } from '../http/responses/problem.ts';
import type { Connections } from './connections.ts';
import { type Refusal, refuse, refuseConnection } from './refusal.ts';

type ParseError = NodeJS.ErrnoException & { rawPacket?: Buffer };

const NOT_ALLOWED = (method: string): Refusal => ({
  code: 'method-not-allowed',
  detail: `${method.slice(0, 20)} is not allowed: this API is read-only; use GET`,
  headers: { Allow: ALLOWED_METHODS },
});

/** Answers what Node refuses by itself with problems instead of empty responses. */
export function answerProtocolErrors(
  server: Server,
  connections: Connections,
  onRefusal: (refusal: Refusal) => void,
): void {
  const refused = new WeakSet<Socket>();
  server.on('clientError', (error: ParseError, stream) => {
    const socket = stream as Socket;
    // Node reads on, and reports each further part of an unreadable request.
    if (refused.has(socket)) return;
    refused.add(socket);
    const respond = () => {
      const refusal = refusalOf(error);
      onRefusal(refusal);
      refuseConnection(socket, refusal);
    };
    const connection = connections.open.get(socket);
    if (connection && connection.unanswered > 0 && socket.writable) {
      // An earlier request on this connection is still being answered, or its client has the whole answer and Node is about to know.
      const { outgoing } = connection;
      if (outgoing?.headersSent === false) outgoing.shouldKeepAlive = false;
      const mayRespond = () => outgoing?.shouldKeepAlive && outgoing.writableFinished && socket.writable;
      outgoing?.once('close', () => void (mayRespond() ? respond() : socket.destroy()));
      return;
    }
    // Nobody waits for the answer to a request that was never begun, such as a browser's connection in reserve.
    if (!socket.writable || error.code === 'ECONNRESET' || socket.bytesRead === 0) return void socket.destroy();
    respond();
  });
  server.on('connect', (_incoming, socket) => {
    const refusal = NOT_ALLOWED('CONNECT');
    onRefusal(refusal);
    socket.resume();
    refuseConnection(socket, refusal);
  });
  server.on('checkExpectation', (incoming, outgoing) => {
    const detail = 'The server has no other answer to an Expect header than 100-continue';
    const refusal: Refusal = { code: 'expectation-failed', detail, closes: true };
    onRefusal(refusal);
    refuse(incoming, outgoing, refusal);
  });
}

function refusalOf({ code, rawPacket }: ParseError): Refusal {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return { code: 'headers-too-large', detail: 'The URL and the headers may have 16 kB together' };
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { code: 'request-timeout', detail: 'The request did not arrive in time' };
    case 'HPE_INVALID_METHOD': {
      const [, method] =
        /^([A-Za-z-]{1,40}) \S{1,8192} HTTP\/1\.[01]\r?\n/.exec(rawPacket?.toString('latin1') ?? '') ?? [];
      if (method) return NOT_ALLOWED(method);
    }
  }
  return { code: 'invalid-request', detail: 'The server could not read the request' };
}
