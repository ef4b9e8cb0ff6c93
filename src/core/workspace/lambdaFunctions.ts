import type { Node, ObjectNode, Tree } from '../language/tree.ts';

export type LambdaLanguage = 'python' | 'node';

/** A Lambda function that a template describes, with a handler in a language that can be run from its source. */
export interface LambdaFunction {
  readonly logicalId: string;
  /** `FunctionName`, where the template gives a plain text. */
  readonly name?: string;
  readonly language: LambdaLanguage;
  /** `app.handler`, `src/app.handler`. */
  readonly handler: string;
  /** Folder of the code, relative to the template's; or the code itself. */
  readonly code:
    { readonly kind: 'folder'; readonly path: string } | { readonly kind: 'inline'; readonly text: string };
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** Variables with plain values; references are left out. */
  readonly environment: Readonly<Record<string, string>>;
}

const types: ReadonlySet<string> = new Set(['AWS::Serverless::Function', 'AWS::Lambda::Function']);

/**
 * The Lambda functions of a CloudFormation or SAM template, those that cannot be run from source (images, packages in S3,
 * other languages) left out. https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html
 */
export function lambdaFunctionsOf({ root }: Pick<Tree, 'root'>): readonly LambdaFunction[] {
  const globals = objectAt(objectAt(root, 'Globals'), 'Function');
  return (objectAt(root, 'Resources')?.properties ?? []).flatMap(({ key, value }) => {
    const type = textAt(value, 'Type') ?? '';
    const properties = objectAt(value, 'Properties');
    if (!types.has(type) || !properties) return [];
    const found = functionOf(key.value, properties, type === 'AWS::Serverless::Function' ? globals : undefined);
    return found ? [found] : [];
  });
}

function functionOf(
  logicalId: string,
  properties: ObjectNode,
  globals: ObjectNode | undefined,
): LambdaFunction | undefined {
  const text = (name: string): string | undefined => textAt(properties, name) ?? textAt(globals, name);
  const number = (name: string): number | undefined => numberAt(properties, name) ?? numberAt(globals, name);
  const language = languageOf(text('Runtime'));
  const handler = text('Handler');
  const code = codeOf(properties, globals);
  if (!language || handler === undefined || !code) return undefined;
  const name = textAt(properties, 'FunctionName');
  return {
    logicalId,
    ...(name !== undefined && { name }),
    language,
    handler,
    code,
    timeoutSeconds: number('Timeout') ?? 3,
    memoryMb: number('MemorySize') ?? 128,
    environment: { ...variablesOf(globals), ...variablesOf(properties) },
  };
}

function languageOf(runtime: string | undefined): LambdaLanguage | undefined {
  if (runtime?.startsWith('python')) return 'python';
  return runtime?.startsWith('nodejs') ? 'node' : undefined;
}

function codeOf(properties: ObjectNode, globals: ObjectNode | undefined): LambdaFunction['code'] | undefined {
  const inline = textAt(properties, 'InlineCode') ?? textAt(objectAt(properties, 'Code'), 'ZipFile');
  if (inline !== undefined) return { kind: 'inline', text: inline };
  const path = textAt(properties, 'CodeUri') ?? textAt(properties, 'Code') ?? textAt(globals, 'CodeUri');
  if (path !== undefined) return /^(s3|https?):/.test(path) ? undefined : { kind: 'folder', path };
  // SAM takes the template's own folder where nothing is said.
  return properties.has('CodeUri') || properties.has('Code') ? undefined : { kind: 'folder', path: '.' };
}

function variablesOf(properties: ObjectNode | undefined): Readonly<Record<string, string>> {
  const variables = objectAt(objectAt(properties, 'Environment'), 'Variables')?.properties ?? [];
  return Object.fromEntries(
    variables.flatMap(({ key, value }) =>
      value.kind === 'string' || value.kind === 'number' || value.kind === 'boolean'
        ? [[key.value, String(value.value)]]
        : [],
    ),
  );
}

function objectAt(node: Node | undefined, name: string): ObjectNode | undefined {
  const value = node?.kind === 'object' ? node.get(name) : undefined;
  return value?.kind === 'object' ? value : undefined;
}

function textAt(node: Node | undefined, name: string): string | undefined {
  const value = node?.kind === 'object' ? node.get(name) : undefined;
  return value?.kind === 'string' ? value.value : undefined;
}

function numberAt(node: Node | undefined, name: string): number | undefined {
  const value = node?.kind === 'object' ? node.get(name) : undefined;
  return value?.kind === 'number' ? value.value : undefined;
}
