import { Inexact } from './inexact.ts';
import { toExpression, toField, type JsonataValue } from './jsonataValue.ts';
import { literal, translatePath } from './pathToJsonata.ts';
import { isPlainObject, type Plain } from './plainValue.ts';
import { translateTemplate } from './toJsonata.ts';

type Fields = Readonly<Record<string, Plain>>;

/** An ItemReader or ResultWriter: its Parameters become Arguments. Throws `Inexact`. */
export function translateStore(store: Plain, data: JsonataValue): Plain {
  if (!isPlainObject(store) || store['Arguments'] !== undefined) throw new Inexact('It is not complete.');
  return Object.fromEntries(
    Object.entries(store).map(([name, value]) => {
      if (name === 'Parameters') return ['Arguments', toField(translateTemplate(value, data))];
      return [name, name === 'ReaderConfig' ? withNumbers(value, ['MaxItems'], data) : literal(value)];
    }),
  );
}

/** An ItemBatcher: its paths become expressions, its BatchInput is no longer a payload template. Throws `Inexact`. */
export function translateBatcher(batcher: Plain, data: JsonataValue): Plain {
  const sizes = withNumbers(batcher, ['MaxItemsPerBatch', 'MaxInputBytesPerBatch'], data);
  const input = sizes['BatchInput'];
  return input === undefined ? sizes : { ...sizes, BatchInput: toField(translateTemplate(input, data)) };
}

/** The object with `NamePath` as an expression in `Name`. A JSONPath may lead to a text of digits. */
function withNumbers(json: Plain, names: readonly string[], data: JsonataValue): Fields {
  if (!isPlainObject(json)) throw new Inexact('It is not complete.');
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => {
      const number = names.find((one) => name === `${one}Path`);
      if (number === undefined) return [name, name === 'BatchInput' ? value : literal(value)];
      if (typeof value !== 'string') throw new Inexact('A path is no text.');
      return [number, `{% $number(${toExpression(translatePath(value, data))}) %}`];
    }),
  );
}
