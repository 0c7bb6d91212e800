import { ACMClient } from '@aws-sdk/client-acm';
import { BudgetsClient } from '@aws-sdk/client-budgets';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { Route53Client } from '@aws-sdk/client-route-53';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { adoptCliVariables, checkProfile, createCredentials } from './credentials.ts';
import { awsErrorMessage, OperatorError } from './operator-error.ts';
import { askOperator } from './operator-prompt.ts';
import { createSignedApi, type SignedApi } from './signed-api.ts';

/** AWS's own SDK clients, with its usual rules for profile, region and `AWS_ENDPOINT_URL`, and signed requests to other APIs. */
export type Clients = {
  readonly cloudFormation: CloudFormationClient;
  readonly s3: S3Client;
  readonly lambda: LambdaClient;
  readonly logs: CloudWatchLogsClient;
  readonly alarms: CloudWatchClient;
  readonly queues: SQSClient;
  readonly budgets: BudgetsClient;
  /** In us-east-1, the only region from which CloudFront takes certificates. */
  readonly certificates: ACMClient;
  readonly dns: Route53Client;
  readonly sts: STSClient;
  readonly api: SignedApi;
};

/** The region of services that have only one, and of what CloudFront uses. */
const GLOBAL = { region: 'us-east-1' } as const;

/** The clients for this process, with the profile, region and credentials that the AWS CLI would use. @throws OperatorError */
export async function openClients(): Promise<Clients> {
  const { env, stdin } = process;
  adoptCliVariables(env);
  await checkProfile(env);
  return createClients(createCredentials(env, stdin.isTTY ? askOperator : undefined), env.AWS_ENDPOINT_URL);
}

/** @param endpoint URL of an emulator (`AWS_ENDPOINT_URL`), which the SDK reads by itself */
function createClients(credentials: ReturnType<typeof createCredentials>, endpoint: string | undefined): Clients {
  const sts = new STSClient({ credentials });
  return {
    cloudFormation: new CloudFormationClient({ credentials }),
    // Emulators of S3 have no host name for each bucket; S3 accepts both styles.
    s3: new S3Client({ credentials, forcePathStyle: true }),
    // The refresh function times out after 900 s.
    lambda: new LambdaClient({ credentials, requestHandler: { requestTimeout: 910_000 }, maxAttempts: 1 }),
    logs: new CloudWatchLogsClient({ credentials }),
    alarms: new CloudWatchClient({ credentials }),
    // A queue's URL has the host of AWS even in an emulator.
    queues: new SQSClient({ credentials, useQueueUrlAsEndpoint: false }),
    budgets: new BudgetsClient({ ...GLOBAL, credentials }),
    certificates: new ACMClient({ ...GLOBAL, credentials }),
    dns: new Route53Client({ ...GLOBAL, credentials }),
    sts,
    api: createSignedApi({ region: () => sts.config.region(), endpoint, credentials }),
  };
}

export type Caller = { readonly account: string; readonly arn: string; readonly region: string };

/** Identifies the owner of the credentials. @throws OperatorError if they are wrong or AWS cannot be reached */
export async function readCaller({ sts }: Clients): Promise<Caller> {
  try {
    const region = await sts.config.region();
    const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
    return { account: Account ?? '', arn: Arn ?? '', region };
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw new OperatorError(
      awsErrorMessage(error) ?? `cannot find out whose AWS credentials these are: ${(error as Error).message}`,
    );
  }
}
