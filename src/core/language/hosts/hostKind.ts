import type { DocumentName } from '../edit.ts';

/** What the name of a document says of its kind; `template` for any JSON or YAML. The file name counts first. */
export function hostKindOf({
  fileName = '',
  languageId = '',
}: DocumentName): 'python' | 'javascript' | 'terraform' | 'template' | undefined {
  if (/\.asl(?:\.json|\.ya?ml)?$/i.test(fileName) || /^asl(?:-yaml)?$/.test(languageId)) return undefined;
  if (languageId === 'python' || /\.pyi?$/i.test(fileName)) return 'python';
  if (/^(?:java|type)script(?:react)?$/.test(languageId) || /\.[cm]?[jt]sx?$/i.test(fileName)) return 'javascript';
  if (/^(?:terraform|hcl|opentofu)$/.test(languageId) || /\.(?:tf|tofu|hcl)$/i.test(fileName)) return 'terraform';
  if (/^(?:jsonc?|yaml|cloudformation|template)$/.test(languageId)) return 'template';
  return /\.(?:json|ya?ml|template)$/i.test(fileName) ? 'template' : undefined;
}
