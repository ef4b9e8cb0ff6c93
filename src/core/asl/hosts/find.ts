import type { HostFile } from '../../language/hosts/host.ts';
import type { DocumentName } from '../../language/edit.ts';
import { hostKindOf } from '../../language/hosts/hostKind.ts';
import type { FoundDefinition } from './found.ts';
import { definitionsInProgram } from './inProgram.ts';
import { definitionsInTemplate } from './inTemplate.ts';
import { definitionsInTerraform } from './inTerraform.ts';

/** Every definition that a file of another kind holds or refers to, in the order of the text. */
export function findDefinitions(file: HostFile): FoundDefinition[] {
  switch (file.kind) {
    case 'template':
      return definitionsInTemplate(file);
    case 'program':
      return definitionsInProgram(file);
    case 'terraform':
      return definitionsInTerraform(file);
  }
}

/** Whether reading the file could find a definition: a look for a few words, for the many files that hold none. */
export function mayHoldDefinitions(text: string, name: DocumentName): boolean {
  switch (hostKindOf(name)) {
    case 'python':
    case 'javascript':
      return text.includes('StartAt') && text.includes('States');
    case 'terraform':
      return text.includes('aws_sfn_state_machine') || (text.includes('StartAt') && text.includes('States'));
    case 'template':
      return text.includes('AWS::StepFunctions::StateMachine') || text.includes('AWS::Serverless::StateMachine');
    case undefined:
      return false;
  }
}
