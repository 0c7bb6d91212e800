import { once } from 'node:events';
import { connect } from 'node:tls';
import type { UrlCheck } from './check.ts';
import { CheckError, expect } from './check-outcome.ts';

export const HEADER_CHECKS: readonly UrlCheck[] = [
  {
    name: 'browsers are told to use TLS only',
    proves: 'the response headers policies are attached to every behavior',
    needs: 'url',
    run: async ({ edge }) => {
      for (const path of ['/', '/search?q=tacos', '/no/such/path']) {
        const value = (await edge.get(path)).headers['strict-transport-security'] ?? '';
        expect(/max-age=\d{7,}/.test(value), `${path}: Strict-Transport-Security is "${value}"`);
      }
      return undefined;
    },
  },
  {
    name: 'the page has its security headers',
    proves: 'the policy of the page is applied to files of the bucket',
    needs: 'url',
    run: async ({ edge }) => {
      const { status, headers } = await edge.get('/');
      expect(status === 200, `/: ${status}`);
      const policy = headers['content-security-policy'] ?? '';
      expect(/default-src 'none'/.test(policy), `Content-Security-Policy is "${policy}"`);
      expect(headers['x-content-type-options'] === 'nosniff', 'X-Content-Type-Options is missing');
      return undefined;
    },
  },
  {
    name: 'only ?embed=1 allows other sites to embed the page',
    proves: 'the CloudFront function runs, after the headers policy',
    needs: 'url',
    run: async ({ edge }) => {
      for (const [path, wanted] of [
        ['/', /frame-ancestors 'none'/],
        ['/?embed=0', /frame-ancestors 'none'/],
        ['/?embed=1', /frame-ancestors \*/],
      ] as const) {
        const policy = (await edge.get(path)).headers['content-security-policy'] ?? '';
        expect(wanted.test(policy), `${path}: ${/frame-ancestors [^;]*/.exec(policy)?.[0] ?? 'no frame-ancestors'}`);
      }
      return undefined;
    },
  },
  {
    name: 'answers and scripts are compressed',
    proves: "the edge keeps the function's compression and adds its own to files",
    needs: 'url',
    run: async ({ edge }) => {
      const headers = { 'Accept-Encoding': 'gzip, br' };
      const script = /assets\/[\w-]+\.js/.exec((await edge.get('/')).body)?.[0];
      expect(script, 'the page names no script');
      const codings = [];
      for (const path of ['/search?q=tacos', `/${script}`]) {
        const { status, headers: got } = await edge.get(path, { headers });
        expect(status === 200, `${path}: ${status}`);
        expect(got['content-encoding'], `${path} is not compressed`);
        codings.push(got['content-encoding']);
      }
      return codings.join(', ');
    },
  },
  {
    name: 'plain HTTP is redirected',
    proves: 'the viewer protocol policy',
    needs: 'https',
    run: async ({ edge }) => {
      const response = await fetch(`${edge.base.replace(/^https/, 'http')}/search?q=tacos`, { redirect: 'manual' });
      const location = response.headers.get('location') ?? '';
      expect(response.status === 301 && location.startsWith('https://'), `${response.status} to "${location}"`);
      return undefined;
    },
  },
  {
    name: 'HTTP/2 is spoken, and HTTP/3 is offered',
    proves: 'HttpVersion http2and3',
    needs: 'https',
    run: async ({ edge }) => {
      const { hostname, port } = new URL(edge.base);
      const socket = connect({
        host: hostname,
        port: Number(port || 443),
        servername: hostname,
        ALPNProtocols: ['h2'],
      });
      await once(socket, 'secureConnect').catch((error: Error) => {
        throw new CheckError(`no TLS connection: ${error.message}`);
      });
      const { alpnProtocol } = socket;
      socket.destroy();
      expect(alpnProtocol === 'h2', `the protocol is ${alpnProtocol}`);
      const offered = (await edge.get('/')).headers['alt-svc'] ?? '';
      expect(/h3=/.test(offered), `Alt-Svc is "${offered}"`);
      return offered;
    },
  },
];
