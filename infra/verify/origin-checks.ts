import { GetFunctionConfigurationCommand, GetFunctionUrlConfigCommand } from '@aws-sdk/client-lambda';
import { apiFunctionName, refreshFunctionName } from '../stack/lambda-functions.ts';
import type { StackCheck } from './check.ts';
import { expect } from './check-outcome.ts';

export const ORIGIN_CHECKS: readonly StackCheck[] = [
  {
    name: 'the function URL refuses requests that CloudFront has not signed',
    proves: 'nobody can go around the edge, whose requests are signed',
    needs: ['ApiUrl'],
    run: async ({ stack, edge }) => {
      const { FunctionUrl } = await stack.clients.lambda.send(
        new GetFunctionUrlConfigCommand({ FunctionName: apiFunctionName(stack.name), Qualifier: 'live' }),
      );
      const direct = await fetch(`${FunctionUrl}search?q=tacos`);
      expect(direct.status === 403, `the function URL answers ${direct.status}`);
      const { status } = await edge.get('/search?q=tacos');
      expect(status === 200, `CloudFront answers ${status}`);
      return undefined;
    },
  },
  {
    name: 'the bucket refuses requests that CloudFront has not signed',
    proves: 'the page and the releases are readable at the edge only',
    needs: ['Bucket', 'BucketPolicy'],
    run: async ({ stack }) => {
      const region = await stack.clients.s3.config.region();
      const url = `https://${stack.resources.get('Bucket')}.s3.${region}.amazonaws.com`;
      for (const key of ['page/index.html', 'data/current.json']) {
        const { status } = await fetch(`${url}/${key}`);
        expect(status === 403, `${key}: ${status}`);
      }
      return undefined;
    },
  },
  {
    name: 'both functions run on arm64',
    proves: 'the bundles need nothing of another processor',
    // moto does not read a function's architecture from a template.
    needs: ['ApiFunction', 'RefreshFunction', 'ApiUrl'],
    run: async ({ stack }) => {
      const seen = [];
      for (const FunctionName of [apiFunctionName(stack.name), refreshFunctionName(stack.name)]) {
        const {
          Architectures = [],
          Runtime,
          MemorySize,
        } = await stack.clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
        expect(Architectures.join() === 'arm64', `${FunctionName} runs on ${Architectures.join()}`);
        seen.push(`${Runtime}, ${MemorySize} MB`);
      }
      return seen.join('; ');
    },
  },
];
