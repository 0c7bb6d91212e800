import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { errorMessage } from './error-message.ts';
import { OperatorError } from './operator-error.ts';

/** AWS's own clients: credentials, profile, region and `AWS_ENDPOINT_URL` come from their usual chain. */
export type Clients = {
  readonly cloudFormation: CloudFormationClient;
  readonly s3: S3Client;
  readonly lambda: LambdaClient;
  readonly logs: CloudWatchLogsClient;
  readonly alarms: CloudWatchClient;
  readonly sts: STSClient;
};

export function openClients(): Clients {
  return {
    cloudFormation: new CloudFormationClient({}),
    // By path, because stand-ins have no host name for each bucket; S3 takes both.
    s3: new S3Client({ forcePathStyle: true }),
    // A refresh may take as long as the function itself.
    lambda: new LambdaClient({ requestHandler: { requestTimeout: 310_000 }, maxAttempts: 1 }),
    logs: new CloudWatchLogsClient({}),
    alarms: new CloudWatchClient({}),
    sts: new STSClient({}),
  };
}

export type Caller = { readonly account: string; readonly arn: string; readonly region: string };

/** Whose credentials these are. @throws Refusal saying what is wrong with them, or with the way to AWS */
export async function whoCalls({ sts }: Clients): Promise<Caller> {
  try {
    const region = await sts.config.region();
    const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
    return { account: Account ?? '', arn: Arn ?? '', region };
  } catch (error) {
    throw new OperatorError(errorMessage(error) ?? `who you are to AWS cannot be asked: ${(error as Error).message}`);
  }
}
