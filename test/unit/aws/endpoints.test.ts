import { expect, test } from 'vitest';
import { endpointVariables } from '../../../src/aws/endpoints.ts';

const services = { mine: { 's3.endpoint_url': 'http://127.0.0.1:9000', 'sfn.endpoint_url': 'http://127.0.0.1:8083' } };

test('another program is told the endpoints of the profile', () => {
  expect(endpointVariables({ services: 'mine', endpoint_url: 'http://127.0.0.1:4566' }, { services }, {})).toEqual({
    AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
    AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9000',
    AWS_ENDPOINT_URL_SFN: 'http://127.0.0.1:8083',
  });
});

test('the environment comes before the profile', () => {
  const environment = {
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    AWS_ENDPOINT_URL_GLUE: 'http://127.0.0.1:2',
    PATH: '/',
  };
  const expected = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_ENDPOINT_URL_GLUE: 'http://127.0.0.1:2' };
  expect(endpointVariables({ services: 'mine', endpoint_url: 'http://x' }, { services }, environment)).toEqual(
    expected,
  );
});

test('where the connection calls AWS itself, no endpoint of the default profile is taken', () => {
  const none = { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' };
  expect(endpointVariables({}, { services }, {})).toEqual(none);
  const ignoring = { endpoint_url: 'http://x', ignore_configured_endpoint_urls: 'true' };
  expect(endpointVariables(ignoring, { services }, { AWS_ENDPOINT_URL: 'http://y' })).toEqual(none);
});
