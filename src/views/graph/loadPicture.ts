import { graphOf } from '../../core/asl/graph.ts';
import type { DocumentName } from '../../core/language/edit.ts';
import type { State } from '../../core/asl/model.ts';
import { glueGraphs, type GlueSource } from '../../core/glue/index.ts';
import { syntaxIssues } from '../../core/language/treeQueries.ts';
import { drawnDefinitions } from './drawnDefinitions.ts';
import type { GraphScope } from './protocol.ts';

/** What a text draws as. */
export interface Picture {
  readonly graph: GraphScope;
  /** Whether the text has a syntax error, so that parts may be missing. */
  readonly isBroken: boolean;
  /** Other documents that parts of the picture stand in. */
  readonly others: ReadonlySet<string>;
  /** Id of the innermost state around an offset. */
  stateAt(offset: number): string | undefined;
}

export interface PictureSource extends DocumentName {
  readonly text: string;
  readonly uri: string;
  /** Files that may describe parts of a Glue workflow of this one. */
  readonly siblings: () => Promise<readonly GlueSource[]>;
}

const nothing: GraphScope = { title: '', startAt: undefined, states: [], edges: [] };
const none: ReadonlySet<string> = new Set();

/**
 * The picture of one of the text's definitions, or past those of one of its Glue workflows. A text that is neither has a
 * graph without states.
 */
export async function loadPicture({ siblings, ...source }: PictureSource, index = 0): Promise<Picture> {
  const definitions = drawnDefinitions(source);
  const { machine, tree } = definitions[index] ?? {};
  if (!machine || !tree) return gluePicture(source, await siblings(), index - definitions.length);
  const hasIssues = syntaxIssues(tree).length > 0;
  const isAround = ({ key, node }: State, offset: number): boolean => key.start <= offset && offset <= node.end;
  return {
    graph: graphOf(machine),
    isBroken: hasIssues,
    others: none,
    stateAt: (offset) => machine.states.findLast((state) => isAround(state, offset))?.name,
  };
}

function gluePicture(source: GlueSource, siblings: readonly GlueSource[], index: number): Picture {
  const graph = glueGraphs([source, ...siblings])[Math.max(0, index)];
  if (!graph) return { graph: nothing, isBroken: true, others: none, stateAt: () => undefined };
  const own = graph.states.filter(({ uri }) => uri === source.uri);
  return {
    graph,
    isBroken: false,
    others: new Set(graph.states.map(({ uri }) => uri).filter((uri) => uri !== source.uri)),
    stateAt: (offset) => own.findLast(({ start, end }) => start <= offset && offset <= end)?.id,
  };
}
