import { describe, expect, it } from 'vitest';
import { JobArguments } from '../../../../src/core/runs/jobArguments.ts';

const job = {
  defaultArguments: { '--date': 'today', '--TempDir': 's3://t/' },
  nonOverridableArguments: { '--env': 'prod' },
};

describe('arguments of a job run', () => {
  it('are those of the job, and none is sent as long as none is changed', () => {
    const all = JobArguments.of(job);
    expect(all.all.map(({ key, value, origin }) => [key, value, origin])).toEqual([
      ['--TempDir', 's3://t/', 'default'],
      ['--date', 'today', 'default'],
      ['--env', 'prod', 'locked'],
    ]);
    expect(all.toArguments()).toEqual({});
  });

  it('carry what was edited and added, and take it back', () => {
    const edited = JobArguments.of(job).with('--date', 'yesterday').with('limit', '10');
    expect(edited.toArguments()).toEqual({ '--date': 'yesterday', '--limit': '10' });
    expect(edited.without('--date').without('--limit').toArguments()).toEqual({});
    expect(edited.with('--date', 'today').toArguments()).toEqual({ '--limit': '10' });
  });

  it('never carry a locked one, also when an earlier run had it', () => {
    expect(JobArguments.of(job, { '--env': 'dev', '--x': '1' }).toArguments()).toEqual({ '--x': '1' });
    expect(JobArguments.of(job).problemOfKey('env')).toContain('cannot be changed');
    expect(JobArguments.of(job).problemOfKey('  ')).toContain('for instance --date');
    expect(JobArguments.ofProperties({ team: 'a' }).with(' day ', '1').toArguments()).toEqual({ day: '1' });
    expect(JobArguments.of(job).problemOfKey('--limit')).toBeUndefined();
  });
});
