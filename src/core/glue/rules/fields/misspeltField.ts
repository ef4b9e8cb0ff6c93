import { nearest } from '../../../language/nearest.ts';
import { didYouMean, quote } from '../../../language/words.ts';
import { fieldsOf, spellingsOf, SHAPES } from '../../fields/shapes.ts';
import type { Resource } from '../../model.ts';
import type { Part } from '../../part.ts';
import { partsOf } from '../../place.ts';
import type { ResourceRule } from '../rule.ts';

/** What the API answers with and takes in other calls, so that it is no misspelling. */
const OTHER_FIELDS: ReadonlySet<string> = new Set([
  'Id',
  'State',
  'CreatedOn',
  'LastModifiedOn',
  'ProfileName',
  'AutoUpgradeMetadata',
  'SessionId',
  // Arguments of Terraform and of Pulumi for every resource.
  'count',
  'for_each',
  'lifecycle',
  'provider',
  'provisioner',
  'connection',
  'depends_on',
  'dependsOn',
  'timeouts',
  'region',
  'opts',
  'tags_all',
  'tagsAll',
]);

export const misspeltField: ResourceRule = {
  id: 'glue/misspelt-field',
  subject: 'resource',
  severity: 'error',
  sources: [],
  docs: {
    what: 'The names of fields are those of the API.',
    why: 'A misspelt field is refused by the CLI, and in a template it is missing where it was meant.',
    bad: '{"Name": "load", "GlueVerison": "5.1"}',
    good: '{"Name": "load", "GlueVersion": "5.1"}',
    aws: 'Unknown parameter in input.',
  },
  check: (resource, report) => {
    if (resource.dialect === 'reply' || resource.dialect === 'studio' || resource.dialect === 'git') return;
    for (const [parts, fields] of objectsOf(resource)) {
      const [part] = parts;
      if (part === undefined) continue;
      const free = [...fields].filter((name) => !part.node.has(name));
      for (const { key } of part.node.properties) {
        if (fields.has(key.value) || OTHER_FIELDS.has(key.value)) continue;
        const meant = nearest(key.value, free);
        if (meant === undefined || isGiven(parts, meant)) continue;
        report({
          at: key,
          message: `There is no field ${quote(key.value)}.${didYouMean(meant)}`,
          fixes: [
            { title: `Rename to ${meant}`, isSafe: true, edits: [{ kind: 'renameKey', node: key, name: meant }] },
          ],
        });
      }
    }
  },
};

/** Each object once, with the names that its fields can have: a crawler of Terraform is its targets as well. */
function objectsOf(resource: Resource): (readonly [Part[], ReadonlySet<string>])[] {
  const byNode = new Map<object, Part[]>();
  for (const part of partsOf(resource)) byNode.set(part.node, [...(byNode.get(part.node) ?? []), part]);
  return [...byNode.values()].map(
    (parts) => [parts, new Set(parts.flatMap(({ shape, dialect }) => [...fieldsOf(shape, dialect).keys()]))] as const,
  );
}

/** Whether the field that was meant is there already under another of its names. */
function isGiven(parts: readonly Part[], meant: string): boolean {
  return parts.some(({ shape, dialect, node }) =>
    SHAPES[shape].fields.some(({ name }) => {
      const names = spellingsOf(shape, name, dialect);
      return names.includes(meant) && names.some((one) => node.has(one));
    }),
  );
}
