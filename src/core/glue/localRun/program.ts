/** Where the relay listens in the container, on its own 127.0.0.1. */
export const relayPorts = { credentials: 24_817, endpoint: 24_818 } as const;

/** The file in the container that says that the relay listens. */
export const relayMark = '/tmp/sluice-relay-is-ready';

/** The line that says that the container runs. Nothing before it belongs to the script. */
export const readyLine = 'sluice: the container is ready';

/** Who in a container waits until the relay listens: nobody, what is started first, or the Python of Spark's driver. */
export type RelayWait = 'never' | 'first' | 'driver';

/** Python of Spark's driver, where that one waits: Spark and the relay start at the same time. */
export const driverPython = '/tmp/sluice-driver-python';

const awaitRelay = `
tries=0
until [ -e ${relayMark} ]; do
  tries=$((tries + 1))
  if [ $tries -gt 1200 ]; then echo 'sluice: no connection to the editor' >&2; exit 125; fi
  sleep 0.05
done`.trim();

/**
 * What the container runs, by `bash -l -c`: it says that it is there and becomes the program that its further arguments
 * name. The first two are the user and group that the program gets; `-` keeps the container's own. The third is a
 * `RelayWait`. Arguments pass as they are, so that no value can be taken for shell code.
 */
export const containerProgram = `
owner=$1 group=$2 relay=$3; shift 3
printf '%s\\n' '${readyLine}'
for name in C.UTF-8 C.utf8 en_US.UTF-8 en_US.utf8; do
  if locale -a 2>/dev/null | grep -qix "$name"; then export LC_ALL=$name LANG=$name; break; fi
done
if [ -n "$SLUICE_PYTHONPATH" ]; then export PYTHONPATH="$SLUICE_PYTHONPATH\${PYTHONPATH:+:$PYTHONPATH}"; fi
unset SLUICE_PYTHONPATH
if [ "$relay" = first ]; then
${awaitRelay}
fi
if [ "$relay" = driver ]; then
cat > ${driverPython} <<'SLUICE_END'
#!/bin/bash
${awaitRelay}
if [ -n "$SLUICE_DRIVER_PYTHON" ]; then export PYSPARK_DRIVER_PYTHON=$SLUICE_DRIVER_PYTHON; else unset PYSPARK_DRIVER_PYTHON; fi
unset SLUICE_DRIVER_PYTHON
exec "\${PYSPARK_DRIVER_PYTHON:-\${PYSPARK_PYTHON:-python3}}" "$@"
SLUICE_END
chmod 755 ${driverPython}
export SLUICE_DRIVER_PYTHON=$PYSPARK_DRIVER_PYTHON PYSPARK_DRIVER_PYTHON=${driverPython}
fi
if [ "$owner" = - ] || [ "$owner:$group" = 0:0 ]; then exec "$@"; fi
if [ "$owner" != 0 ]; then
  user=$(id -nu "$owner" 2>/dev/null || true)
  if [ -z "$user" ]; then echo "sluice:x:$owner:$group:sluice:$HOME:/bin/bash" >> /etc/passwd; user=sluice; fi
  mkdir -p "$HOME/.local"; chown "$owner:$group" "$HOME" "$HOME/.local"
  export USER=$user LOGNAME=$user
fi
exec python3 -I -S -c 'import os, sys
os.setgroups([]); os.setgid(int(sys.argv[2])); os.setuid(int(sys.argv[1])); os.execvp(sys.argv[3], sys.argv[3:])' \\
  "$owner" "$group" "$@"
`.trim();
