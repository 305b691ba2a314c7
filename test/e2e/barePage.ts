// The panel's page in a browser without VS Code around it: what tests, measurements and campaigns of it share.
import path from 'node:path';
import * as esbuild from 'esbuild';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { FromPage, PanelState, ToPage } from '../../client/panel/messages.ts';
import { workerText } from '../../scripts/build/worker-text-plugin.mjs';
import { ensureChromium } from '../../scripts/vscode-host/install.mjs';
import { chromiumArguments } from '../../scripts/vscode-host/server.mjs';

declare global {
  interface Window {
    /** What the page has posted and stored, as the stand-in for VS Code keeps it. */
    sent: FromPage[];
    stored: PanelState | undefined;
  }
}

export async function launchChromium(more: readonly string[] = []): Promise<Browser> {
  const executablePath = await ensureChromium(console.log);
  if (executablePath === undefined) throw new Error('no Chromium on this machine');
  return chromium.launch({ executablePath, args: [...chromiumArguments, ...more] });
}

export interface PageSources {
  readonly script: string;
  readonly style: string;
}

/** A page's script and styles; of the panel itself, or of a text that imports parts of it. */
export async function pageSources(
  source: { readonly contents: string } | { readonly minify: boolean },
): Promise<PageSources> {
  const { outputFiles } = await esbuild.build({
    ...('contents' in source
      ? { stdin: { contents: source.contents, resolveDir: process.cwd(), loader: 'ts' } }
      : { entryPoints: ['client/panel/page.ts'], minify: source.minify }),
    outdir: path.resolve('dist'),
    bundle: true,
    write: false,
    format: 'iife',
    plugins: [workerText()],
  });
  const text = (extension: string): string =>
    outputFiles.find((file) => file.path.endsWith(extension))?.text ?? '';
  return { script: text('.js'), style: text('.css') };
}

/** In the page: a stand-in for VS Code that keeps what it is told. */
export function standIn(stored: PanelState | undefined): void {
  window.sent = [];
  window.stored = stored;
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage: (message: FromPage) => window.sent.push(message),
      getState: () => window.stored,
      setState: (next: PanelState) => {
        window.stored = next;
      },
    }),
  });
}

/** Tells the page something as the extension does. */
export const tell = (page: Page, message: ToPage): Promise<void> =>
  page.evaluate((data) => {
    window.dispatchEvent(new MessageEvent('message', { data }));
  }, message);

const ADDRESS = 'http://panel.test/';

/** Serves the page at an address of its own, under the policy that the panel has in VS Code; the result goes there. */
export async function servePanel(
  context: BrowserContext,
  { script, style }: PageSources,
): Promise<(page: Page) => Promise<void>> {
  const policy = [
    "default-src 'none'",
    "style-src 'nonce-n'",
    "script-src 'nonce-n'",
    'img-src data: blob:',
    'worker-src blob:',
  ].join('; ');
  const body = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Gradlens</title>
<style nonce="n">${style}</style>
</head>
<body>
<main id="root"></main>
<script nonce="n">performance.mark('first script');</script>
<script nonce="n">${script.replaceAll('</script', '<\\/script')}</script>
</body>
</html>`;
  await context.route(`${ADDRESS}**`, (route) => route.fulfill({ contentType: 'text/html', body }));
  return async (page) => {
    await page.goto(ADDRESS);
  };
}
