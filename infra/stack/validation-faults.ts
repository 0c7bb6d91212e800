import { type CloudFormationClient, DescribeEventsCommand, type OperationEvent } from '@aws-sdk/client-cloudformation';
import { shortTypeName } from './diff.ts';

/**
 * Lists what CloudFormation's early validation and hooks found wrong with a change set, one line for each fault. The change set
 * itself only says that validation has failed.
 * @returns no lines if the events cannot be read: the change set's own reason is shown anyway
 */
export async function validationFaults(client: CloudFormationClient, stack: string, id: string): Promise<string[]> {
  const target = id.startsWith('arn:') ? { ChangeSetName: id } : { ChangeSetName: id, StackName: stack };
  const faults: string[] = [];
  let token: string | undefined;
  do {
    const page = await client
      .send(new DescribeEventsCommand({ ...target, ...(token ? { NextToken: token } : {}) }))
      .catch(() => undefined);
    faults.push(...(page?.OperationEvents ?? []).flatMap((event) => describeFault(event) ?? []));
    token = page?.NextToken;
  } while (token);
  return [...new Set(faults)];
}

function describeFault(event: OperationEvent): string | undefined {
  const reason = reasonOf(event);
  if (reason === undefined) return undefined;
  const { LogicalResourceId: name, ResourceType: type = '', ValidationPath: path } = event;
  const resource = name ? `${name}${type ? ` (${shortTypeName(type)})` : ''}` : 'the template';
  return `  ${resource}${path ? ` at ${path}` : ''}: ${reason}`;
}

/** Why an event is a failure; `undefined` if it is not one. */
function reasonOf(event: OperationEvent): string | undefined {
  const { ValidationName, ValidationStatus, ValidationStatusReason, HookStatus, HookStatusReason, HookType } = event;
  if (ValidationStatus === 'FAILED') return ValidationStatusReason ?? `${ValidationName ?? 'the validation'} failed`;
  if (HookStatus === 'HOOK_COMPLETE_FAILED' || HookStatus === 'HOOK_FAILED')
    return `${HookType ?? 'a hook'}: ${HookStatusReason ?? 'failed'}`;
  if (event.ResourceStatus?.endsWith('_FAILED')) return event.ResourceStatusReason ?? event.ResourceStatus;
  return undefined;
}
