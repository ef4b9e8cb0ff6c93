import { definitionsIn } from '../../core/asl/index.ts';
import { graphOf, type GraphScope } from '../../core/asl/graph.ts';
import type { DocumentName } from '../../core/language/edit.ts';
import type { State } from '../../core/asl/model.ts';
import { syntaxIssues } from '../../core/language/tree.ts';

/** What a text draws as. */
export interface Picture {
  readonly graph: GraphScope;
  /** Whether the text has a syntax error, so that parts may be missing. */
  readonly isBroken: boolean;
  /** Id of the innermost state around an offset. */
  stateAt(offset: number): string | undefined;
}

const nothing: GraphScope = { title: '', startAt: undefined, states: [], edges: [] };

/** The picture of one of the text's definitions. Never throws: a text that is no definition has a graph without states. */
export function loadPicture(text: string, name: DocumentName, index = 0): Picture {
  const { machine, tree } = definitionsIn(text, name)[index] ?? {};
  if (!machine || !tree) return { graph: nothing, isBroken: true, stateAt: () => undefined };
  const hasIssues = syntaxIssues(tree).length > 0;
  const isAround = ({ key, node }: State, offset: number): boolean => key.start <= offset && offset <= node.end;
  return {
    graph: graphOf(machine),
    isBroken: hasIssues,
    stateAt: (offset) => machine.states.findLast((state) => isAround(state, offset))?.name,
  };
}
