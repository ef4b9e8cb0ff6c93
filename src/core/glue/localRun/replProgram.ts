/** What a Python shell reads first: the arguments of the job, so that the head of its script works line by line. */
const startup = `
import json as _json, os as _os, sys as _sys
_sys.argv = ["repl"] + _json.loads(_os.environ.pop("SLUICE_ARGV", "[]"))
del _json, _os, _sys
`.trim();

const startupFile = '/tmp/sluice-repl.py';

const program = `
for name in C.UTF-8 C.utf8 en_US.UTF-8 en_US.utf8; do
  if locale -a 2>/dev/null | grep -qix "$name"; then export LC_ALL=$name LANG=$name; break; fi
done
if [ -n "$SLUICE_PYTHONPATH" ]; then export PYTHONPATH="$SLUICE_PYTHONPATH\${PYTHONPATH:+:$PYTHONPATH}"; fi
unset SLUICE_PYTHONPATH
export SLUICE_ARGV=$1 PYTHONSTARTUP=${startupFile}; shift
cat > ${startupFile} <<'END'
${startup}
END
exec pyspark "$@"`.trim();

/** `pyspark` in a container that stays, with the job's own Spark options and its script's `sys.argv`. */
export function replCommand(sparkOptions: readonly string[], argv: readonly string[]): readonly string[] {
  return ['bash', '-l', '-c', program, 'sluice', JSON.stringify(argv), ...sparkOptions];
}
