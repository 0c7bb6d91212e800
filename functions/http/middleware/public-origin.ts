import type { Context } from 'hono';

/**
 * The address by which a visitor reaches this server, without a slash at its end. A proxy that ends TLS says so in `X-Forwarded-Proto`;
 * only the sender of a wrong header sees what comes of it.
 */
export function publicOrigin(c: Context): string {
  // Node's server accepts hosts that are not in a URL, such as 1.2.3.999.
  const { protocol, host } = URL.canParse(c.req.url) ? new URL(c.req.url) : { protocol: 'http:', host: '' };
  const isSecure = protocol === 'https:' || c.req.header('X-Forwarded-Proto') === 'https';
  return `${isSecure ? 'https' : 'http'}://${host}`;
}
