// Activates one extension after the other, each when the extension host has nothing else to do: VS Code counts what it does
// meanwhile, and the loading of all extensions that the same event starts, into the time of each one.
const { extensions, StatusBarAlignment, window } = require('vscode');

const pauseMs = 4000;
/** What an extension host with nothing to do takes of the processor in a pause at most, in microseconds. */
const idleUs = 300_000;

async function untilIdle() {
  for (let takenUs = Infinity; takenUs > idleUs;) {
    const before = process.cpuUsage();
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    const { user, system } = process.cpuUsage(before);
    takenUs = user + system;
  }
}

async function measure() {
  for (const id of ['sluice.sluice', 'vscode.json-language-features']) {
    await untilIdle();
    const extension = extensions.getExtension(id);
    if (extension.isActive) throw new Error(`${id} is active already`);
    await extension.activate();
  }
  await untilIdle();
}

exports.activate = ({ subscriptions }) => {
  const item = window.createStatusBarItem(StatusBarAlignment.Left);
  subscriptions.push(item);
  const show = (text) => {
    item.text = `Stopwatch: ${text}`;
    item.show();
  };
  measure().then(
    () => show('done'),
    (error) => show(error.message),
  );
};
