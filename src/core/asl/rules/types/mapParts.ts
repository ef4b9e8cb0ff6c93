import { keyOf, type Report } from '../../../language/rules/rule.ts';
import type { Node, ObjectNode } from '../../../language/tree.ts';
import { anyOf, describeValue, textField } from '../../describe.ts';
import { isOpaque, type State } from '../../model.ts';
import type { StateRule } from '../rule.ts';
import { reportUnknownFields } from '../fields/unknownField.ts';
import type { ShapeName } from '../../fields/spec.ts';

/** Adds to the rules about values of a Map's parts what concerns the part as a whole. */
export function withPart(rule: StateRule, shapes: readonly ShapeName[], check: PartCheck): StateRule {
  return {
    ...rule,
    among: undefined,
    check: (state, report) => {
      rule.check(state, report);
      for (const { node, shape } of state.visit.objects) {
        if (!shapes.includes(shape)) continue;
        reportUnknownFields(node, shape, state.queryLanguage, report);
        if (node.issues === undefined) check(node, shape, state, report);
      }
    },
  };
}

type PartCheck = (node: ObjectNode, shape: ShapeName, state: State, report: Report) => void;

function s3Resource(node: ObjectNode, actions: readonly string[], report: Report): string | undefined {
  const resource = node.get('Resource');
  if (resource === undefined || isOpaque(resource)) return undefined;
  const pattern = new RegExp(`^arn:[a-z-]+:states:[a-z0-9-]*:\\d*:s3:(${actions.join('|')})$`);
  const action = resource.kind === 'string' ? pattern.exec(resource.value)?.[1] : undefined;
  if (action === undefined) {
    const wanted = anyOf(actions.map((name) => `"arn:aws:states:::s3:${name}"`));
    report({ at: resource, message: `Resource must be ${wanted}, not ${describeValue(resource)}.` });
  }
  return action;
}

/** The S3 location: fields that are missing from an object that is written out. */
function s3Location(node: ObjectNode, required: readonly string[], state: State, report: Report): void {
  const name = state.isJsonata ? 'Arguments' : 'Parameters';
  const location = node.get(name);
  if (location === undefined) {
    if (!node.has(state.isJsonata ? 'Parameters' : 'Arguments')) {
      report({
        at: keyOf(node),
        message: `${name} is missing: ${anyOf(required, 'and')} ${required.length === 1 ? 'says' : 'say'} where the data is.`,
      });
    }
    return;
  }
  if (location.kind !== 'object') return;
  for (const field of required) {
    if (location.has(field) || location.has(`${field}.$`)) continue;
    if (location.properties.some(({ key }) => isOpaque(key))) continue;
    report({ at: keyOf(location), message: `${field} is missing from ${name}.` });
  }
}

export const checkItemReader: PartCheck = (node, shape, state, report) => {
  if (shape === 'readerConfig') {
    checkReaderConfig(node, report);
    return;
  }
  if (!node.has('Resource')) {
    report({
      at: keyOf(node),
      message:
        'An ItemReader needs a Resource: "arn:aws:states:::s3:getObject" or "arn:aws:states:::s3:listObjectsV2".',
    });
    return;
  }
  const action = s3Resource(node, ['getObject', 'listObjectsV2'], report);
  if (action === 'getObject') checkTransformation(node.get('ReaderConfig'), report);
  if (action !== undefined) s3Location(node, action === 'getObject' ? ['Bucket', 'Key'] : ['Bucket'], state, report);
};

/** Only a list of objects can be loaded and flattened. */
function checkTransformation(config: Node | undefined, report: Report): void {
  const transformation = config?.kind === 'object' ? config.get('Transformation') : undefined;
  if (transformation?.kind !== 'string' || transformation.value !== 'LOAD_AND_FLATTEN') return;
  report({
    at: transformation,
    message: 'LOAD_AND_FLATTEN reads the objects of a list: it needs the Resource "arn:aws:states:::s3:listObjectsV2".',
  });
}

function checkReaderConfig(node: ObjectNode, report: Report): void {
  const location = node.get('CSVHeaderLocation');
  const headers = node.get('CSVHeaders');
  const inputType = node.property('InputType');
  const manifest = node.get('ManifestType');
  if (inputType !== undefined && manifest?.kind === 'string' && manifest.value === 'S3_INVENTORY') {
    report({
      at: inputType.key,
      message: 'With ManifestType "S3_INVENTORY" there is no InputType: the inventory tells the format itself.',
    });
  } else if (textField(node, 'InputType') === 'CSV' && location === undefined) {
    report({
      at: inputType?.value ?? node,
      severity: 'warning',
      message: 'InputType "CSV" needs CSVHeaderLocation: "FIRST_ROW", or "GIVEN" with CSVHeaders.',
    });
  }
  if (location?.kind === 'string' && location.value === 'GIVEN' && headers === undefined) {
    report({ at: location, message: 'CSVHeaderLocation "GIVEN" needs CSVHeaders: the names of the columns.' });
  }
  if (headers !== undefined && headers.kind !== 'array' && !isOpaque(headers)) {
    report({ at: headers, message: `CSVHeaders must be an array of strings, not ${describeValue(headers)}.` });
  } else if (headers?.kind === 'array') {
    for (const header of headers.items) {
      if (header.kind === 'string' || isOpaque(header)) continue;
      report({ at: header, message: `A column name must be a string, not ${describeValue(header)}.` });
    }
  }
  const pointer = node.get('ItemsPointer');
  if (pointer?.kind === 'string' && !isOpaque(pointer) && pointer.value !== '' && !pointer.value.startsWith('/')) {
    report({ at: pointer, message: 'ItemsPointer is a JSON Pointer and begins with "/".' });
  }
}

export const checkItemBatcher: PartCheck = (node, _shape, _state, report) => {
  const sizes = ['MaxItemsPerBatch', 'MaxInputBytesPerBatch', 'MaxItemsPerBatchPath', 'MaxInputBytesPerBatchPath'];
  if (sizes.some((name) => node.has(name))) return;
  report({ at: keyOf(node), message: 'An ItemBatcher needs MaxItemsPerBatch or MaxInputBytesPerBatch.' });
};

export const checkResultWriter: PartCheck = (node, shape, state, report) => {
  if (shape === 'writerConfig') {
    if (!node.has('OutputType')) {
      report({ at: keyOf(node), message: 'OutputType is missing from WriterConfig: "JSON" or "JSONL".' });
    }
    return;
  }
  const hasLocation = node.has('Resource') || node.has('Parameters') || node.has('Arguments');
  if (!hasLocation && !node.has('WriterConfig')) {
    report({ at: keyOf(node), message: 'A ResultWriter says nothing without Resource and Bucket, or WriterConfig.' });
    return;
  }
  if (!hasLocation) return;
  if (!node.has('Resource')) {
    report({
      at: keyOf(node),
      message: 'A ResultWriter with a location needs Resource: "arn:aws:states:::s3:putObject".',
    });
    return;
  }
  if (s3Resource(node, ['putObject'], report) !== undefined) s3Location(node, ['Bucket'], state, report);
};
