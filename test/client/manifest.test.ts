import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { COMMANDS } from '../../server/protocol/messages.ts';
import { DEFAULT_SETTINGS, readSettings } from '../../server/protocol/settings.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const { contributes } = manifest;
const properties = contributes.configuration.properties as Record<
  string,
  { default: unknown; scope: string; markdownDescription?: string }
>;

function sources(folder: string): string[] {
  return fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** The ids that the product makes problems of: those in quotes outside the lists of all ids. */
function emittedIds(): string[] {
  const lists = [path.join(ROOT, 'core/problem.ts')];
  const ids = [...sources('core'), ...sources('server')]
    .filter((file) => !lists.includes(file))
    .flatMap((file) => fs.readFileSync(file, 'utf8').match(/(?<=')GL\d{3}(?=')/g) ?? []);
  return [...new Set(ids)].sort();
}

describe('the manifest', () => {
  it('declares exactly the commands that links and lenses name, and more only with a title', () => {
    const declared = contributes.commands.map(({ command }) => command);
    for (const command of Object.values(COMMANDS)) expect(declared).toContain(command);
    expect(new Set(declared).size).toBe(declared.length);
    for (const command of contributes.commands) expect(command.category).toBe('Gradlens');
  });

  it('declares the server’s own defaults', () => {
    const section = Object.fromEntries(
      Object.entries(properties).map(([key, { default: value }]) => [key.replace('gradlens.', ''), value]),
    );
    expect(readSettings(section)).toEqual({ settings: DEFAULT_SETTINGS, messages: [] });
  });

  it('describes and scopes every setting', () => {
    for (const [key, property] of Object.entries(properties)) {
      expect(key).toMatch(/^gradlens\./);
      expect(property.markdownDescription, key).toBeTruthy();
      expect(property.scope, key).toBe(key === 'gradlens.trace.server' ? 'window' : 'resource');
    }
  });

  it('offers a severity, and has a page, for each diagnostic that can appear', () => {
    const severity = contributes.configuration.properties['gradlens.diagnostics.severity'];
    const ids = emittedIds();
    expect(ids.length).toBeGreaterThan(10);
    expect(Object.keys(severity.properties).sort()).toEqual(ids);
    const pages = fs.readdirSync(path.join(ROOT, 'docs/diagnostics')).filter((file) => file.startsWith('GL'));
    expect(pages.sort()).toEqual(ids.map((id) => `${id}.md`));
    const index = fs.readFileSync(path.join(ROOT, 'docs/diagnostics/README.md'), 'utf8');
    for (const id of ids) expect(index).toContain(`[${id}](${id}.md)`);
  });

  it('gives each colour to the four kinds of theme', () => {
    for (const { id, defaults } of contributes.colors) {
      expect(id).toMatch(/^gradlens\./);
      expect(Object.keys(defaults).sort()).toEqual(['dark', 'highContrast', 'highContrastLight', 'light']);
    }
  });

  it('uses in the panel only VS Code’s colours and its own', () => {
    const [page, graph] = ['page.css', 'graph/graph.css'].map((file) =>
      fs.readFileSync(path.join(ROOT, 'client/panel', file), 'utf8'),
    );
    const css = `${page}${graph}`;
    // The graph's scale of magnitudes has colours of its own.
    expect(page).not.toMatch(/#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(/i);
    const host = fs.readFileSync(path.join(ROOT, 'client/panels/panels.ts'), 'utf8');
    const inPage = [...css.matchAll(/--vscode-gradlens-(\w+)/g)].map((match) => `gradlens.${match[1]}`);
    const inEditor = [...host.matchAll(/ThemeColor\('(gradlens\.\w+)'\)/g)].map((match) => match[1]!);
    const used = [...inPage, ...inEditor];
    expect([...new Set(used)].sort()).toEqual(contributes.colors.map(({ id }) => id).sort());
  });

  it('has an icon of at least 256 pixels', () => {
    const png = fs.readFileSync(path.join(ROOT, manifest.icon));
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect(png.readUInt32BE(16)).toBeGreaterThanOrEqual(256);
    expect(png.readUInt32BE(20)).toBe(png.readUInt32BE(16));
  });
});
