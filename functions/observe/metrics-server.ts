import { createServer } from 'node:http';
import { ConfigError } from '../config/config.ts';
import type { Log } from '../http/middleware/error-responses.ts';
import { serverUrl } from '../node/server-url.ts';

/** The port of the metrics, apart from the API's: they are for the operator, and no limit of the API applies to them. */
export type MetricsServerOptions = {
  readonly port: number;
  readonly host: string;
  readonly contentType: string;
  readonly text: () => Promise<string>;
  readonly log: Log;
};

/** Serves `GET /metrics`. @returns the URL @throws ConfigError when it cannot listen */
export async function serveMetrics({ port, host, contentType, text, log }: MetricsServerOptions): Promise<string> {
  const server = createServer(async (request, response) => {
    if (request.url !== '/metrics' || request.method !== 'GET') return void response.writeHead(404).end();
    try {
      response.setHeader('Content-Type', contentType);
      response.end(await text());
    } catch (error) {
      log('metrics failed', { error: String(error) });
      response.writeHead(500).end();
    }
  });
  // It never keeps the process running.
  server.unref();
  await new Promise<void>((resolve, reject) => {
    server.once('error', ({ message }) =>
      reject(new ConfigError(`cannot serve metrics on ${host}:${port}: ${message}`)),
    );
    server.listen(port, host, resolve);
  });
  return `${serverUrl(server, host)}/metrics`;
}
