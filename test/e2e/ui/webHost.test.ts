// The extension as vscode.dev runs it: in the browser's own extension host, the server and its analysis in Web Workers.
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { lensShown, useSession } from './fixture.ts';

const { open } = useSession('dark', { 'remote.extensionKind': { 'gradlens.gradlens': ['web'] } });

const TEXT = `// @differentiable at x1 = 2, x2 = 3
export function f(x1: number, x2: number): number {
  return x1 * x2 + Math.sin(x1);
}

// @differentiable at x = 1
export function wind(x: number): number {
  for (;;) if (/^(a+)+$/.test('a'.repeat(60) + 'b')) return x;
}
`;

/** What the server's own extension host has logged: it must not be the one that runs us. */
function extensionHostLog(dataDirectory: string): string {
  const logs = fs
    .readdirSync(path.join(dataDirectory, 'data', 'logs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => path.basename(name) === 'remoteexthost.log');
  expect(logs).not.toEqual([]);
  return logs.map((name) => fs.readFileSync(path.join(dataDirectory, 'data', 'logs', name), 'utf8')).join();
}

test('lenses, hovers and the panel work in a web extension host, and a runaway is ended there too', async () => {
  const example = await open('web.ts', TEXT);
  const { workbench, file, session } = example;
  await lensShown(example, '∇f(2, 3) ≈ (2.584, 2)');
  const hover = await workbench.hoverToken(file, /export\sfunction\sf\(/, 'f', '∂f/∂x1');
  expect(hover).toContain('∂f/∂x1 = x2 + cos(x1) ≈ 2.584');
  expect(extensionHostLog(session.server.dataDirectory)).not.toMatch(/_doActivateExtension gradlens/);

  const refused = await workbench.hoverToken(file, /export\sfunction\swind\(/, 'wind', 'GL012');
  // By its steps or by the clock, whichever the machine comes to first: then the number follows the message.
  expect(refused).toContain('GL012');
  expect(refused).toMatch(/The evaluation .*(stopped|ended)/);

  await workbench.lens(file, 'show derivative').first().click();
  const panel = workbench.webview();
  await panel.locator('table').first().waitFor();
  expect(await panel.locator('table').first().innerText()).toContain('cos');
});
