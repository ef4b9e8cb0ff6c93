import * as vscode from 'vscode';
import { basename } from 'node:path/posix';
import { runKeyText } from '../../../core/runs/model.ts';
import type { RunSnapshot } from '../../../core/runs/snapshot.ts';
import type { RunStore } from '../../../core/runs/store.ts';
import { fileKind, machineName } from '../../../core/workspace/workspaceFile.ts';
import { trustedMarkdown, type LineNote } from './decorations.ts';
import type { LoadedFacts } from './loadedFacts.ts';
import { hoverCommands, presentStepHover } from './presentHover.ts';
import { hasSameStates, linkedRun, type OpenDefinition } from './presentLinkedRun.ts';
import type { StatePlace } from './presentPlaces.ts';
import { annotateStates, fitLine } from './presentState.ts';

interface Parsed {
  readonly version: number;
  readonly places: readonly StatePlace[];
}

/** By name. */
export type DeployedStates = ReadonlyMap<string, StatePlace>;

/** What open definitions show of the runs of their machines. */
export class DefinitionResults {
  readonly #parsed = new WeakMap<vscode.TextDocument, Parsed>();
  readonly #locate = async () => (await import('./presentPlaces.ts')).locateStates;

  constructor(
    private readonly store: RunStore,
    /** States of the definitions that executions ran, by run. Without them only the comparison is missing. */
    private readonly deployed: LoadedFacts<DeployedStates>,
    /** There is more to draw. */
    private readonly onReady: () => void,
  ) {}

  isDefinition(document: vscode.TextDocument): boolean {
    return (
      fileKind(document.uri.path) === 'definition' ||
      document.languageId === 'asl' ||
      document.languageId === 'asl-yaml'
    );
  }

  /** The run that a definition shows now. */
  runOf(document: vscode.TextDocument, nowMs: number): RunSnapshot | undefined {
    const open = vscode.workspace.textDocuments.filter((each) => this.isDefinition(each)).map(toDefinition);
    return linkedRun(toDefinition(document), open, this.store.list(), nowMs);
  }

  /** Notes by state name; none until the definition has been read. */
  notes(document: vscode.TextDocument, run: RunSnapshot, nowMs: number): readonly (LineNote & { stateName: string })[] {
    const places = this.#placesOf(document);
    if (!places) return [];
    const deployed = this.#deployedOf(run);
    const isByName = run.originUri === undefined;
    if (isByName && !deployed) return [];
    if (
      isByName &&
      deployed &&
      !hasSameStates(
        places.map(({ name }) => name),
        deployed.keys(),
      )
    )
      return [];
    return annotateStates(places, run, { nowMs, ...(deployed && { deployed }) }).map((annotation) => ({
      stateName: annotation.stateName,
      line: annotation.line,
      tone: annotation.tone,
      text: fitLine(annotation.text, document.lineAt(Math.min(annotation.line, document.lineCount - 1)).text.length),
      hover: trustedMarkdown(presentStepHover(annotation, run, nowMs), hoverCommands),
    }));
  }

  #placesOf(document: vscode.TextDocument): readonly StatePlace[] | undefined {
    const parsed = this.#parsed.get(document);
    if (parsed?.version === document.version) return parsed.places;
    const { version } = document;
    void this.#locate().then((locate) => {
      if (document.isClosed || document.version !== version) return;
      this.#parsed.set(document, { version, places: locate(document.getText(), document.uri.path) });
      this.onReady();
    });
    // Lines move little between two versions; the old places serve until the new ones are there.
    return parsed?.places;
  }

  #deployedOf(run: RunSnapshot): DeployedStates | undefined {
    return this.deployed.get(runKeyText(run.key), async () => {
      const [definition, locate] = [await this.store.definitionOf(run.key), await this.#locate()];
      if (definition === undefined) return undefined;
      return new Map(locate(definition, 'deployed.asl.json').map((place) => [place.name, place]));
    });
  }
}

function toDefinition({ uri }: vscode.TextDocument): OpenDefinition {
  return { uri: uri.toString(), machineName: machineName(basename(uri.path)) };
}
