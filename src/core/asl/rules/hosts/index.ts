import type { HostRule } from '../rule.ts';
import { expressDefinitionFile, missingDefinitionFile } from './definitionFile.ts';
import { unknownResource } from './references.ts';
import { substitutionValue, undefinedSubstitution, unusedSubstitution } from './substitutions.ts';

/** Rules about templates, programs and Terraform files around definitions. */
export const HOST_RULES: readonly HostRule[] = [
  undefinedSubstitution,
  unusedSubstitution,
  substitutionValue,
  unknownResource,
  missingDefinitionFile,
  expressDefinitionFile,
];
