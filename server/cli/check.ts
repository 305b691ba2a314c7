/** `gradlens check`: every diagnostic of files, as the editor would show them. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { version } from '../../package.json';
import type { DiagnosticAnswer } from '../features/diagnostics.ts';
import { Supervisor } from '../supervisor.ts';
import { DIAGNOSE } from '../worker/channel.ts';
import { startThread } from '../worker/thread.node.ts';

export type CheckFormat = 'text' | 'json' | 'sarif';

interface Finding extends DiagnosticAnswer {
  readonly file: string;
}

const SOURCE = /(?<!\.d)\.(?:[cm]?[jt]s|[jt]sx)$/;
const SKIPPED = new Set(['node_modules', '.git', 'dist', 'out', 'build']);
const DEADLINE = 5000;
const LEVEL = ['', 'error', 'warning', 'information', 'hint'] as const;
const SARIF_LEVEL = ['', 'error', 'warning', 'note', 'note'] as const;

/** Prints what is found; true where there is an error or a warning. Throws where a path cannot be read. */
export async function check(
  paths: readonly string[],
  format: CheckFormat,
  print: (text: string) => void,
): Promise<boolean> {
  const files = paths.flatMap((given) => sourceFiles(given));
  const ignore = (): void => {};
  const supervisor = new Supervisor(startThread, { log: ignore, restarted: ignore, gaveUp: ignore });
  supervisor.launch();
  const findings: Finding[] = [];
  try {
    for (const file of files) findings.push(...(await checkFile(supervisor, file)));
  } finally {
    supervisor.dispose();
  }
  if (format === 'text') for (const finding of findings) print(asText(finding));
  else print(JSON.stringify(format === 'json' ? findings : asSarif(findings), null, 2));
  return findings.some(({ severity }) => severity <= 2);
}

async function checkFile(supervisor: Supervisor, file: string): Promise<Finding[]> {
  const text = readFileSync(file, 'utf8');
  // Without a tag there is nothing to say, and no reason to parse.
  if (!text.includes('@')) return [];
  const uri = pathToFileURL(file).href;
  supervisor.open(uri, '', 1, text);
  const options = { urgency: 3, deadline: DEADLINE, positional: false, uri } as const;
  const outcome = await supervisor.request(DIAGNOSE, { uri }, options).outcome;
  supervisor.close(uri);
  if (outcome.kind !== 'result') throw new Error(`${file}: the analysis did not end`);
  return (outcome.result as DiagnosticAnswer[]).map(({ data: _, ...diagnostic }) => ({
    file,
    ...diagnostic,
  }));
}

/** A file as it is named; of a folder, its source files, sorted. */
function sourceFiles(given: string): string[] {
  if (!statSync(given).isDirectory()) return [given];
  return readdirSync(given, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inside = path.join(given, entry.name);
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : sourceFiles(inside);
      return entry.isFile() && SOURCE.test(entry.name) ? [inside] : [];
    });
}

function asText({ file, range, severity, code, message, relatedInformation }: Finding): string {
  const at = (name: string, { start }: Finding['range']) =>
    `${name}:${start.line + 1}:${start.character + 1}`;
  const first = `${at(file, range)}: ${LEVEL[severity]} ${code}: ${message}`;
  const related = (relatedInformation ?? []).map(
    (one) => `  ${at(nameOf(one.location.uri), one.location.range)}: ${one.message}`,
  );
  return [first, ...related].join('\n');
}

function nameOf(uri: string): string {
  return uri.startsWith('file:') ? path.relative('', fileURLToPath(uri)) : uri;
}

/** SARIF 2.1.0, the least that code scanning reads. Lines and columns count from 1, columns in UTF-16 units. */
function asSarif(findings: readonly Finding[]): object {
  const rules = [...new Set(findings.map(({ code }) => code))].map((id) => ({ id }));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'gradlens', version, rules } },
        columnKind: 'utf16CodeUnits',
        results: findings.map(({ file, range, severity, code, message }) => ({
          ruleId: code,
          level: SARIF_LEVEL[severity],
          message: { text: message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: file.split(path.sep).join('/') },
                region: {
                  startLine: range.start.line + 1,
                  startColumn: range.start.character + 1,
                  endLine: range.end.line + 1,
                  endColumn: range.end.character + 1,
                },
              },
            },
          ],
        })),
      },
    ],
  };
}
