import { expect, test } from 'vitest';
import { checkSharedFile } from '../../../../src/aws/profiles/checkFile.ts';

const lines = (text: string, file: 'config' | 'credentials' = 'config') =>
  checkSharedFile(text, file).map(({ line, message }) => `${line} ${message}`);

test('a usual file has no problems', () => {
  const text = `# comment
[default]
region = eu-west-1
s3 =
    max_concurrent_requests = 10
    addressing_style = path

[profile dev] ; trailing comment
sso_session = corp
role_arn = arn:aws:iam::123456789012:role/a
services = local

[profile "quoted"]
output=json
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start#/
sso_region = eu-west-1
[services local]
s3 =
  endpoint_url = http://localhost:4566
[plugins]
cli_legacy_plugin_path = x
`;
  expect(lines(text)).toEqual([]);
  expect(lines('[dev]\naws_access_key_id = a\naws_secret_access_key = b=c\r\n', 'credentials')).toEqual([]);
});

test('what AWS SDKs skip in silence is named with its line', () => {
  expect(lines('region = eu-west-1\n[default]\n')).toEqual(['1 has a setting before the first section']);
  expect(lines('[default\nregion = eu-west-1\n')).toEqual(['1 has a section header without "]"']);
  expect(lines('[default]\nregion\n')).toEqual(['2 has a line that is no setting: "region"']);
  expect(lines('[default]\n= x\n')).toEqual(['2 has a line that is no setting: "= x"']);
  expect(lines('\n[dev]\nregion = eu-west-1\n')).toEqual(['2 has a section [dev] that AWS SDKs do not read']);
  expect(lines('[profile my dev]\n')).toEqual(['1 has a section [profile my dev] that AWS SDKs do not read']);
  expect(lines('[profile dev]\n', 'credentials')).toEqual(['1 calls a section [profile dev]']);
  expect(lines('[default]\nregion = eu west 1\n')).toEqual(['2 gives "eu west 1" as a region']);
  expect(lines('[profile a]\nsso_session = corp\nservices = local\n')).toEqual([
    '2 names [sso-session corp], which is not there',
    '3 names [services local], which is not there',
  ]);
  expect(lines('\0\u0001\0')).toEqual(['1 is not a text file']);
});

test('a stray secret is not repeated in full', () => {
  expect(lines('[default]\nwJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY\n')[0]).toBe(
    '2 has a line that is no setting: "wJalrXUt…"',
  );
});
