import type { TemplateFile, TemplateResource } from '../../language/hosts/host.ts';
import { buildHolding, buildJob, buildTrigger, buildWorkflow } from '../build.ts';
import type { Resource } from '../model.ts';
import { Part, type Writing } from '../part.ts';

/** What a template describes of Glue, in the order of the text. */
export function resourcesInTemplate({ tree, resources }: TemplateFile): Resource[] {
  const writing: Writing = { dialect: 'cloudformation', source: tree.text };
  return resources.flatMap((resource) => built(resource, writing) ?? []);
}

function built({ type, properties, key, logicalId }: TemplateResource, writing: Writing): Resource | undefined {
  if (properties === undefined) return undefined;
  const standing = { anchor: key, address: logicalId };
  switch (type) {
    case 'AWS::Glue::Job':
      return buildJob(new Part(properties, 'job', writing), standing);
    case 'AWS::Glue::Trigger':
      return buildTrigger(new Part(properties, 'trigger', writing), standing);
    case 'AWS::Glue::Workflow':
      return buildWorkflow(new Part(properties, 'workflow', writing), standing);
    case 'AWS::Glue::Crawler':
      return buildHolding('crawler', new Part(properties, 'crawler', writing), standing);
    case 'AWS::Glue::Connection':
      return buildHolding('connection', new Part(properties, 'connection', writing), standing);
    case 'AWS::Glue::SecurityConfiguration':
      return buildHolding('securityConfiguration', new Part(properties, 'securityConfiguration', writing), standing);
    default:
      return undefined;
  }
}
