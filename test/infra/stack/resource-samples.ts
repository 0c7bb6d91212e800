/** An action that creates each type of resource of the stack, and a name as CloudFormation gives it. */
export const RESOURCE_SAMPLES: Readonly<Record<string, readonly [action: string, resource: string]>> = {
  'AWS::S3::Bucket': ['s3:CreateBucket', 'arn:aws:s3:::curbside-bucket-1abc'],
  'AWS::S3::BucketPolicy': ['s3:PutBucketPolicy', 'arn:aws:s3:::curbside-bucket-1abc'],
  'AWS::Logs::LogGroup': [
    'logs:CreateLogGroup',
    'arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/curbside-api',
  ],
  'AWS::IAM::Role': ['iam:CreateRole', 'arn:aws:iam::123456789012:role/curbside/curbside/curbside-ApiRole-1ABC'],
  'AWS::IAM::RolePolicy': [
    'iam:PutRolePolicy',
    'arn:aws:iam::123456789012:role/curbside/curbside/curbside-ApiRole-1ABC',
  ],
  'AWS::Lambda::Function': ['lambda:CreateFunction', 'arn:aws:lambda:us-east-1:123456789012:function:curbside-api'],
  'AWS::Lambda::Version': ['lambda:PublishVersion', 'arn:aws:lambda:us-east-1:123456789012:function:curbside-api'],
  'AWS::Lambda::Alias': ['lambda:CreateAlias', 'arn:aws:lambda:us-east-1:123456789012:function:curbside-api'],
  'AWS::Lambda::Url': ['lambda:CreateFunctionUrlConfig', 'arn:aws:lambda:us-east-1:123456789012:function:curbside-api'],
  'AWS::Lambda::Permission': [
    'lambda:AddPermission',
    'arn:aws:lambda:us-east-1:123456789012:function:curbside-api:live',
  ],
  'AWS::Lambda::EventInvokeConfig': [
    'lambda:PutFunctionEventInvokeConfig',
    'arn:aws:lambda:us-east-1:123456789012:function:curbside-refresh',
  ],
  'AWS::SQS::Queue': ['sqs:CreateQueue', 'arn:aws:sqs:us-east-1:123456789012:curbside-DeadLetters-1ABC'],
  'AWS::Scheduler::Schedule': [
    'scheduler:CreateSchedule',
    'arn:aws:scheduler:us-east-1:123456789012:schedule/default/curbside-RefreshSchedule-1ABC',
  ],
  'AWS::OpenSearchService::Domain': ['es:CreateDomain', 'arn:aws:es:us-east-1:123456789012:domain/curbside'],
  'AWS::SNS::Topic': ['sns:CreateTopic', 'arn:aws:sns:us-east-1:123456789012:curbside-Alerts-1ABC'],
  'AWS::SNS::Subscription': ['sns:Subscribe', 'arn:aws:sns:us-east-1:123456789012:curbside-Alerts-1ABC'],
  'AWS::CloudWatch::Alarm': [
    'cloudwatch:PutMetricAlarm',
    'arn:aws:cloudwatch:us-east-1:123456789012:alarm:curbside-ApiFails-1ABC',
  ],
  'AWS::CloudWatch::Dashboard': [
    'cloudwatch:PutDashboard',
    'arn:aws:cloudwatch::123456789012:dashboard/curbside-us-east-1',
  ],
  'AWS::WAFv2::WebACL': [
    'wafv2:CreateWebACL',
    'arn:aws:wafv2:us-east-1:123456789012:global/webacl/curbside-us-east-1/1abc',
  ],
  'AWS::Route53::RecordSet': ['route53:ChangeResourceRecordSets', 'arn:aws:route53:::hostedzone/Z1ABC'],
  'AWS::CodeDeploy::Application': [
    'codedeploy:CreateApplication',
    'arn:aws:codedeploy:us-east-1:123456789012:application:curbside-CanaryApplication-1ABC',
  ],
  'AWS::CodeDeploy::DeploymentGroup': [
    'codedeploy:CreateDeployment',
    'arn:aws:codedeploy:us-east-1:123456789012:deploymentgroup:curbside-CanaryApplication-1ABC/curbside-CanaryGroup-1ABC',
  ],
};
