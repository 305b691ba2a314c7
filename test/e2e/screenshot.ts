// Opens a file in the real workbench, does what it is told, tells what it sees and takes a picture.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Session, themeSetting, themes } from './window.ts';
import type { Workbench } from './workbench.ts';

const usage = `node scripts/screenshot.mjs --file examples/01-tutorial.ts [options]

  --theme NAME     ${themes.join(', ')} (default dark)
  --do ACTION      any number, in order:
                     hover:LINE:COL            the hover at a place, shown by the keyboard
                     goto:LINE:COL             put the caret there
                     select:LINE:COL:LENGTH    select to the right of a place
                     lens:TITLE                click the code lens whose title contains TITLE
                     command:TITLE             run a command by its palette title
                     context:ITEM              right-click the selection, choose a menu item
                     pick:TEXT                 choose a row of an open quick pick (TEXT empty: confirm)
                     panel:SELECTOR            click in the panel
                     type:TEXT  key:Control+S  at the keyboard
                     problems                  show the Problems view
                     wait:MS
  --out FILE       the picture (default artifacts/screenshots/look.png)
  --size 1400x900
  --release NAME   current (default) or oldest: which VS Code
  --setting K=V    any number; V as JSON
  --no-extension   VS Code alone`;

/** Splits `name:a:b` into its name and all that follows the first colon. */
function parseAction(action: string): [name: string, rest: string] {
  const colon = action.indexOf(':');
  return colon < 0 ? [action, ''] : [action.slice(0, colon), action.slice(colon + 1)];
}

async function perform(workbench: Workbench, file: string, action: string): Promise<void> {
  const [name, rest] = parseAction(action);
  const { page } = workbench;
  const [line = 1, column = 1, length = 1] = rest.split(':').map(Number);
  switch (name) {
    case 'hover':
      await workbench.goTo(line, column);
      console.log(`hover ${rest}:\n${await workbench.hoverAtCaret('')}`);
      break;
    case 'goto':
      await workbench.goTo(line, column);
      break;
    case 'select':
      await workbench.select(line, column, length);
      break;
    case 'lens':
      await workbench.lens(file, rest).first().click();
      break;
    case 'command':
      await workbench.command(rest);
      break;
    case 'context':
      await workbench.contextMenu(file, rest);
      break;
    case 'pick':
      if (rest === '') await page.keyboard.press('Enter');
      else await workbench.quickPick(rest).first().click();
      break;
    case 'panel':
      await workbench.webview().locator(rest).first().click();
      break;
    case 'type':
      await page.keyboard.type(rest);
      break;
    case 'key':
      await page.keyboard.press(rest);
      break;
    case 'problems':
      await page.keyboard.press('Control+Shift+M');
      await page.locator('.markers-panel').waitFor();
      break;
    case 'wait':
      await page.waitForTimeout(Number(rest));
      break;
    default:
      throw new Error(`no such action: ${action}\n\n${usage}`);
  }
}

/** Everything that reads as text on the screen. */
async function describe(workbench: Workbench, file: string): Promise<void> {
  console.log(`code lenses: ${JSON.stringify(await workbench.lenses(file))}`);
  console.log(`lines:\n${(await workbench.lines(file)).map((line) => `  ${line}`).join('\n')}`);
  const problems = await workbench.page.locator('.markers-panel .monaco-list-row').allInnerTexts();
  if (problems.length > 0) console.log(`problems:\n${problems.map((text) => `  ${text}`).join('\n')}`);
  const toasts = await workbench.toast(/./).allInnerTexts();
  if (toasts.length > 0) console.log(`notifications: ${JSON.stringify(toasts)}`);
  if ((await workbench.page.locator('iframe.webview.ready').count()) > 0)
    console.log(`panel:\n${await workbench.webview().locator('body').innerText()}`);
}

export async function main(
  args: readonly string[],
  vsix: (() => Promise<string>) | undefined,
): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      file: { type: 'string' },
      theme: { type: 'string', default: 'dark' },
      do: { type: 'string', multiple: true, default: [] },
      out: { type: 'string', default: 'artifacts/screenshots/look.png' },
      size: { type: 'string', default: '1400x900' },
      release: { type: 'string', default: 'current' },
      setting: { type: 'string', multiple: true, default: [] },
      'no-extension': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const theme = themes.find((name) => name === values.theme);
  const [width = 1400, height = 900] = values.size.split('x').map(Number);
  const { release } = values;
  if (
    values.help ||
    values.file === undefined ||
    theme === undefined ||
    (release !== 'current' && release !== 'oldest')
  ) {
    console.log(usage);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const settings = Object.fromEntries(
    values.setting.map((setting) => {
      const [key = '', value = ''] = setting.split(/=(.*)/s);
      return [key, JSON.parse(value)];
    }),
  );
  const session = await Session.start({
    release,
    settings: { ...themeSetting(theme, release), ...settings },
    ...(values['no-extension'] || vsix === undefined ? {} : { vsix: await vsix() }),
    say: console.log,
  });
  try {
    const source = path.resolve(values.file);
    const folder = session.workspace(source);
    const file = path.join(folder, path.basename(source));
    const workbench = await session.open({ folder, file }, { width, height });
    // Annotations come when the server has answered; where there are none, this is all there is to wait for.
    if (!values['no-extension'])
      await workbench
        .lens(file, /./)
        .first()
        .waitFor({ timeout: 15_000 })
        .catch(() => console.log('no code lens came'));
    try {
      for (const action of values.do) await perform(workbench, file, action);
      await workbench.page.waitForTimeout(1000);
      await describe(workbench, file);
    } finally {
      await workbench.page.screenshot({ path: values.out, animations: 'disabled' });
      console.log(`picture: ${values.out}`);
    }
  } finally {
    await session.stop();
  }
}
