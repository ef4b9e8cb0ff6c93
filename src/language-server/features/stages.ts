import { MarkupKind, NotificationType0, type Hover, type InlayHint } from 'vscode-languageserver';
import type { LineIndex, Position, Range } from '../../core/language/lineIndex.ts';
import { placeholdersIn, placeholderValue } from '../../core/language/stages.ts';
import { activeStage, stageNames, type ActiveStage, type StageSource } from '../../core/workspace/stages.ts';

/** The user chose another stage. */
export const stageChanged = new NotificationType0('sluice/stageChanged');

/** A text with the stages of its workspace. */
export interface StagedText {
  readonly text: string;
  readonly lines: LineIndex;
  readonly sources: readonly StageSource[];
  readonly stage: ActiveStage | undefined;
}

/** What the placeholder under the cursor stands for, in the stage that counts and in all others. */
export function stageHover({ text, lines, sources, stage }: StagedText, position: Position): Hover | undefined {
  const offset = lines.offsetAt(position);
  const [from, to] = [lines.offsetAt({ line: position.line, character: 0 }), endOfLine(text, offset)];
  for (const { name, start, end } of placeholdersIn(text.slice(from, to))) {
    if (offset < from + start || offset > from + end) continue;
    const rows = stageNames(sources).flatMap((chosen) => {
      const value = placeholderValue(name, activeStage(sources, { chosen })?.values ?? {});
      return value === undefined ? [] : [`- ${chosen === stage?.name ? `**${chosen}**` : chosen}: \`${value}\``];
    });
    if (rows.length === 0) return undefined;
    const head =
      stage === undefined ? 'No stage is chosen (**Sluice: Choose Stage…**).' : `In stage **${stage.name}**.`;
    const value = `\`${name}\` by stage\n\n${rows.join('\n')}\n\n${head}`;
    return { contents: { kind: MarkupKind.Markdown, value }, range: lines.rangeOf(from + start, from + end) };
  }
  return undefined;
}

/** The values of the stage that counts, behind the placeholders of a part of the text. */
export function stageHints({ text, lines, stage }: StagedText, { start, end }: Range): InlayHint[] {
  if (stage === undefined) return [];
  const [from, to] = [lines.offsetAt(start), lines.offsetAt(end)];
  return [...placeholdersIn(text.slice(from, to))].flatMap((placeholder) => {
    const value = placeholderValue(placeholder.name, stage.values);
    if (value === undefined) return [];
    const label = value.length > 40 ? `${value.slice(0, 39)}…` : value;
    const position = lines.positionAt(from + placeholder.end);
    return [
      {
        position,
        label: `= ${label}`,
        tooltip: `${placeholder.name} in stage ${stage.name}: ${value}`,
        paddingLeft: true,
      },
    ];
  });
}

/** The hints of a document with those of its stage; what the template itself says of a placeholder goes before that. */
export function withStageHints(own: readonly InlayHint[], staged: StagedText, range: Range): InlayHint[] {
  const isTaken = ({ position: { line, character } }: InlayHint): boolean =>
    own.some(({ position }) => position.line === line && position.character === character);
  return [...own, ...stageHints(staged, range).filter((hint) => !isTaken(hint))];
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}
