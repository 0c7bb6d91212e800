/**
 * The regions that have Lambda function URLs, without China, GovCloud and the isolated regions, which `deploy` refuses. Two sources
 * agree (2026-11): the list of exceptions in https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html, and cfn-lint
 * 1.51, which knows AWS::Lambda::Url in these. AWS's page does not name Mexico as an exception, but cfn-lint does.
 */
export const FUNCTION_URL_REGIONS = [
  'af-south-1',
  'ap-east-1',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-south-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'me-south-1',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
] as const;
