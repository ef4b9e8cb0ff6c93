import { expect, test } from 'vitest';
import { engineFailure, isUnreachable } from '../../../../src/processes/docker/engineProgram.ts';

test('what an engine says about a failure is told as a user reads it', () => {
  const full = engineFailure(
    'docker: Error response from daemon: mkdir /var/lib/docker/overlay2/1-init: no space left on device.\nSee "docker run --help".',
  );
  expect(full.message).toBe('The disk of the container engine is full.');
  expect(full.help).toContain('docker system prune');
  expect(engineFailure('ERROR: Could not install packages: [Errno 28] No space left on device').message).toBe(
    full.message,
  );
  const gone = 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?';
  expect(isUnreachable(gone)).toBe(true);
  expect(engineFailure(gone)).toMatchObject({ help: 'Start Docker or Podman, then run again.' });
  expect(engineFailure('docker: Error response from daemon: No such image: glue:5').message).toBe(
    'The container engine failed: No such image: glue:5',
  );
});
