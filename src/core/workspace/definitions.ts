import { LineCounter, parseDocument } from 'yaml';
import { openDocument, type MachineType } from '../asl/index.ts';
import { findJsonProblem } from '../language/jsonProblem.ts';
import type { FileProblem } from './glueConfigs.ts';
import { machineName, type WorkspacePath } from './workspaceFile.ts';

/** A state machine as a file describes it; `definition` is JSON text. */
export interface DefinitionFile {
  readonly name: string;
  readonly definition: string;
  /** Where the definition says it: "sluice: express" or "sluice: standard" in its Comment. */
  readonly type?: MachineType;
  readonly file: WorkspacePath;
}

/** Reads an Amazon States Language definition, JSON as it is and YAML as JSON. */
export function readDefinition(file: WorkspacePath, text: string): DefinitionFile | FileProblem {
  const name = machineName(file);
  if (/\.ya?ml$/i.test(file)) {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines });
    const [error] = document.errors;
    if (error) {
      const message = error.message.split('\n')[0]?.replace(/ at line \d+.*$/, '') ?? 'not YAML';
      return { file, line: lines.linePos(error.pos[0]).line, message: `Not YAML: ${message}.` };
    }
    return definitionFile(name, JSON.stringify(document.toJS(), undefined, 2), file);
  }
  const problem = findJsonProblem(text);
  return problem
    ? { file, line: problem.line, message: `Not JSON: ${problem.message}.` }
    : definitionFile(name, text, file);
}

function definitionFile(name: string, definition: string, file: WorkspacePath): DefinitionFile {
  const type = openDocument(definition).machine?.type;
  return { name, definition, file, ...(type && { type }) };
}
