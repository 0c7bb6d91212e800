import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';

/** The smallest possible function. */
export const handler = handle(new Hono().get('*', (c) => c.text('hello world')));
