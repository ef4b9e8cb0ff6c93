import type { ProgramFile } from '../../language/hosts/host.ts';
import { hasPlaceholder } from '../../language/placeholders.ts';
import type { Node } from '../../language/tree.ts';
import type { GivenArguments, ImportedCall, PassedValue, Span } from './facts.ts';
import { constantReference } from './pythonConstants.ts';
import { importedName, importsIn, type PythonReading } from './pythonImports.ts';
import { importedMethod, instancesIn } from './pythonInstances.ts';
import { spanOf, spotIn } from './spot.ts';

/** A file calls few helpers; one with thousands of such calls is generated. */
const MAX_CALLS = 500;

/** Words in the names of functions and modules that start something. */
const STARTS = /start|run|trigger|launch|submit|invoke|kick|exec|job|crawl|flow|machine|pipeline|glue|step|sfn|etl/i;

/** Modules that no workspace has for itself. */
const OTHERS =
  /^(?:aws_cdk|constructs|pulumi\w*|boto3|botocore|awsglue|awswrangler|pyspark|airflow|pandas|numpy|pytest|unittest|moto|typing|collections|os|sys|re|json|io|time|datetime|pathlib|logging|subprocess|asyncio|concurrent|threading|functools|itertools|contextlib|dataclasses|argparse|click|requests|yaml)(?:\.|$)/;

/** Whether a Python file may call functions of other modules that start something. */
export function mayCallHelpers(reading: PythonReading): boolean {
  if (!reading.path.endsWith('.py')) return false;
  const names = new Map<string, string>();
  for (const { as, module, name = '' } of importsIn(reading))
    if (!OTHERS.test(module)) names.set(as, `${module}#${name}`);
  if (names.size === 0) return false;
  const objects = instancesIn(reading);
  for (const [, callee = ''] of reading.text.matchAll(/(?<![\w.])([A-Za-z_][\w.]*)\(/g)) {
    const owner = callee.slice(0, callee.lastIndexOf('.'));
    const from = names.get(callee) ?? names.get(owner) ?? objects.get(owner);
    if (from !== undefined && (STARTS.test(callee) || STARTS.test(from))) return true;
  }
  return false;
}

/** Calls of functions that a file imports, with what they give. */
export function importedCalls(
  file: ProgramFile,
  reading: PythonReading,
  givenIn: (node: Node, text: string, where: { readonly anchor: Span; readonly isOpen: boolean }) => GivenArguments,
): readonly ImportedCall[] {
  const found: ImportedCall[] = [];
  const passed = (node: Node): PassedValue => {
    const isText = node.kind === 'string' && !hasPlaceholder(node.value);
    return {
      span: spanOf(node),
      spot: isText ? spotIn(node, reading.text) : undefined,
      constant: node.kind === 'unknown' ? constantReference(node, reading) : undefined,
      list: givenIn(node, reading.text, { anchor: node, isOpen: false }),
    };
  };
  for (const { callee, node, positional, keywords } of file.calls) {
    if (found.length >= MAX_CALLS) break;
    const imported = importedName(callee, reading) ?? importedMethod(callee, node.start, reading);
    if (imported === undefined || !STARTS.test(imported) || OTHERS.test(imported.replace('#', '.'))) continue;
    found.push({
      imported,
      positional: positional.map(passed),
      keywords: new Map(keywords.properties.map(({ key, value }) => [key.value, passed(value)])),
      isOpen: keywords.issues?.unclosed === true,
    });
  }
  return found;
}
