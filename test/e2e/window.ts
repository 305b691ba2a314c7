// Chromium windows onto a VS Code server, with the packaged extension installed in it.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { ensureChromium, installHost, type VSCodeHost } from '../../scripts/vscode-host/install.mjs';
import {
  chromiumArguments,
  installExtension,
  type RunningServer,
  startServer,
} from '../../scripts/vscode-host/server.mjs';
import { type Opening, Workbench } from './workbench.ts';

/** The setting `workbench.colorTheme` of each theme; the first name is VS Code 1.100's, the second today's. */
const themeNames = {
  dark: ['Default Dark Modern', 'Dark Modern'],
  light: ['Default Light Modern', 'Light Modern'],
  'high-contrast': ['Default High Contrast', 'Default High Contrast'],
  'high-contrast-light': ['Default High Contrast Light', 'Default High Contrast Light'],
} as const;

export type Theme = keyof typeof themeNames;
export type Release = 'current' | 'oldest';

export const themes = Object.keys(themeNames) as readonly Theme[];

export const themeSetting = (theme: Theme, release: Release) => ({
  'workbench.colorTheme': themeNames[theme][release === 'oldest' ? 0 : 1],
});

/** What keeps pictures the same from run to run. */
const steadySettings = {
  'workbench.reduceMotion': 'on',
  'editor.minimap.enabled': false,
  'editor.cursorBlinking': 'solid',
};

export interface SessionOptions {
  readonly release: Release;
  readonly vsix?: string;
  readonly settings?: Record<string, unknown>;
  readonly say?: (message: string) => void;
}

/** One server and one browser that many windows share. */
export class Session {
  readonly host: VSCodeHost;
  readonly server: RunningServer;
  readonly browser: Browser;
  private readonly scratch: string;
  private copies = 0;

  private constructor(host: VSCodeHost, server: RunningServer, browser: Browser, scratch: string) {
    this.host = host;
    this.server = server;
    this.browser = browser;
    this.scratch = scratch;
  }

  static async start({ release, vsix, settings, say = () => {} }: SessionOptions): Promise<Session> {
    const executablePath = await ensureChromium(say);
    if (executablePath === undefined) throw new Error('no Chromium on this machine (set CHROME_PATH to one)');
    const host = await installHost(release, say);
    const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'gradlens-e2e-'));
    let server: RunningServer | undefined;
    try {
      const extensionsDirectory = path.join(scratch, 'extensions');
      if (vsix !== undefined) await installExtension(host, vsix, extensionsDirectory);
      server = await startServer(host, {
        extensionsDirectory,
        settings: { ...steadySettings, ...settings },
      });
      const browser = await chromium.launch({ executablePath, args: chromiumArguments });
      return new Session(host, server, browser, scratch);
    } catch (error) {
      await server?.stop();
      fs.rmSync(scratch, { recursive: true, force: true });
      throw error;
    }
  }

  /** A folder of its own with copies of these files or folders, so that no test sees another's edits. */
  workspace(...sources: readonly string[]): string {
    const folder = path.join(this.scratch, `workspace-${++this.copies}`);
    fs.mkdirSync(folder);
    for (const source of sources)
      fs.cpSync(source, path.join(folder, path.basename(source)), { recursive: true });
    return folder;
  }

  /** A window of a user who has never opened one before. */
  async open(opening: Opening, size = { width: 1400, height: 900 }): Promise<Workbench> {
    const context = await this.browser.newContext({ viewport: size });
    context.setDefaultTimeout(30_000);
    const page: Page = await context.newPage();
    return Workbench.open(page, this.server, opening);
  }

  /** The processes that run this session's copy of the extension's language server. */
  languageServers(): number[] {
    return fs
      .readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => {
        const command = commandLine(pid);
        return command.includes(this.scratch) && command.includes('server.node.js');
      });
  }

  async close(workbench: Workbench): Promise<void> {
    // Left like this, a window says goodbye; else the server would keep its extension host for its return.
    await workbench.page.goto('about:blank').catch(() => {});
    await workbench.page.context().close();
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    fs.rmSync(this.scratch, { recursive: true, force: true });
  }
}

/** A process's arguments; empty where it has ended. */
function commandLine(pid: number): string {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
