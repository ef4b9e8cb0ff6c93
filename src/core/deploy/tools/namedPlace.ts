import { parse } from 'yaml';
import type { DeployTool } from './tool.ts';

/** Where a tool's own configuration says that it deploys, whatever credentials it is given. */
export interface NamedPlace {
  /** The configuration, by its name in the project's folder. */
  readonly file: string;
  readonly profile?: string;
  readonly region?: string;
}

/** A configuration of a tool, by its name in the project's folder. */
export interface ToolConfig {
  readonly file: string;
  readonly text: string;
}

/** The configurations that may name a profile or a region, which come before those of the environment. */
export const PLACE_CONFIGS: Readonly<Record<DeployTool, readonly string[]>> = {
  cdk: ['cdk.json'],
  sam: ['samconfig.toml', 'samconfig.yaml', 'samconfig.yml'],
  pulumi: [],
  terraform: [],
};

/**
 * The profile and the region of a configuration: of SAM those of `deploy` and `global` in the environment `default`, of the
 * CDK its `profile`. A configuration that cannot be read names none: its tool tells why.
 */
export function namedPlace({ file, text }: ToolConfig): NamedPlace {
  const parameters = file.endsWith('.toml') ? tomlParameters(text) : parsedParameters(file, text);
  const { profile, region } = parameters;
  return {
    file,
    ...(typeof profile === 'string' && profile !== '' ? { profile } : {}),
    ...(typeof region === 'string' && region !== '' ? { region } : {}),
  };
}

type Members = Readonly<Record<string, unknown>>;

function parsedParameters(file: string, text: string): Members {
  let config: Members;
  try {
    config = members(file.endsWith('.json') ? JSON.parse(text) : parse(text));
  } catch {
    return {};
  }
  if (file === 'cdk.json') return { profile: config['profile'] };
  const environment = members(config['default']);
  const of = (command: string): Members => members(members(environment[command])['parameters']);
  return { ...of('global'), ...of('deploy') };
}

/** SAM's configuration is a flat one: tables of the form `[environment.command.parameters]` with texts as values. */
function tomlParameters(text: string): Members {
  const found = { global: {} as Record<string, string>, deploy: {} as Record<string, string> };
  let table: Record<string, string> | undefined;
  for (const line of text.split(/\r?\n/)) {
    const header = /^\s*\[\s*([^\]]*?)\s*\]/.exec(line)?.[1]?.replace(/[\s"']/g, '');
    if (header !== undefined) {
      const command = /^default\.(global|deploy)\.parameters$/.exec(header)?.[1];
      table = command === 'global' || command === 'deploy' ? found[command] : undefined;
    }
    const [, key, value] = /^\s*"?(profile|region)"?\s*=\s*["']([^"']*)["']/.exec(line) ?? [];
    if (table && key !== undefined && value !== undefined) table[key] = value;
  }
  return { ...found.global, ...found.deploy };
}

function members(value: unknown): Members {
  return typeof value === 'object' && value !== null ? (value as Members) : {};
}
