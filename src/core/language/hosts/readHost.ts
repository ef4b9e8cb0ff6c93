import { formatOf, type DocumentName } from '../edit.ts';
import type { HostFile } from './host.ts';
import { hostKindOf } from './hostKind.ts';
import { readProgram } from './program/program.ts';
import { readTemplate } from './template.ts';
import { readTerraform } from './terraform/terraform.ts';

/** Longer programs and Terraform files are not read: nobody wrote them, and their readers take a multiple of the text's room. */
const MAX_LENGTH = 4 * 1024 * 1024;

/**
 * Reads a file of a kind that its name or language tells; undefined where it is none of them, or too long. Never throws.
 */
export function readHost(text: string, name: DocumentName): HostFile | undefined {
  const kind = hostKindOf(name);
  if (text.length > MAX_LENGTH && kind !== 'template') return undefined;
  switch (kind) {
    case 'python':
    case 'javascript':
      return readProgram(text, name);
    case 'terraform':
      return readTerraform(text);
    case 'template':
      return mayBeTemplate(text) ? readTemplate(text, formatOf(text, name)) : undefined;
    case undefined:
      return undefined;
  }
}

/** Most JSON and YAML is no template: two words tell, without a parse. */
function mayBeTemplate(text: string): boolean {
  return text.includes('Resources') && text.includes('AWS::');
}
