// The ten flows that must work in every VS Code that the manifest admits, by mouse and keyboard.
import { expect, test } from 'vitest';
import { type Example, lensShown, placeOf, selectPiece, useSession } from './fixture.ts';

const { open } = useSession();
const openTutorial = () => open('examples/01-tutorial.ts');

const gradientLens = '∇f(2, 3) ≈ (2.584, 2)';

/** Everything that the panel's tables say: each cell's text, and in its tooltip all digits. */
async function panelCells({ workbench }: Example): Promise<string[]> {
  const panel = workbench.webview();
  await panel.locator('table').first().waitFor();
  return panel
    .locator('th, td')
    .evaluateAll((cells) =>
      cells
        .flatMap((cell) => [cell.textContent, cell.getAttribute('title') ?? ''])
        .filter((text) => text !== ''),
    );
}

/** The formulas of the panel, as they read. */
async function panelFormulas({ workbench }: Example): Promise<string[]> {
  const formulas = workbench.webview().locator('[role="math"]');
  await formulas.first().waitFor();
  return formulas.evaluateAll((elements) =>
    elements.map((element) => element.getAttribute('aria-label') ?? ''),
  );
}

test('code lenses give the gradient at the sample', async () => {
  const example = await openTutorial();
  const { workbench, file } = example;
  await lensShown(example, gradientLens);
  // They come one function after another.
  for (const title of ['show derivative', '∇inSteps(2, 3) ≈ (2.584, 2)', 'sample 1 of 3'])
    await expect.poll(async () => (await workbench.lenses(file)).join('\n')).toContain(title);
});

test('the hover on the name gives value and partials as formulas and numbers', async () => {
  const example = await openTutorial();
  const { workbench, file } = example;
  await lensShown(example, gradientLens);
  const hover = await workbench.hoverToken(file, /export\sfunction\sf\(/, 'f', '∂f/∂x1');
  expect(hover.split('\n').map((line) => line.trim())).toEqual(
    expect.arrayContaining([
      'f(2, 3) = x1·x2 + sin(x1) ≈ 6.909',
      '∂f/∂x1 = x2 + cos(x1) ≈ 2.584',
      '∂f/∂x2 = x1 = 2',
    ]),
  );
});

test('the hover on a parameter gives its partial alone', async () => {
  const example = await openTutorial();
  const { workbench, file } = example;
  await lensShown(example, gradientLens);
  const { line, column } = placeOf(file, 'x2: number');
  await workbench.goTo(line, column);
  const hover = await workbench.hoverAtCaret('∂f/∂x2');
  expect(hover).toContain('∂f/∂x2 = x1 = 2');
  expect(hover).not.toContain('∂f/∂x1');
});

test('inlay hints stand at the ends of statements', async () => {
  const example = await openTutorial();
  const { workbench, file } = example;
  await lensShown(example, '∇inSteps(2, 3)');
  const { line, column } = placeOf(file, 'const product');
  await workbench.goTo(line, column);
  const statement = async (start: string) =>
    (await workbench.lines(file)).find((text) => text.trim().startsWith(start))?.trim();
  await expect.poll(() => statement('const product')).toMatch(/^const product = x1 \* x2;\s*= 6, ∂\S+ = 1$/);
  await expect
    .poll(() => statement('const wave'))
    .toMatch(/^const wave = Math\.sin\(x1\);\s*≈ 0\.909\d?, ∂\S+ = 1$/);
});

test('a lens opens the panel with the trace of the tutorial', async () => {
  const example = await openTutorial();
  const { workbench, file } = example;
  await lensShown(example, gradientLens);
  const panel = workbench.webview();
  await workbench.until(
    () => workbench.lens(file, 'show derivative').first().click(),
    panel.locator('table').first(),
  );
  const forward = await panelCells(example);
  for (const number of ['6.909297426825682', '2.5838531634528574', '2']) expect(forward).toContain(number);
  const text = forward.join('\n');
  expect(text).toMatch(/w3\s*=\s*w1·w2/);
  expect(text).toContain('ẇ1·w2 + w1·ẇ2');
  expect(text).toContain('ẇ1·cos(w1)');

  await panel.getByRole('button', { name: /^Reverse/ }).click();
  const reverse = await panelCells(example);
  // x1 is used twice: its adjoint has a term for each use.
  expect(reverse.join('\n')).toContain('w̄3·w2 + w̄4·cos(w1)');
  expect(reverse.join('\n')).toContain('w̄3·w1');
  for (const number of ['2.5838531634528574', '2', '1']) expect(reverse).toContain(number);
});

test('Differentiate Selection from the palette asks for the variables and shows the partials', async () => {
  const example = await openTutorial();
  const { workbench } = example;
  await lensShown(example, gradientLens);
  await selectPiece(example, 'x1 * x2 + Math.sin(x1)');
  await workbench.command('Gradlens: Differentiate Selection');
  await workbench.quickPick('x2').first().waitFor();
  await workbench.page.keyboard.press('Enter'); // all are chosen
  const formulas = (await panelFormulas(example)).join('\n');
  expect(formulas).toContain('= x2 + cos(x1)');
  expect(formulas).toMatch(/∂x2 = x1$/m);
});

test('Differentiate Selection from the context menu', async () => {
  const example = await openTutorial();
  const { workbench, file } = example;
  await lensShown(example, gradientLens);
  await selectPiece(example, 'Math.sin(x1)');
  await workbench.contextMenu(file, 'Differentiate Selection');
  expect((await panelFormulas(example)).join('\n')).toMatch(/= cos\(x1\)$/m);
});

test('a half-typed function keeps its last lens, marked, and its neighbours keep theirs', async () => {
  const example = await openTutorial();
  const { workbench, file } = example;
  const { page } = workbench;
  await lensShown(example, gradientLens);
  const { line, column } = placeOf(file, 'Math.sin(x1);', 'Math.sin(x1)'.length);
  await workbench.goTo(line, column);
  await page.keyboard.type(' * (');
  await lensShown(example, `${gradientLens} (outdated)`);
  const titles = (await workbench.lenses(file)).join('\n');
  expect(titles).toContain('∇inSteps(2, 3) ≈ (2.584, 2)');
  expect(titles).not.toContain('∇inSteps(2, 3) ≈ (2.584, 2) (outdated)');
  await page.keyboard.type('2');
  await lensShown(example, '∇f(2, 3) ≈ (2.168, 2)'); // x2 + 2·cos(x1), the editor having closed the bracket
});

test('a server that was killed comes back', async () => {
  const example = await openTutorial();
  const { workbench, file, session } = example;
  await lensShown(example, gradientLens);
  await expect.poll(() => session.languageServers()).toHaveLength(1);
  const [killed = 0] = session.languageServers();
  process.kill(killed, 'SIGKILL');
  await expect.poll(() => session.languageServers().filter((pid) => pid !== killed)).toHaveLength(1);
  const { line, column } = placeOf(file, 'function f(', 'function '.length);
  await workbench.goTo(line, column);
  expect(await workbench.hoverAtCaret('∂f/∂x2')).toContain('∂f/∂x2 = x1 = 2');
});

test('a malformed annotation is a problem on the tag', async () => {
  const { workbench } = await open(
    'broken.ts',
    '// @differentiable at x = \nexport function square(x: number): number {\n  return x * x;\n}\n',
  );
  await workbench.page.keyboard.press('Control+Shift+M');
  const problem = workbench.page.locator('.markers-panel .monaco-list-row').filter({ hasText: 'GL001' });
  await problem.first().waitFor();
  expect(await problem.first().innerText()).toMatch(/Ln 1\b/);
});
