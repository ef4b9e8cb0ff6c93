import { dirname, join, relative } from 'node:path/posix';
import { quote } from '../../language/words.ts';
import type { Links } from '../contracts/links.ts';
import type { JobFacts } from '../facts/facts.ts';
import { isIndexed } from '../facts/readFacts.ts';
import type { WorkspacePath } from '../workspaceFile.ts';
import { at, replaceSpan, type WorkspaceRule } from './rule.ts';

export const missingScript: WorkspaceRule = {
  id: 'glue/missing-script',
  severity: 'warning',
  sources: [],
  docs: {
    what: 'A script that a template or an asset of the CDK names by a local path is there.',
    why: '`aws cloudformation package`, SAM and the CDK upload it from there when they deploy.',
    bad: 'Command: { Name: glueetl, ScriptLocation: src/lod.py }',
    good: 'Command: { Name: glueetl, ScriptLocation: src/load.py }',
    aws: 'Not asked: the tool that deploys fails.',
  },
  check: ({ file: { path, jobs }, links }, report) => {
    for (const { script } of jobs) {
      if (script?.local === undefined || links.isPartial) continue;
      const { location, span, local } = script;
      if (location.startsWith('/') || isThere(path, { location, local }, links)) continue;
      const [only, second] = links.scriptsNamed(location);
      const right = only !== undefined && second === undefined ? relative(dirname(path), only) : undefined;
      report({
        at: at(span),
        message: `There is no file ${quote(location)} ${local === 'template' ? 'beside this template' : 'in this workspace'}.${right === undefined ? '' : ` Is it ${quote(only ?? '')}?`}`,
        fixes: right === undefined || local !== 'template' ? [] : [replaceSpan(`Change to ${right}`, span, right)],
      });
    }
  },
};

/** Templates count from their own folder; what an asset counts from is the folder that the program runs in. */
function isThere(
  path: WorkspacePath,
  { location, local }: { readonly location: string; readonly local: NonNullable<JobFacts['script']>['local'] },
  links: Links,
): boolean {
  const folders = [dirname(path)];
  if (local === 'asset')
    for (let at = dirname(path); at !== '.' && at !== '/'; at = dirname(at)) folders.push(dirname(at));
  return folders.some((folder) => {
    const target = join(folder, location);
    // What lies outside of the workspace, or where tools keep things, is not seen.
    return target.startsWith('../') || !isIndexed(target) || links.hasFile(target);
  });
}
