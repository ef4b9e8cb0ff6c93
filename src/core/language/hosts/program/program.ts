import { parser as javascript } from '@lezer/javascript';
import { parser as python } from '@lezer/python';
import type { Parser } from '@lezer/common';
import type { DocumentName } from '../../edit.ts';
import type { ProgramFile } from '../host.ts';
import { hostKindOf } from '../hostKind.ts';
import { JAVASCRIPT } from './javascript.ts';
import { PYTHON } from './python.ts';
import { ProgramReader } from './reader.ts';

const typescript = javascript.configure({ dialect: 'ts' });
const jsx = javascript.configure({ dialect: 'jsx' });
const tsx = javascript.configure({ dialect: 'ts jsx' });

/** Reads a program as far as it goes; half-typed text costs only the part that it is in. Never throws. */
export function readProgram(text: string, name: DocumentName): ProgramFile {
  const isPython = hostKindOf(name) === 'python';
  const language = isPython ? 'python' : 'javascript';
  const reader = new ProgramReader(text, isPython ? PYTHON : JAVASCRIPT);
  try {
    reader.read(parserFor(isPython, name).parse(text.slice(0, readableLength(text))).topNode);
  } catch (error) {
    // Thousands of nested brackets end the stack of the readers; what was found so far stays.
    if (!(error instanceof RangeError)) throw error;
  }
  return { kind: 'program', language, text, objects: reader.objects, texts: reader.texts, calls: reader.calls };
}

/** Open brackets at one place: no program has as many, and the grammars take seconds for more. */
const MAX_OPEN_BRACKETS = 200;

/** Where brackets are nested too deeply to go on. */
function readableLength(text: string): number {
  let open = 0;
  for (const { 0: found, index } of text.matchAll(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[([{]|[)\]}]/g)) {
    if ('([{'.includes(found)) open++;
    else if (')]}'.includes(found)) open = Math.max(0, open - 1);
    if (open > MAX_OPEN_BRACKETS) return index;
  }
  return text.length;
}

function parserFor(isPython: boolean, { fileName = '', languageId = '' }: DocumentName): Parser {
  if (isPython) return python;
  if (languageId === 'typescriptreact' || /\.tsx$/i.test(fileName)) return tsx;
  if (languageId === 'typescript' || /\.[cm]?ts$/i.test(fileName)) return typescript;
  return jsx;
}
