// The panel's page alone in a browser, with a stand-in for VS Code.
import path from 'node:path';
import * as esbuild from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { FromPage, PanelState, ToPage } from '../../client/panel/messages.ts';
import { ensureChromium } from '../../scripts/vscode-host/install.mjs';
import { chromiumArguments } from '../../scripts/vscode-host/server.mjs';
import type { PanelModel } from '../../server/protocol/messages.ts';
import { URI } from '../client/tutorialModel.ts';

declare global {
  interface Window {
    /** What the page has posted and stored, as the stand-in for VS Code keeps it. */
    sent: FromPage[];
    stored: PanelState | undefined;
  }
}

export interface PanelPage {
  readonly page: Page;
  /** Loads the page as VS Code does: with its state of before, if any. */
  load(stored?: PanelState): Promise<void>;
  send(message: ToPage): Promise<void>;
  /** Shows a model of a function of this name. */
  show(model: PanelModel, target?: string): Promise<void>;
  /** What the page has posted, but for the questions to the server, which are asked when all is quiet. */
  sent(): Promise<FromPage[]>;
}

/** A page for each test of a file. */
export function usePanelPage(): () => PanelPage {
  let browser: Browser;
  let page: Page;
  let script: string;
  let style: string;

  beforeAll(async () => {
    const executablePath = await ensureChromium(console.log);
    if (executablePath === undefined) throw new Error('no Chromium on this machine');
    const { outputFiles } = await esbuild.build({
      entryPoints: ['client/panel/page.ts'],
      outdir: path.resolve('dist'),
      bundle: true,
      write: false,
      format: 'iife',
    });
    const text = (extension: string): string =>
      outputFiles.find((file) => file.path.endsWith(extension))?.text ?? '';
    script = text('.js');
    style = text('.css');
    browser = await chromium.launch({ executablePath, args: chromiumArguments });
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 700, height: 1200 } });
    page.setDefaultTimeout(10_000);
  });
  afterEach(() => page.close());

  async function load(stored?: PanelState): Promise<void> {
    await page.setContent(
      `<!DOCTYPE html><html lang="en"><title>Gradlens</title><style>${style}</style><main id="root"></main>`,
    );
    await page.evaluate((state) => {
      window.sent = [];
      window.stored = state;
      Object.assign(window, {
        acquireVsCodeApi: () => ({
          postMessage: (message: FromPage) => window.sent.push(message),
          getState: () => window.stored,
          setState: (next: PanelState) => {
            window.stored = next;
          },
        }),
      });
    }, stored);
    await page.addScriptTag({ content: script });
  }
  const send = (message: ToPage): Promise<void> =>
    page.evaluate((data) => {
      window.dispatchEvent(new MessageEvent('message', { data }));
    }, message);

  return () => ({
    page,
    load,
    send,
    show: (model, target = 'f') => {
      const source = { kind: 'function' as const, function: { uri: URI, target } };
      return send({ kind: 'show', content: { source, model }, digits: 4, follow: true });
    },
    sent: () => page.evaluate(() => window.sent.filter((message) => message.kind !== 'query')),
  });
}
