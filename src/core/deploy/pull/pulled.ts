import type { ResourceInput } from '../deployable.ts';
import { pulledTemplate } from './template.ts';

type Members = Readonly<Record<string, unknown>>;

/** What was read of an account, as its create calls take it. */
export type PulledResource =
  | { readonly kind: 'job'; readonly input: ResourceInput }
  | { readonly kind: 'workflow'; readonly input: ResourceInput; readonly triggers: readonly ResourceInput[] }
  | {
      readonly kind: 'machine';
      readonly name: string;
      /** JSON text. */
      readonly definition: string;
      readonly roleArn: string;
      readonly type: string;
      /** Logging, tracing and encryption in CreateStateMachine's own names. */
      readonly settings?: Members;
      readonly tags?: Readonly<Record<string, string>>;
    };

export const PULL_FORMS = ['cli', 'cloudformation'] as const;
export type PullForm = (typeof PULL_FORMS)[number];

export interface PulledFile {
  /** From the folder that it is saved in. */
  readonly name: string;
  readonly text: string;
}

/** The files of a resource in a form, the main one first; without the script of a job. */
export function pulledFiles(resource: PulledResource, form: PullForm): readonly [PulledFile, ...PulledFile[]] {
  const name = resource.kind === 'machine' ? resource.name : resource.input.Name;
  if (form === 'cloudformation') return [{ name: `${fileName(name)}.template.yaml`, text: pulledTemplate(resource) }];
  switch (resource.kind) {
    case 'job':
      return [configFile(resource.input)];
    case 'workflow':
      return [configFile(resource.input), ...resource.triggers.map(configFile)];
    case 'machine':
      return [{ name: `${fileName(name)}.asl.json`, text: jsonText(JSON.parse(resource.definition)) }];
  }
}

function configFile(input: ResourceInput): PulledFile {
  return { name: `${fileName(input.Name)}.glue.json`, text: jsonText(input) };
}

function fileName(name: string): string {
  return name.replace(/[^\w.-]+/g, '_');
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
