"""Runs AWS command lines one after the other: a JSON list of arguments a line in, their end and output a line out.

The command line itself, without starting a Python for each.
"""

import contextlib
import io
import json
import sys

from awscli.clidriver import create_clidriver

for line in sys.stdin:
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = create_clidriver().main(json.loads(line))
        except SystemExit as end:
            code = end.code
    said = [stream.buffer.getvalue().decode() for stream in (out, err)]
    print(json.dumps({"code": code, "stdout": said[0], "stderr": said[1]}), flush=True)
