// The panel in themes of other people's, a light and a dark one, and in one whose colours a user has changed.
import { describe, expect, test } from 'vitest';
import { axeViolations } from '../axe.ts';
import { keepPicture, lensShown, useSession } from './fixture.ts';

const custom = {
  'editor.background': '#fbf1dd',
  'editor.foreground': '#3a2f1c',
  foreground: '#3a2f1c',
  descriptionForeground: '#5c4a2b',
  'button.secondaryBackground': '#ead9b5',
  'button.secondaryForeground': '#3a2f1c',
  'input.background': '#fffaf0',
};

describe.each([
  ['Quiet Light', {}],
  ['Tomorrow Night Blue', {}],
  ['Light Modern', { 'workbench.colorCustomizations': custom }],
])('in the theme %s', (theme, settings) => {
  const { open } = useSession('dark', { 'workbench.colorTheme': theme, ...settings });

  test('axe-core objects to nothing in the panel', async () => {
    const example = await open('examples/01-tutorial.ts');
    const { workbench, file } = example;
    await lensShown(example, '∇f(2, 3)');
    const panel = workbench.webview();
    await workbench.until(
      () => workbench.lens(file, 'show derivative').first().click(),
      panel.locator('table.trace'),
    );
    await panel.getByRole('button', { name: /^Reverse/ }).click();
    await panel.getByRole('button', { name: 'Step', exact: true }).click();
    await keepPicture(example, `${theme.toLowerCase().replaceAll(' ', '-')}-panel`);
    expect(await axeViolations(await workbench.webviewFrame())).toEqual([]);
  });
});
