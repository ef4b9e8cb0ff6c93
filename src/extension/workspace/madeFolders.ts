/** What tools make and keep is no part of what somebody writes: a glob to leave out. */
export const madeFolders =
  '**/{node_modules,.git,.venv,venv,__pycache__,site-packages,cdk.out,.terraform,dist,build,.vscode-test}/**';
