import type { AddressInfo, Server } from 'node:net';

/** The URL of a server that listens on a host, with the port that it got. */
export function serverUrl(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
