import type { TemplateFile } from '../../../language/hosts/host.ts';
import { intrinsicOf } from '../../../language/hosts/intrinsics.ts';
import { nearest } from '../../../language/nearest.ts';
import { within, type Place, type Report } from '../../../language/rules/rule.ts';
import type { Node, StringNode } from '../../../language/tree.ts';
import { childrenOf } from '../../../language/treeQueries.ts';
import { didYouMean, quote } from '../../describe.ts';
import type { HostRule } from '../rule.ts';

export const unknownResource: HostRule = {
  id: 'asl/unknown-resource',
  subject: 'host',
  severity: 'error',
  sources: ['Z09'],
  docs: {
    what: '`Ref`, `Fn::GetAtt` and `Fn::Sub` in a definition or its substitutions name a resource or parameter of the template.',
    why: 'The template is refused as a whole.',
    bad: '{"Resource": {"Fn::GetAtt": ["LoadFuncton", "Arn"]}}',
    good: '{"Resource": {"Fn::GetAtt": ["LoadFunction", "Arn"]}}',
    aws: '"Template validation error: Template format error: Unresolved resource dependencies [LoadFuncton]".',
  },
  check: ({ host, found }, report) => {
    if (host.kind !== 'template' || isTransformed(host)) return;
    const names = new Set(['Resources', 'Parameters'].flatMap((section) => namesIn(host, section)));
    for (const { place, substitutions } of found) {
      const roots = [
        place.kind === 'object' ? place.node : place.kind === 'text' ? place.string : undefined,
        substitutions?.map,
      ];
      for (const root of roots) if (root !== undefined) checkReferences(root, { names, host }, report);
    }
  },
};

interface Known {
  readonly names: ReadonlySet<string>;
  readonly host: TemplateFile;
}

function checkReferences(root: Node, known: Known, report: Report): void {
  const open: Node[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const { name, argument } = intrinsicOf(node) ?? {};
    if (argument === undefined) {
      open.push(...childrenOf(node));
      continue;
    }
    if (name === 'Ref' && argument.kind === 'string') checkName(argument.value, argument, known, report);
    else if (name === 'Fn::GetAtt') checkAttribute(argument, known, report);
    else if (name === 'Fn::Sub') checkSub(argument, known, report);
    else if (name !== 'Condition') open.push(argument);
  }
}

function checkAttribute(argument: Node, known: Known, report: Report): void {
  const first = argument.kind === 'array' ? argument.items[0] : argument;
  if (first?.kind !== 'string') return;
  const [resource = ''] = first.value.split('.');
  checkName(resource, within(first, 0, resource.length), known, report);
}

/** `${Name}`, `${Name.Attribute}`; names of the function's own map come first. */
function checkSub(argument: Node, known: Known, report: Report): void {
  const [text, map] = argument.kind === 'array' ? argument.items : [argument];
  if (text?.kind !== 'string' || (map !== undefined && map.kind !== 'object')) return;
  for (const { 0: whole, 1: inner = '', index } of text.value.matchAll(/\$\{([^!}][^}]*)\}/g)) {
    const [name = ''] = inner.trim().split('.');
    if (map?.has(inner.trim()) === true || !/^[\w:]+$/.test(name)) continue;
    checkName(name, subPlace(text, index, whole), known, report);
  }
  if (map !== undefined) checkReferences(map, known, report);
}

function subPlace(text: StringNode, index: number, whole: string): Place {
  return within(text, index + 2, index + whole.length - 1);
}

function checkName(name: string, at: Place, { names, host }: Known, report: Report): void {
  if (name.startsWith('AWS::') || names.has(name) || isGenerated(name, names, host)) return;
  const suggestion = nearest(name, [...names]);
  report({ at, message: `The template has no resource or parameter ${quote(name)}.${didYouMean(suggestion)}` });
}

/** SAM makes resources of its own: `LoadFunctionRole`, `ServerlessRestApi`. */
function isGenerated(name: string, names: ReadonlySet<string>, { root }: TemplateFile): boolean {
  if (!root.has('Transform')) return false;
  return name.startsWith('Serverless') || [...names].some((known) => name.startsWith(known));
}

/** Macros and language extensions may bring in anything; SAM alone does not. */
function isTransformed({ root }: TemplateFile): boolean {
  const transform = root.get('Transform');
  const isSam = (node: Node | undefined): boolean => node?.kind === 'string' && /^AWS::Serverless-/.test(node.value);
  const others =
    transform?.kind === 'array' ? !transform.items.every(isSam) : transform !== undefined && !isSam(transform);
  const resources = root.get('Resources');
  const hasLoop = resources?.kind === 'object' && resources.properties.some(({ key }) => key.value.startsWith('Fn::'));
  return others || hasLoop;
}

function namesIn({ root }: TemplateFile, section: string): string[] {
  const node = root.get(section);
  return node?.kind === 'object' ? node.properties.map(({ key }) => key.value) : [];
}
