import type { DocumentName } from '../../language/edit.ts';
import type { HostFile } from '../../language/hosts/host.ts';
import { hostKindOf } from '../../language/hosts/hostKind.ts';
import type { Resource } from '../model.ts';
import { resourcesInProgram } from './program.ts';
import { resourcesInTemplate } from './template.ts';
import { resourcesInTerraform } from './terraform.ts';

/** Everything of Glue that a file of another kind describes, in the order of the text. */
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
        /(?:Job|Trigger|Workflow|Crawler|Connection|SecurityConfiguration|_job|_trigger|_workflow|_crawler|_connection|_security_configuration|(?:Job|Trigger|Crawler|Connection|SecurityConfiguration)Command|job_run|JobRun)\(/.test(
          text,
        )
      );
    case 'terraform':
      return /aws_glue_(?:job|trigger|workflow|crawler|connection|security_configuration)/.test(text);
    case 'template':
      return text.includes('AWS::Glue::') && text.includes('Resources');
    case undefined:
      return false;
  }
}
