/**
 * The line that a bootstrap writes when the handler's module is loaded: from then on its time counts. It begins with a
 * character that no script writes by accident.
 */
export const startedMark = '\u0001sluice-handler-started';

/** Exit code of a bootstrap whose handler threw; the result file has the error. */
export const handlerFailed = 90;

/**
 * argv: folder of the code, module path, function, event file, result file, context as JSON. Calls the handler as Lambda's
 * own runtime does and writes its result, or its error, as JSON.
 */
export const pythonBootstrap = `import importlib, json, os, sys, time, traceback

folder, module, name, event_path, result_path, about = sys.argv[1:7]
about = json.loads(about)
sys.path.insert(0, folder)
sys.argv = [module]


class Context:
    def __init__(self):
        self.function_name = about["functionName"]
        self.function_version = "$LATEST"
        self.invoked_function_arn = about["functionArn"]
        self.memory_limit_in_mb = str(about["memoryMb"])
        self.aws_request_id = about["requestId"]
        self.log_group_name = about["logGroup"]
        self.log_stream_name = about["logStream"]
        self.identity = None
        self.client_context = None
        self._deadline = time.time() + about["timeoutSeconds"]

    def get_remaining_time_in_millis(self):
        return max(0, int((self._deadline - time.time()) * 1000))


def write(value):
    with open(result_path, "w", encoding="utf-8") as file:
        file.write(value)


def fail(error):
    frames = traceback.format_exception(type(error), error, error.__traceback__)
    sys.stderr.write("[ERROR] " + "".join(frames))
    stack = traceback.format_tb(error.__traceback__)[1:]
    write(json.dumps({
        "errorMessage": str(error),
        "errorType": type(error).__name__,
        "requestId": about["requestId"],
        "stackTrace": stack,
    }))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(${handlerFailed})


try:
    handler = getattr(importlib.import_module(module), name)
    with open(event_path, encoding="utf-8") as file:
        event = json.load(file)
    print("${startedMark}", flush=True)
    write(json.dumps(handler(event, Context())))
except BaseException as error:
    fail(error)
`;

/** As \`pythonBootstrap\`, for handlers of Node: CommonJS and ES modules, async functions and callbacks. */
export const nodeBootstrap = `'use strict';
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const [folder, modulePath, name, eventPath, resultPath, aboutText] = process.argv.slice(2);
const about = JSON.parse(aboutText);

function fail(error) {
  const known = error instanceof Error ? error : new Error(String(error));
  process.stderr.write((known.stack || known.message) + '\\n');
  const trace = (known.stack || '').split('\\n');
  writeFileSync(resultPath, JSON.stringify({ errorType: known.name, errorMessage: known.message, trace }));
  process.stderr.write('', () => process.exit(${handlerFailed}));
}

function succeed(value) {
  writeFileSync(resultPath, value === undefined ? 'null' : JSON.stringify(value) ?? 'null');
  process.stdout.write('', () => process.exit(0));
}

function load() {
  const path = join(folder, modulePath);
  const found = [path, path + '.js', path + '.cjs', path + '.mjs', path + '.ts'].find((each) => existsSync(each) && /\\.[cm]?[jt]s$/.test(each));
  if (!found) throw new Error("Cannot find module '" + modulePath + "' in " + folder);
  return found;
}

(async () => {
  const path = load();
  const loaded = await import(pathToFileURL(path).href);
  const handler = loaded[name] ?? loaded.default?.[name];
  if (typeof handler !== 'function') throw new Error(modulePath + '.' + name + ' is undefined or not exported');
  const event = JSON.parse(readFileSync(eventPath, 'utf8'));
  process.stdout.write('${startedMark}\\n');
  const deadline = Date.now() + about.timeoutSeconds * 1000;
  const context = {
    functionName: about.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: about.functionArn,
    memoryLimitInMB: String(about.memoryMb),
    awsRequestId: about.requestId,
    logGroupName: about.logGroup,
    logStreamName: about.logStream,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
  const called = await new Promise((resolve, reject) => {
    const callback = (error, value) => (error ? reject(error) : resolve(value));
    const returned = handler(event, context, callback);
    if (handler.length < 3 || (returned && typeof returned.then === 'function')) Promise.resolve(returned).then(resolve, reject);
  });
  succeed(called);
})().catch(fail);
`;
