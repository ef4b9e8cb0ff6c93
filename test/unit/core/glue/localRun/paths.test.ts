import { describe, expect, it } from 'vitest';
import { toContainerPath, toHostPath } from '../../../../../src/core/glue/localRun/index.ts';

const linux = [{ source: '/projects/repo', target: '/home/hadoop/workspace' }];
const windows = [{ source: 'C:\\Users\\Me\\repo', target: '/home/hadoop/workspace' }];

describe('a path of the machine', () => {
  it('is found in the container, below the longest folder that is mounted', () => {
    expect(toContainerPath('/projects/repo/jobs/a.py', linux)).toBe('/home/hadoop/workspace/jobs/a.py');
    expect(toContainerPath('/projects/repository/a.py', linux)).toBeUndefined();
    const both = [...linux, { source: '/projects/repo/data', target: '/data' }];
    expect(toContainerPath('/projects/repo/data/x', both)).toBe('/data/x');
  });

  it('of Windows is compared without regard to capitals and separators', () => {
    expect(toContainerPath('c:\\users\\me\\repo\\jobs\\A.py', windows)).toBe('/home/hadoop/workspace/jobs/A.py');
    expect(toContainerPath('C:/Users/Me/repo', windows)).toBe('/home/hadoop/workspace');
    const share = [{ source: '\\\\server\\share\\repo', target: '/w' }];
    expect(toContainerPath('\\\\server\\share\\repo\\x y.py', share)).toBe('/w/x y.py');
    const drive = [{ source: 'D:\\', target: '/w' }];
    expect(toContainerPath('D:\\jobs\\a.py', drive)).toBe('/w/jobs/a.py');
  });
});

describe('a path of the container', () => {
  it('is found on the machine, in its separators', () => {
    expect(toHostPath('/home/hadoop/workspace/jobs/a.py', linux)).toBe('/projects/repo/jobs/a.py');
    expect(toHostPath('/home/hadoop/workspace/jobs/a.py', windows)).toBe('C:\\Users\\Me\\repo\\jobs\\a.py');
    expect(toHostPath('/home/hadoop/workspace', windows)).toBe('C:\\Users\\Me\\repo');
    expect(toHostPath('/w/jobs/a.py', [{ source: 'D:\\', target: '/w' }])).toBe('D:\\jobs\\a.py');
    expect(toHostPath('/usr/lib/spark/x.py', linux)).toBeUndefined();
  });
});
