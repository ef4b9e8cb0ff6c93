/** Parts of definitions, so that a test shows only what it is about. */
type Fields = Readonly<Record<string, unknown>>;

export const LAMBDA = 'arn:aws:states:::lambda:invoke';

export const pass = (more: Fields = {}): Fields => ({ Type: 'Pass', End: true, ...more });
export const goOn = (next: string, more: Fields = {}): Fields => ({ Type: 'Pass', Next: next, ...more });
export const task = (more: Fields = {}): Fields => ({
  Type: 'Task',
  Resource: LAMBDA,
  Parameters: { FunctionName: 'f' },
  End: true,
  ...more,
});
export const jsonataTask = (more: Fields = {}): Fields => ({
  Type: 'Task',
  Resource: LAMBDA,
  Arguments: { FunctionName: 'f' },
  End: true,
  ...more,
});

/** A machine that begins with the first of its states. */
export const machine = (states: Fields, more: Fields = {}): Fields => ({
  StartAt: Object.keys(states)[0],
  States: states,
  ...more,
});
export const jsonata = (states: Fields): Fields => machine(states, { QueryLanguage: 'JSONata' });

export const choice = (rule: unknown, more: Fields = {}): Fields =>
  machine({ A: { Type: 'Choice', Choices: [rule], Default: 'B', ...more }, B: { Type: 'Succeed' } });
export const jsonataChoice = (rule: unknown): Fields =>
  jsonata({ A: { Type: 'Choice', Choices: [rule], Default: 'B' }, B: { Type: 'Succeed' } });

const items = machine({ Item: pass() });
export const map = (more: Fields = {}): Fields => ({ Type: 'Map', ItemProcessor: items, End: true, ...more });
export const distributed = (more: Fields = {}, executionType = 'STANDARD'): Fields =>
  map({
    ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: executionType }, ...items },
    ...more,
  });
export const reader = (config: Fields, more: Fields = {}): Fields => ({
  ItemReader: {
    Resource: 'arn:aws:states:::s3:getObject',
    Parameters: { Bucket: 'b', Key: 'k' },
    ReaderConfig: config,
    ...more,
  },
});
