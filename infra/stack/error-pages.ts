import type { Files } from './zip.ts';

/**
 * The answers that CloudFront sends in place of S3's and its own errors: files of the bucket, named in the template's
 * `CustomErrorResponses`. They are the app's problems, but cannot name the path, and have no request id.
 */
export function errorPages(): Files {
  const pages = {
    'not-found': problem(
      404,
      'Not found',
      'This file does not exist, or CloudFront may not read it; try /search?q=tacos',
    ),
    internal: problem(500, 'Internal error', 'The function crashed or took too long; please try again'),
  };
  return new Map(
    Object.entries(pages).map(([name, body]) => [
      `errors/${name}.problem.json`,
      Buffer.from(JSON.stringify({ type: `/docs#${name}`, ...body })),
    ]),
  );
}

function problem(status: number, title: string, detail: string) {
  return { title, status, detail, errors: [], requestId: null };
}
