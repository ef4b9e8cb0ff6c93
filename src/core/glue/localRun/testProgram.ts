/** How a test run is started, after the program itself. */
export type TestMode = 'run' | 'debug' | 'coverage';

/** Port in the container on which debugpy waits for the tests' debugger. */
export const testDebugPort = 5_679;

/** Before and after each event, on stdout among what pytest writes there. */
export const eventMark = '\u001e';

/**
 * A Python program that runs pytest and tells, beside pytest's own output, what becomes of each test: `TestEvent` as JSON
 * between two marks. Its arguments are a `TestMode` and those of pytest. It ends, with all that it started, when its stdin
 * does: on cancel, and when the editor is gone.
 */
export const testProgram = String.raw`
import json, os, pprint, signal, sys, threading, time

mode, args = sys.argv[1], sys.argv[2:]
try:
    os.setsid()
except OSError:
    pass
control = os.dup(0)
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)

def until_the_editor_is_gone():
    while os.read(control, 4096):
        pass
    os.killpg(os.getpgrp(), signal.SIGINT)
    time.sleep(5)
    os.killpg(os.getpgrp(), signal.SIGKILL)

threading.Thread(target=until_the_editor_is_gone, daemon=True).start()

# pytest puts files in the place of stdout and stderr while a test runs.
out = os.fdopen(os.dup(1), "w", encoding="utf-8")

def tell(kind, **event):
    sys.stdout.flush()
    out.write("\x1e" + json.dumps({"kind": kind, **event}) + "\x1e")
    out.flush()

def cut(text, limit=20000):
    text = str(text)
    return text if len(text) <= limit else text[:limit] + " …"

try:
    import pytest
except ImportError:
    tell("unusable", text="pytest is not in this image.")
    sys.exit(4)

def path_of(item):
    return str(getattr(item, "path", None) or item.fspath)

def names_of(item):
    # Parameters may hold what else stands between names.
    head, bracket, parameters = item.nodeid.split("::", 1)[1].partition("[")
    *outer, name = head.split("::")
    return [*outer, name + bracket + parameters]

class Tell:
    def __init__(self):
        self.compared = None
        self.failure = None

    def pytest_collectreport(self, report):
        if report.failed:
            path = os.path.join(str(self.root), report.nodeid.split("::")[0])
            tell("broken", path=path, text=cut(report.longreprtext))

    def pytest_sessionstart(self, session):
        self.root = getattr(session.config, "rootpath", None) or session.config.rootdir

    def pytest_collection_finish(self, session):
        for item in session.items:
            line = item.location[1]
            tell("found", path=path_of(item), names=names_of(item), line=None if line is None else line + 1)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item):
        names = names_of(item)
        self.result = {"outcome": "passed", "seconds": 0}
        tell("started", path=path_of(item), names=names)
        outcome = yield
        if outcome.excinfo is None:
            tell("ended", path=path_of(item), names=names, **self.result)

    def pytest_assertrepr_compare(self, config, op, left, right):
        if op == "==":
            self.compared = tuple(v if isinstance(v, str) else pprint.pformat(v, width=100) for v in (left, right))

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item, call):
        report = (yield).get_result()
        if call.when == "call":
            self.result["seconds"] = call.duration
        if report.skipped:
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else getattr(report, "wasxfail", "")
            self.result.update(outcome="skipped", message=cut(reason))
        elif report.failed:
            self.result.update(outcome="failed" if call.when == "call" else "errored", text=cut(report.longreprtext))
            if call.excinfo is None:
                self.result["message"] = cut(report.longreprtext)
            else:
                self.result["message"] = cut(call.excinfo.exconly(tryshort=True))
                self.result["frames"] = [
                    {"path": str(entry.path), "line": entry.lineno + 1, "name": entry.name}
                    for entry in list(call.excinfo.traceback)[-50:]
                ]
                if self.compared and call.excinfo.errisinstance(AssertionError):
                    self.result["actual"], self.result["expected"] = (cut(value) for value in self.compared)
        self.compared = None

if mode == "debug":
    import debugpy
    debugpy.listen(("0.0.0.0", ${testDebugPort}))
    tell("waiting")
    debugpy.wait_for_client()
measure = None
if mode == "coverage":
    import coverage
    measure = coverage.Coverage(data_file=None, source=[os.getcwd()], messages=False)
    measure.start()
code = pytest.main(["-o", "cache_dir=/tmp/sluice-pytest", "--color=yes", *args], plugins=[Tell()])
if measure:
    measure.stop()
    for path in sorted(measure.get_data().measured_files()):
        try:
            _, lines, _, missing, _ = measure.analysis2(path)
        except coverage.exceptions.CoverageException:
            continue
        tell("covered", path=path, covered=sorted(set(lines) - set(missing)), missing=missing)
sys.stdout.flush()
os._exit(int(code))
`.trim();
