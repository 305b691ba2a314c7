import * as vscode from 'vscode';
import {
  ANNOTATE,
  type AnnotateParams,
  COMMANDS,
  COPY_GRADIENT,
  type CopyFormat,
  type DerivativeKind,
  type FunctionReference,
  type GradlensRequests,
  NEXT_SAMPLE,
  type PlainPosition,
  type ProblemReference,
} from '../server/protocol/messages.ts';
import { isOurs, SECTION, updateSetting } from './configuration.ts';
import { differentiateSelection } from './differentiateSelection.ts';
import { insertDerivative } from './insertDerivative.ts';
import { formulaText } from './panel/view.ts';
import type { Panels } from './panels/panels.ts';
import { fromPosition, referenceAtCursor, toRange } from './positions.ts';
import type { RefusalHover } from './refusal.ts';
import type { Server } from './server.ts';

const NO_EDITOR = 'Open a TypeScript or JavaScript file and put the cursor into a function.';
const NO_FUNCTION = 'There is no function annotated with // @differentiable at the cursor.';

const FORMATS: readonly (vscode.QuickPickItem & { readonly format: CopyFormat })[] = [
  { format: 'typescript', label: 'TypeScript', description: 'x2 + Math.cos(x1)' },
  { format: 'latex', label: 'LaTeX', description: '\\frac{\\partial f}{\\partial x_1} = …' },
  { format: 'unicode', label: 'Unicode', description: '∂f/∂x1 = x2 + cos(x1)' },
  { format: 'mathml', label: 'MathML', description: '<math>…</math>' },
  { format: 'numbers', label: 'Numbers', description: 'the gradient at the sample, all digits, as JSON' },
];

/** Registers every command of the manifest. */
export function registerCommands(
  context: vscode.ExtensionContext,
  server: Server,
  panel: Panels,
  refusal: RefusalHover,
): vscode.Disposable {
  /** Runs a command's work; a failure is told once and logged. */
  const command = (id: string, run: (...given: never[]) => Promise<void> | void): vscode.Disposable =>
    vscode.commands.registerCommand(id, async (...given: unknown[]) => {
      try {
        await run(...(given as never[]));
      } catch (error) {
        server.output.error(error instanceof Error ? error : String(error));
        const choice = await vscode.window.showErrorMessage(`Gradlens: ${messageOf(error)}`, 'Show Output');
        if (choice !== undefined) server.output.show(true);
      }
    });

  return vscode.Disposable.from(
    command(COMMANDS.showGraph, async (given?: FunctionReference, why?: ProblemReference) => {
      const reference = given ?? cursor();
      if (reference !== undefined) await panel.showFunction(reference, why);
    }),
    command(COMMANDS.differentiateSelection, (uri?: string, range?: Parameters<typeof toRange>[0]) =>
      differentiateSelection(server, panel, refusal, uri, range),
    ),
    command(COMMANDS.nextSample, async (given?: FunctionReference) => {
      const reference = given ?? cursor();
      if (reference === undefined) return;
      const answer = await server.request(NEXT_SAMPLE, { function: reference });
      if (answer === null)
        await refuse(refusal, 'No sample point here: write one with “at x = 1” or Add Sample Point.');
      else
        vscode.window.setStatusBarMessage(`Gradlens: sample ${answer.sample + 1} of ${answer.count}`, 3000);
    }),
    command(COMMANDS.copyGradient, async (given?: FunctionReference, format?: CopyFormat) => {
      await copyGradient(server, panel, refusal, given, format);
    }),
    command(COMMANDS.insertDerivative, (uri?: string, position?: PlainPosition, kind?: DerivativeKind) =>
      insertDerivative(server, refusal, uri, position, kind),
    ),
    command('gradlens.differentiateFunction', () => annotate(server, refusal, 'differentiable')),
    command('gradlens.addSamplePoint', () => annotate(server, refusal, 'sample')),
    command('gradlens.toggle', async () => {
      const scope = vscode.window.activeTextEditor?.document.uri;
      const on = vscode.workspace.getConfiguration(SECTION, scope ?? null).get('enable', true);
      await updateSetting('enable', !on, scope);
    }),
    command('gradlens.toggleInlayHints', async () => {
      const last = 'inlayHints.lastMode';
      const scope = vscode.window.activeTextEditor?.document.uri;
      const mode = vscode.workspace
        .getConfiguration(SECTION, scope ?? null)
        .get<string>('inlayHints.mode', 'value+derivative');
      if (mode === 'off') {
        await updateSetting('inlayHints.mode', context.globalState.get(last, 'value+derivative'), scope);
      } else {
        await context.globalState.update(last, mode);
        await updateSetting('inlayHints.mode', 'off', scope);
      }
    }),
    command('gradlens.restartServer', () => server.restart()),
    command('gradlens.showOutput', () => server.output.show(true)),
  );
}

function cursor(): FunctionReference | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor !== undefined && isOurs(editor.document)) return referenceAtCursor(editor);
  void vscode.window.showInformationMessage(`Gradlens: ${NO_EDITOR}`);
  return undefined;
}

/** Says at the cursor of the active editor why nothing was done. */
async function refuse(refusal: RefusalHover, message: string, range?: vscode.Range): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) void vscode.window.showInformationMessage(`Gradlens: ${message}`);
  else await refusal.show(editor, range ?? editor.selection, message);
}

async function copyGradient(
  server: Server,
  panel: Panels,
  refusal: RefusalHover,
  given: FunctionReference | undefined,
  wanted: CopyFormat | undefined,
): Promise<void> {
  const selection = given === undefined ? panel.selectionResult : undefined;
  const reference = given ?? (selection === undefined ? cursor() : undefined);
  if (reference === undefined && selection === undefined) return;
  const format = wanted ?? (await pickFormat());
  if (format === undefined) return;
  let text: string;
  if (reference === undefined) {
    text = formulaText(selection!.model, format);
  } else {
    const answer = await server.request(COPY_GRADIENT, { function: reference, format });
    if (answer.kind === 'refused')
      return refuse(refusal, answer.message === '' ? NO_FUNCTION : answer.message);
    text = answer.text;
  }
  await vscode.env.clipboard.writeText(text);
  const label = FORMATS.find((row) => row.format === format)?.label ?? format;
  vscode.window.setStatusBarMessage(`$(clippy) Copied the gradient as ${label}`, 3000);
}

async function pickFormat(): Promise<CopyFormat | undefined> {
  const picked = await vscode.window.showQuickPick(FORMATS, { placeHolder: 'Copy the gradient as …' });
  return picked?.format;
}

/** Applies the server's edit for an annotation, and selects what is to be filled in. */
async function annotate(server: Server, refusal: RefusalHover, kind: AnnotateParams['kind']): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || !isOurs(editor.document)) {
    void vscode.window.showInformationMessage(`Gradlens: ${NO_EDITOR}`);
    return;
  }
  const { document } = editor;
  const position = fromPosition(editor.selection.active);
  const answer = await server.request(ANNOTATE, { uri: document.uri.toString(), position, kind });
  if (answer.kind === 'refused') return refuse(refusal, answer.message);
  await applyEdits(editor, answer);
}

type Edits = Extract<GradlensRequests[typeof ANNOTATE]['result'], { kind: 'edit' }>;

async function applyEdits(editor: vscode.TextEditor, answer: Edits): Promise<void> {
  const { document } = editor;
  if (document.version !== answer.version) {
    throw new Error('The text has changed in the meantime; please try again.');
  }
  const edit = new vscode.WorkspaceEdit();
  for (const one of answer.edits) edit.replace(document.uri, toRange(one.range), one.newText);
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error('The editor did not accept the edit.');
  if (answer.selection === null) return;
  const range = toRange(answer.selection);
  const shown = await vscode.window.showTextDocument(document, {
    viewColumn: editor.viewColumn ?? vscode.ViewColumn.Active,
  });
  shown.selection = new vscode.Selection(range.start, range.end);
  shown.revealRange(range);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
