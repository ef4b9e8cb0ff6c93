import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually } from './support/eventually.ts';

const messy =
  '{ "StartAt": "A",\n"States": {\n"A": { "Type": "Pass", "Next": "B" },\n"B": {\n"Type": "Succeed" }\n}\n}\n';
/** With the editor's own step, as the text shows none. */
const even =
  '{\n    "StartAt": "A",\n    "States": {\n        "A": { "Type": "Pass", "Next": "B" },\n        "B": {\n            "Type": "Succeed"\n        }\n    }\n}\n';
const wrong = even.replace('"Next": "B"', '"Next": "Bb"');

async function open(language: string, content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language, content });
  await vscode.window.showTextDocument(document);
  return document;
}

function codes({ uri }: vscode.TextDocument): readonly string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'sluice')
    .flatMap(({ code }) => (typeof code === 'string' ? [code] : []));
}

describe('editing a definition', () => {
  it('lays it out, folds its states and selects by them', async () => {
    const document = await open('asl', messy);
    const text = await eventually(
      'the layout',
      async () => {
        if (document.getText() === messy) await vscode.commands.executeCommand('editor.action.formatDocument');
        return document.getText();
      },
      (found) => found === even,
    );
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      document.uri,
    );
    assert.deepEqual(
      folds.map(({ start, end }) => [start, end]).sort(([a = 0], [b = 0]) => a - b),
      [
        [0, 7],
        [2, 6],
        [4, 5],
      ],
    );
    const at = document.positionAt(text.indexOf('Succeed') + 2);
    const [selection] = await vscode.commands.executeCommand<vscode.SelectionRange[]>(
      'vscode.executeSelectionRangeProvider',
      document.uri,
      [at],
    );
    const selected: string[] = [];
    for (let one: vscode.SelectionRange | undefined = selection; one; one = one.parent) {
      selected.push(document.getText(one.range));
    }
    assert.ok(selected.includes('"Succeed"'), selected.join('\n---\n'));
    assert.ok(
      selected.some((part) => part.startsWith('"B": {') && part.endsWith('}')),
      selected.join('\n---\n'),
    );
  });

  it('is laid out inside a program by a command', async () => {
    const document = await open('python', `import json\nM = json.dumps(${messy.trimEnd()})\n`);
    await vscode.commands.executeCommand('sluice.formatDefinition');
    assert.equal(document.getText(), `import json\nM = json.dumps(${even.trimEnd()})\n`);
  });

  it('becomes YAML, file name and all', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const file = vscode.Uri.joinPath(folder, 'converted.asl.json');
    const target = vscode.Uri.joinPath(folder, 'converted.asl.yaml');
    await vscode.workspace.fs.writeFile(file, Buffer.from(even));
    try {
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file));
      const actions = await eventually(
        'the action',
        async () =>
          await vscode.commands.executeCommand<vscode.CodeAction[]>(
            'vscode.executeCodeActionProvider',
            file,
            new vscode.Range(0, 0, 0, 0),
            'refactor',
          ),
        (found) => found.some(({ title }) => title === 'Convert the file to YAML'),
      );
      const edit = actions.find(({ title }) => title === 'Convert the file to YAML')?.edit;
      assert.ok(edit);
      assert.ok(await vscode.workspace.applyEdit(edit));
      const document = await vscode.workspace.openTextDocument(target);
      assert.equal(document.languageId, 'asl-yaml');
      assert.equal(
        document.getText(),
        'StartAt: A\nStates:\n  A:\n    Type: Pass\n    Next: B\n  B:\n    Type: Succeed\n',
      );
      await document.save();
    } finally {
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      for (const uri of [file, target]) {
        await vscode.workspace.fs.delete(uri).then(undefined, () => undefined);
      }
    }
  });

  it('asks which of several definitions to draw', async () => {
    const machine = (name: string): string =>
      `  ${name}:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      Definition:\n        StartAt: A\n        States:\n          A: { Type: Succeed }\n`;
    await open('yaml', `Resources:\n${machine('First')}${machine('Second')}`);
    const shown = vscode.commands.executeCommand('sluice.showGraph');
    const labels = (): readonly string[] =>
      vscode.window.tabGroups.all.flatMap((group) => group.tabs).map(({ label }) => label);
    await eventually(
      'the graph of the second definition',
      async () => {
        if (!labels().some((label) => label.includes('Second'))) {
          await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
          await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        }
        return labels();
      },
      (found) => found.some((label) => label.includes('Graph') && /First|Second/.test(label)),
    );
    await shown;
  });

  it('is checked on a file system of another extension, with the files that a template there names', async () => {
    const files = new Map([
      ['/app/bad.asl.json', wrong],
      [
        '/app/template.yaml',
        'Resources:\n  M:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      DefinitionUri: missing.asl.json\n',
      ],
    ]);
    const registration = vscode.workspace.registerFileSystemProvider('memory', fileSystemOf(files), {
      isReadonly: true,
    });
    try {
      for (const [path, code] of [
        ['/app/bad.asl.json', 'asl/unknown-next'],
        ['/app/template.yaml', 'asl/missing-definition-file'],
      ] as const) {
        const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: 'memory', path }));
        await vscode.window.showTextDocument(document);
        await eventually(
          `a finding in ${path}`,
          () => codes(document),
          (found) => found.includes(code),
        );
      }
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      registration.dispose();
    }
  });
});

/** Files in memory, as those of a repository that is browsed and not on a disk. */
function fileSystemOf(files: ReadonlyMap<string, string>): vscode.FileSystemProvider {
  const refuse = (): never => {
    throw vscode.FileSystemError.NoPermissions();
  };
  const textOf = ({ path }: vscode.Uri): string => {
    const text = files.get(path);
    if (text === undefined) throw vscode.FileSystemError.FileNotFound(path);
    return text;
  };
  return {
    onDidChangeFile: () => new vscode.Disposable(() => undefined),
    watch: () => new vscode.Disposable(() => undefined),
    stat: (uri) => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: Buffer.byteLength(textOf(uri)) }),
    readFile: (uri) => Buffer.from(textOf(uri)),
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
}
