import { writeYaml } from '../../language/writeYaml.ts';
import type { ResourceInput } from '../deployable.ts';
import type { PulledResource } from './pulled.ts';

type Members = Readonly<Record<string, unknown>>;

interface TemplateResource {
  readonly Type: string;
  /** So that a stack can take over what is there (`resources to import`), and leaves it when the stack is deleted. */
  readonly DeletionPolicy: 'Retain';
  readonly UpdateReplacePolicy: 'Retain';
  readonly Properties: Members;
}

/** What CreateJob takes and AWS::Glue::Job does not have. */
const notInTemplates = new Set(['CodeGenConfigurationNodes', 'SourceControlDetails']);

/**
 * A resource as a CloudFormation template, with all that the account has of it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Glue.html
 */
export function pulledTemplate(resource: PulledResource): string {
  const resources = Object.fromEntries(resourcesOf(resource));
  const template = { AWSTemplateFormatVersion: '2010-09-09', Resources: resources };
  return `${writeYaml(template, { indent: '', unit: '  ' })}\n`;
}

function resourcesOf(resource: PulledResource): readonly (readonly [string, TemplateResource])[] {
  switch (resource.kind) {
    case 'job': {
      const kept = Object.entries(resource.input).filter(([key]) => !notInTemplates.has(key));
      return [['Job', of('AWS::Glue::Job', Object.fromEntries(kept))]];
    }
    case 'workflow':
      return [
        ['Workflow', of('AWS::Glue::Workflow', resource.input)],
        ...triggerIds(resource.triggers).map(([id, trigger]) => {
          const properties = { ...trigger, WorkflowName: { Ref: 'Workflow' } };
          return [id, of('AWS::Glue::Trigger', properties)] as const;
        }),
      ];
    case 'machine': {
      const { name, definition, roleArn, type, settings = {}, tags } = resource;
      const properties = {
        StateMachineName: name,
        StateMachineType: type,
        RoleArn: roleArn,
        ...(capitalized(settings) as Members),
        ...(tags ? { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) } : {}),
        Definition: JSON.parse(definition) as unknown,
      };
      return [['StateMachine', of('AWS::StepFunctions::StateMachine', properties)]];
    }
  }
}

function of(type: string, properties: Members): TemplateResource {
  return { Type: type, DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: properties };
}

/** `start-nightly` as StartNightlyTrigger; names that come to the same are counted. */
function triggerIds(triggers: readonly ResourceInput[]): readonly (readonly [string, ResourceInput])[] {
  const taken = new Set(['Workflow']);
  return triggers.map((trigger) => {
    const words = trigger.Name.match(/[A-Za-z0-9]+/g) ?? [];
    const own = `${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}Trigger`;
    let id = own;
    for (let count = 2; taken.has(id); count += 1) id = `${own}${count}`;
    taken.add(id);
    return [id, trigger] as const;
  });
}

/** The members of Step Functions' own API, as CloudFormation spells them. */
function capitalized(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(capitalized);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, one]) => [
    key.charAt(0).toUpperCase() + key.slice(1),
    capitalized(one),
  ]);
  return Object.fromEntries(members);
}
