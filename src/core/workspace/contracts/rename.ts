import type { FileFacts, Spot } from '../facts/facts.ts';
import { THING_WORDS } from '../rules/misspeltName.ts';
import type { WorkspaceSymbol } from './symbols.ts';

/** The places that a new name goes to, by file; or why it cannot. */
export type RenamePlan =
  | { readonly kind: 'edits'; readonly places: readonly { readonly file: FileFacts; readonly spot: Spot }[] }
  | { readonly kind: 'refused'; readonly why: string };

/** The name to edit where the symbol was asked about; undefined where it cannot be renamed from there. */
export function renameSpot({ here, occurrences }: WorkspaceSymbol): Spot | undefined {
  // What nothing here describes lives in the account alone, where a rename does not reach.
  return occurrences.some(({ isDefinition }) => isDefinition) ? here.spot : undefined;
}

export function planRename(symbol: WorkspaceSymbol, newName: string): RenamePlan {
  const refused = (why: string): RenamePlan => ({ kind: 'refused', why });
  const isArgument = symbol.kind === 'argument';
  const name = isArgument ? newName.replace(/^--/, '') : newName;
  if (isArgument && !/^[A-Za-z_][\w-]*$/.test(name)) {
    return refused('The name of an argument is made of letters, digits, "_" and "-", and begins with a letter.');
  }
  if (!isArgument && !/^[A-Za-z0-9_][\w .-]{0,254}$/.test(name)) {
    return refused('A name has 1 to 255 letters, digits, blanks, ".", "_" or "-".');
  }
  const nameless = symbol.occurrences.find(({ isDefinition, spot }) => isDefinition && spot === undefined);
  if (nameless !== undefined && symbol.kind !== 'argument') {
    return refused(
      nameless.span.end === 0
        ? `This ${THING_WORDS[symbol.kind]} is named after its file ${nameless.file.path}: rename the file.`
        : `${nameless.file.path} gives this ${THING_WORDS[symbol.kind]} no name of its own.`,
    );
  }
  const places = symbol.occurrences.flatMap(({ file, spot }) => (spot === undefined ? [] : [{ file, spot }]));
  const joined = places.find(({ spot }) => !spot.isLiteral);
  if (joined) return refused(`${joined.file.path} puts this name together from pieces.`);
  const taken = places.find(({ file }) => file.script?.options.some((option) => option.name === name));
  if (isArgument && taken) return refused(`${taken.file.path} asks for --${name} already.`);
  return { kind: 'edits', places: places.map(({ file, spot }) => ({ file, spot: { ...spot, text: name } })) };
}
