import { at, type WorkspaceRule } from './rule.ts';

export const jsonOutput: WorkspaceRule = {
  id: 'glue/output-in-json',
  severity: 'error',
  sources: [],
  docs: {
    what: 'A Pulumi program writes no output of a resource into JSON before it is known.',
    why: '`job.name` is an Output: `json.dumps` cannot write it, and an f-string writes what Python calls it.',
    bad: 'definition = json.dumps({"JobName": job.name})',
    good: 'definition = pulumi.Output.json_dumps({"JobName": job.name})',
    aws: 'Not asked: `pulumi up` fails with "TypeError: Object of type Output is not JSON serializable".',
  },
  check: ({ file }, report) => {
    for (const { written, isInText, span } of file.jsonOutputs) {
      report({
        at: at(span),
        message: isInText
          ? `${written} is an Output, which is not known yet: the text gets what Python calls it. Use pulumi.Output.format or apply().`
          : `${written} is an Output, which json.dumps cannot write: use pulumi.Output.json_dumps, or apply().`,
      });
    }
  },
};
