import type { DocumentName } from '../../language/edit.ts';
import type { HostFile } from '../../language/hosts/host.ts';
import { hostKindOf } from '../../language/hosts/hostKind.ts';
import type { Resource } from '../model.ts';
import { resourcesInProgram } from './program.ts';
import { resourcesInTemplate } from './template.ts';
import { resourcesInTerraform } from './terraform.ts';

/** Every job, trigger and workflow that a file of another kind describes, in the order of the text. */
export function findResources(file: HostFile): readonly Resource[] {
  switch (file.kind) {
    case 'template':
      return resourcesInTemplate(file);
    case 'program':
      return resourcesInProgram(file);
    case 'terraform':
      return resourcesInTerraform(file);
  }
}

/** Whether reading the file could find something: a look for a few words, for the many files that hold nothing. */
export function mayHoldResources(text: string, name: DocumentName): boolean {
  switch (hostKindOf(name)) {
    case 'python':
    case 'javascript':
      return (
        /glue/i.test(text) &&
        /(?:Job|Trigger|Workflow|_job|_trigger|JobCommand|TriggerCommand|job_run|JobRun)\(/.test(text)
      );
    case 'terraform':
      return /aws_glue_(?:job|trigger|workflow)/.test(text);
    case 'template':
      return text.includes('AWS::Glue::') && text.includes('Resources');
    case undefined:
      return false;
  }
}
