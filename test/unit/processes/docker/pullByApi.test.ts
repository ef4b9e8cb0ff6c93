import { expect, test } from 'vitest';
import { PullLayers, socketOf, splitReference } from '../../../../src/processes/docker/pullByApi.ts';

test.each([
  ['public.ecr.aws/glue/aws-glue-libs:5', 'public.ecr.aws/glue/aws-glue-libs', '5'],
  ['127.0.0.1:5000/glue', '127.0.0.1:5000/glue', 'latest'],
  ['a/b@sha256:0123', 'a/b', 'sha256:0123'],
])('%s is asked for by name and tag', (reference, name, tag) => {
  expect(splitReference(reference)).toEqual({ name, tag });
});

test('sockets and pipes are reached, networks are left to the command', () => {
  expect(socketOf('unix:///var/run/docker.sock')).toBe('/var/run/docker.sock');
  expect(socketOf('npipe:////./pipe/docker_engine')).toBe('\\\\.\\pipe\\docker_engine');
  expect(socketOf('tcp://10.0.0.2:2375')).toBeUndefined();
});

test('bytes add up over layers, and a layer that was there counts as done', () => {
  const layers = new PullLayers();
  const say = (id: string, status: string, current?: number, total?: number): boolean =>
    layers.take({ id, status, progressDetail: current === undefined ? {} : { current, total } });
  expect(layers.take({ id: 'latest', status: 'Pulling from glue' })).toBe(false);
  say('aaaaaaaaaaaa', 'Pulling fs layer');
  say('bbbbbbbbbbbb', 'Already exists');
  say('aaaaaaaaaaaa', 'Downloading', 10, 100);
  expect(layers.progress).toEqual({ layersDone: 1, layers: 2, bytes: 10, totalBytes: 100 });
  say('aaaaaaaaaaaa', 'Download complete');
  say('aaaaaaaaaaaa', 'Extracting', 3, 400);
  expect(layers.progress).toEqual({ layersDone: 1, layers: 2, bytes: 100, totalBytes: 100 });
});
