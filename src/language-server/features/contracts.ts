import {
  LSPErrorCodes,
  ResponseError,
  type DocumentLink,
  type Location,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { planRename, renameSpot } from '../../core/workspace/contracts/rename.ts';
import type { Span, ThingKind } from '../../core/workspace/facts/facts.ts';
import { scriptAt, symbolAt, type Occurrence, type WorkspaceSymbol } from '../../core/workspace/contracts/symbols.ts';
import type { Placed } from '../workspaceContracts.ts';

/** A place in a document as a part of its workspace. */
export interface PlacedAt extends Placed {
  readonly offset: number;
}

/** From an argument to where the script asks for it, from a name to what is called so, from a location to the script. */
export function contractDefinition(at: PlacedAt): Location[] | undefined {
  const found = symbolOf(at);
  if (found !== undefined) {
    const { occurrences, here } = found;
    const definitions = occurrences.filter(({ isDefinition }) => isDefinition);
    // From the definition itself the way leads to who gives or starts it.
    const wanted = definitions.includes(here) ? occurrences.filter((one) => one !== here) : definitions;
    return wanted.map((occurrence) => locationOf(occurrence, at));
  }
  const { contracts, file, offset, uriOf } = at;
  const script = file && scriptAt(contracts.links, file, offset);
  const start = { line: 0, character: 0 };
  return script === undefined ? undefined : [{ uri: uriOf(script), range: { start, end: start } }];
}

const THING_NAMES: Readonly<Record<ThingKind, string>> = {
  job: 'the job',
  crawler: 'the crawler',
  workflow: 'the workflow',
  trigger: 'the trigger',
  stateMachine: 'the state machine',
  function: 'the function',
};

/** From the location of a job's script to the script, and from a name to the other file that describes what is called so. */
export function contractLinks({ contracts: { links }, file, uriOf }: Placed): DocumentLink[] {
  if (file === undefined) return [];
  const link = ({ start, end }: Span, target: string, tooltip: string): DocumentLink => ({
    range: file.lines.rangeOf(start, end),
    target,
    tooltip,
  });
  const scripts = file.jobs.flatMap((job) => {
    const path = links.scriptPathOf(job);
    return job.script && path !== undefined ? [link(job.script.span, uriOf(path), 'Open the script')] : [];
  });
  const things = links.mentionsIn(file).flatMap((mention) => {
    const [found, ...others] = links.definitionsOf(mention);
    if (found === undefined || others.length > 0 || found.file === file) return [];
    const { line, character } = found.file.lines.positionAt((found.it.spot ?? found.it.anchor).start);
    const target = `${uriOf(found.file.path)}#${line + 1},${character + 1}`;
    return [link(mention.spot ?? mention.span, target, `Open ${THING_NAMES[mention.kind]}`)];
  });
  return [...scripts, ...things];
}

export function contractReferences(at: PlacedAt): Location[] | undefined {
  return symbolOf(at)?.occurrences.map((occurrence) => locationOf(occurrence, at));
}

export function contractRenameRange(at: PlacedAt): Range | undefined {
  const found = symbolOf(at);
  const spot = found && renameSpot(found);
  return spot && at.file?.lines.rangeOf(spot.start, spot.end);
}

export function contractRename(at: PlacedAt, newName: string): WorkspaceEdit | undefined {
  const found = symbolOf(at);
  if (found === undefined || renameSpot(found) === undefined) return undefined;
  const plan = planRename(found, newName);
  if (plan.kind === 'refused') throw new ResponseError<undefined>(LSPErrorCodes.RequestFailed, plan.why);
  const changes: Record<string, TextEdit[]> = {};
  for (const { file, spot } of plan.places) {
    const edits = (changes[at.uriOf(file.path)] ??= []);
    edits.push({ range: file.lines.rangeOf(spot.start, spot.end), newText: spot.text });
  }
  return { changes };
}

function symbolOf({ contracts, file, offset }: PlacedAt): WorkspaceSymbol | undefined {
  return file && symbolAt(contracts.links, file, offset);
}

function locationOf({ file, span, spot }: Occurrence, { uriOf }: PlacedAt): Location {
  const { start, end } = spot ?? span;
  return { uri: uriOf(file.path), range: file.lines.rangeOf(start, end) };
}
