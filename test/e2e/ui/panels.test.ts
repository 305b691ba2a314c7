// Panels beside one another: which of them stays, which follows, and what they say of a file that is gone.
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type Example, lensShown, placeOf, useSession } from './fixture.ts';

const { open } = useSession();

const two = `// @differentiable at x = 3
export function square(x: number): number {
  return x * x;
}

// @differentiable at x = 2
export function cube(x: number): number {
  return x * x * x;
}
`;

const tabs = async ({ workbench }: Example): Promise<string[]> => {
  const labels = await workbench.page.locator('.tabs-container .tab .label-name').allInnerTexts();
  return labels.filter((label) => label.startsWith('∇'));
};

const tab = ({ workbench }: Example, name: string) =>
  workbench.page.locator('.tabs-container .tab', { hasText: name });

const heading = ({ workbench }: Example, index = 0) => workbench.webview(index).locator('h1').first();

async function showSquare(): Promise<Example> {
  const example = await open('powers.ts', two);
  const { workbench, file } = example;
  await lensShown(example, '∇square(3)');
  await workbench.until(
    () => workbench.lens(file, 'show derivative').first().click(),
    workbench.webview().locator('h1', { hasText: 'square(x)' }),
  );
  return example;
}

async function putCaret({ workbench, file }: Example, piece: string): Promise<void> {
  const { line, column } = placeOf(file, piece);
  await workbench.goTo(line, column);
}

test('a pinned panel stays, and what is asked for next has a panel of its own', async () => {
  const example = await showSquare();
  const { workbench } = example;
  await putCaret(example, 'x * x * x');
  await heading(example).filter({ hasText: 'cube(x)' }).waitFor();
  await workbench.webview().getByRole('button', { name: 'Pin', exact: true }).click();
  await tab(example, 'powers.ts').click();
  await putCaret(example, 'x * x;');
  await workbench.page.waitForTimeout(1500);
  expect(await heading(example).innerText()).toBe('cube(x)');
  await workbench.command('Gradlens: Show Derivative Graph');
  await expect.poll(() => tabs(example)).toEqual(['∇ cube', '∇ square']);
  // Let go, it follows the cursor, which is in square.
  await tab(example, '∇ cube').click();
  await workbench.webview().getByRole('button', { name: 'Pinned' }).click();
  await expect.poll(() => tabs(example)).toEqual(['∇ square', '∇ square']);
});

test('what a lens was asked for stays until the cursor moves', async () => {
  const example = await showSquare();
  const { workbench, file } = example;
  await putCaret(example, 'x * x * x');
  await heading(example).filter({ hasText: 'cube(x)' }).waitFor();
  await workbench.until(
    () => workbench.lens(file, 'show derivative').first().click(),
    heading(example).filter({ hasText: 'square(x)' }),
  );
  await workbench.page.waitForTimeout(1500);
  expect(await heading(example).innerText()).toBe('square(x)');
  await workbench.page.keyboard.press('ArrowRight');
  await heading(example).filter({ hasText: 'cube(x)' }).waitFor();
});

test('a file that is closed, deleted and made again is told of', async () => {
  const example = await showSquare();
  const { workbench, file } = example;
  await tab(example, 'powers.ts').click();
  await tab(example, 'powers.ts').locator('.tab-actions a').click();
  const notice = workbench.webview().getByRole('status').filter({ hasText: 'powers.ts' });
  await notice.filter({ hasText: 'is closed' }).waitFor();
  expect(await heading(example).innerText()).toBe('square(x)');
  fs.rmSync(file);
  await notice.filter({ hasText: 'not there any more' }).waitFor();
  fs.writeFileSync(path.resolve(file), two);
  await notice.filter({ hasText: 'is closed' }).waitFor();
  await notice.getByRole('button', { name: 'Open' }).click();
  await lensShown(example, '∇square(3)');
  await notice.waitFor({ state: 'detached' });
});
