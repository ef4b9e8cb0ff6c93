/** The line that says that debugpy listens. It is not the script's. */
export const debuggerWaitsLine = 'sluice: waiting for the debugger';

/**
 * A Python program that runs a script under debugpy, once a debugger is there. Its arguments are the address to listen at,
 * the port, the script, and the script's own arguments.
 */
export const debugProgram = `
import os, runpy, sys
import debugpy
debugpy.listen((sys.argv[1], int(sys.argv[2])))
print("${debuggerWaitsLine}", flush=True)
debugpy.wait_for_client()
sys.argv = sys.argv[3:]
sys.path[0] = os.path.dirname(sys.argv[0])
runpy.run_path(sys.argv[0], run_name="__main__")
`.trim();

/** Variables for the program: the standard library of Python 3.11 and later is frozen, and debugpy warns of that. */
export const debugEnvironment = { PYDEVD_DISABLE_FILE_VALIDATION: '1' } as const;
