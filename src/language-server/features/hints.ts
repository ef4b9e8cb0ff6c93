import type { DocumentLink, InlayHint } from 'vscode-languageserver';
import { errorHints, placeholderHints } from '../../core/asl/hints.ts';
import type { AslDefinition, HostedDocument } from '../../core/asl/index.ts';
import type { Range } from '../../core/language/lineIndex.ts';
import { resolveUri } from '../referencedFiles.ts';

/** Words behind states and placeholders, in a part of the text. */
export function inlayHints(definitions: readonly AslDefinition[], { start, end }: Range): InlayHint[] {
  return definitions.flatMap((definition) => {
    const { lines, machine } = definition;
    const [from, to] = [lines.offsetAt(start), lines.offsetAt(end)];
    return [...(machine ? errorHints(machine) : []), ...placeholderHints(definition)]
      .filter(({ at }) => from <= at && at <= to)
      .map(({ at, label, tooltip }) => ({ position: lines.positionAt(at), label, tooltip, paddingLeft: true }));
  });
}

/** From the path of a definition, in a template or Terraform file, to the file. */
export function definitionLinks({ fileReferences, lines }: HostedDocument, uri: string): DocumentLink[] {
  return fileReferences.flatMap(({ path, start, end }) => {
    const target = resolveUri(path, uri);
    return target === undefined ? [] : [{ range: lines.rangeOf(start, end), target, tooltip: 'Open the definition' }];
  });
}
