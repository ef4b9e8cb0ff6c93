import type { SyntaxNode } from '@lezer/common';
import type { ScriptProblem } from './facts.ts';
import { partsOf } from './pythonSyntax.ts';
import { removedMember, removedModule } from './removedApis.ts';

/**
 * What the rules about scripts may complain of, once they know the job: a `Job` without `init`, no `commit`, reads and
 * writes without `transformation_ctx`, imports of what later versions lack.
 */
export function scriptProblems(nodes: readonly SyntaxNode[], text: string): ScriptProblem[] {
  const problems: ScriptProblem[] = [];
  const callees: { readonly name: string; readonly call: SyntaxNode; readonly span: ScriptProblem['span'] }[] = [];
  for (const node of nodes) {
    if (node.name === 'CallExpression' && node.firstChild) {
      const { from: start, to: end } = node.firstChild;
      callees.push({ name: text.slice(start, end).replaceAll(/\s/g, ''), call: node, span: { start, end } });
    } else if (node.name === 'ImportStatement') problems.push(...removedImports(node, text));
  }
  const isAwsJob = /\bfrom\s+awsglue\.job\s+import\b[^\n]*\bJob\b|\bawsglue\.job\.Job\b/.test(text);
  const made = callees.find(({ name }) => isAwsJob && /^(?:awsglue\.job\.)?Job$/.test(name));
  const calls = (method: string): boolean => callees.some(({ name }) => name.endsWith(`.${method}`));
  if (made !== undefined && !calls('init')) problems.push({ kind: 'noInit', span: made.span });
  if (!calls('commit')) {
    const at = made ?? callees.find(({ name }) => /\.(?:create|write)_dynamic_frame/.test(name));
    if (at !== undefined) problems.push({ kind: 'noCommit', span: at.span });
  }
  for (const { name, call, span } of callees) {
    if (!/\.create_dynamic_frame(?:\.from_\w+|_from_\w+)$/.test(name)) continue;
    const list = call.lastChild;
    const given = list ? text.slice(list.from, list.to) : '';
    if (/\btransformation_ctx\s*=/.test(given) || /\*\*/.test(given)) continue;
    problems.push({ kind: 'noContext', span });
  }
  return problems;
}

/** `import imp`, `from distutils import util`, `from pyspark.sql import SQLContext`. */
function removedImports(node: SyntaxNode, text: string): ScriptProblem[] {
  const source = text.slice(node.from, node.to);
  const names = partsOf(node).filter(({ name }) => name === 'VariableName');
  const place = (wanted: string): ScriptProblem['span'] => {
    const found = names.find(({ from, to }) => text.slice(from, to) === wanted) ?? node;
    return { start: found.from, end: found.to };
  };
  const problem = (found: ReturnType<typeof removedModule>, shown: string): ScriptProblem[] =>
    found === undefined
      ? []
      : [{ kind: 'removed', span: place(found.name), api: shown, since: found.since, instead: found.instead }];
  const [, module = ''] = /^from\s+([\w.]+)\s+import\b/.exec(source) ?? [];
  if (module === '') {
    const imported = source.replace(/^import\s+/, '').split(',');
    return imported.flatMap((one) => {
      const name = /^\s*([\w.]+)/.exec(one)?.[1] ?? '';
      return problem(removedModule(name), name);
    });
  }
  const whole = problem(removedModule(module), module);
  if (whole.length > 0) return whole;
  return names.flatMap(({ from, to }) => {
    const name = text.slice(from, to);
    return problem(removedMember(module, name), `${module}.${name}`);
  });
}
