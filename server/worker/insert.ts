/** Writes the derivative of the function at a position as source code. */
import { generateAt } from '../../core/analysis/generateAt.ts';
import type { TypeNames } from '../../core/analysis/userTypes.ts';
import { withModules } from '../../core/evaluate/modules/world.ts';
import { formatOf } from '../../core/generate/format.ts';
import { defaultName } from '../../core/generate/request.ts';
import { moduleOf } from '../cli/evaluate.ts';
import { isCommonJs } from '../cli/generate.ts';
import { type Into, insertion, slotFor } from '../features/insertDerivative.ts';
import * as typescript from '../languages/typescript/index.ts';
import type { InsertDerivativeParams, InsertDerivativeResult } from '../protocol/messages.ts';
import { SourceDocument } from '../workspace/document.ts';
import type { OpenDocument } from './document.ts';
import { type At, functionAt } from './functionAt.ts';
import { OwnTypes, specifierBeside } from './ownTypes.ts';
import { EXPLICIT_STEPS } from './panelParts.ts';
import type { Session } from './session.ts';

export function insertDerivative(session: Session, params: InsertDerivativeParams): InsertDerivativeResult {
  const document = session.document(params.uri);
  if (document === undefined) return refused('The file is not open.');
  const at = functionAt(document, params.position, false);
  if (at === undefined) {
    const broken = document.file.statementAt(document.file.offsetAt(params.position))?.syntaxErrors[0];
    return refused(
      broken === undefined
        ? 'Put the cursor into a named function first.'
        : `The function cannot be read at the moment: ${broken.message}`,
    );
  }
  const { file } = document;
  const { target, annotation } = at.found;
  const of = target.name;
  if (target.path.length === 0)
    return refused(
      `${of} cannot be reached from outside: move it to the top level of the file, or into a class.`,
    );
  const { own } = params;
  const common = isCommonJs(file);
  const into = own === undefined ? below(document, at) : ownFile(file, own ?? '');
  const slot = slotFor(into, of, defaultName(of, params.kind));
  if (slot.edited && params.overwrite !== true) return { kind: 'edited', name: slot.name };
  const format = formatOf(own === undefined || own === null ? file.text : own);
  const module = moduleOf(file, of);
  const typed = file.language.startsWith('ts');
  const ownTypes =
    own === undefined || !typed
      ? undefined
      : new OwnTypes(file, into.document, into.taken, specifierFor(session, file));
  const typeNames: TypeNames | undefined =
    own === undefined ? (name, specifier) => file.typeNamed(name, specifier) : ownTypes?.names;
  const sample = annotation?.samples[document.samples.get(of) ?? 0] ?? annotation?.samples[0];
  const exported = own === undefined ? /(?:^|\n)export\b/.test(headOf(at)) : !common;
  const answer = withModules(() =>
    generateAt({
      module,
      textOf: (statement) => file.statementOf(statement)?.text,
      typeNames,
      function: of,
      sample,
      wrt: annotation?.wrt,
      steps: EXPLICIT_STEPS,
      kind: params.kind,
      style: session.settingsOf(params.uri).generateStyle,
      checkpoints: session.settingsOf(params.uri).generateCheckpoints,
      shape: sample === undefined ? 'open' : session.settingsOf(params.uri).generateShape,
      sampleHint: 'set gradlens.generate.shape to sample',
      name: slot.name,
      language: typed ? 'ts' : 'js',
      exported: exported && !(own === undefined && common),
      taken: replacedApart(into, slot.start, slot.end),
      format,
      asserted: session.sources.checksElements(file.uri),
    }),
  );
  if ('bad' in answer) return refused(answer.bad);
  if (answer.kind === 'refused') {
    const { message, location } = answer.problem;
    const place = location && session.sources.locate(location);
    const where = place === undefined || place.uri !== params.uri ? '' : `Line ${place.start.line + 1}: `;
    return refused(where + message);
  }
  const imports = ownTypes?.statements(answer.code, into.document, format) ?? [];
  const { edits, selection } = insertion(into, slot, of, answer.code, imports);
  if (own !== undefined && common && !slot.replaces) {
    const [edit] = edits;
    const ends = format.semicolons ? ';' : '';
    const newText = `${edit!.newText}exports.${slot.name} = ${slot.name}${ends}\n`;
    return {
      kind: 'edit',
      name: slot.name,
      version: file.version,
      edits: [{ ...edit!, newText }],
      selection,
    };
  }
  return { kind: 'edit', name: slot.name, version: file.version, edits, selection };
}

const refused = (message: string): InsertDerivativeResult => ({ kind: 'refused', message });

/** Its statement as far as its name. */
const headOf = ({ statement, found }: At): string => statement.text.slice(0, found.target.nameSpan.start);

function below({ file }: OpenDocument, { statement }: At): WithDocument {
  return {
    document: file,
    text: file.text,
    after: statement.start + statement.text.trimEnd().length,
    taken: namesOf(file),
  };
}

function ownFile(beside: SourceDocument, text: string): WithDocument {
  const document = new SourceDocument(`${beside.uri}#own`, beside.language, 0, text, () => typescript);
  return { document, text, taken: namesOf(document), imported: endOfImports(document) };
}

/** Offset after the last statement that imports, of those at the head. */
function endOfImports(document: SourceDocument): number {
  let end = 0;
  for (const { key, imports, statements } of document.wholeModule().statements) {
    const statement = document.statementOf(key);
    if (statement === undefined || !/^(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*import\b/.test(statement.text))
      break;
    if (imports.length === 0 && statements.length > 0) break;
    end = statement.start + statement.text.trimEnd().length;
  }
  return end;
}

/** How a file beside it imports from the file. */
function specifierFor(session: Session, file: SourceDocument): string {
  const written = file.wholeModule().statements.flatMap(({ imports }) => imports.map((one) => one.specifier));
  for (const { type } of file.fileTypes().types) if (type.kind === 'imported') written.push(type.specifier);
  return specifierBeside(file, written, session.workspace.wantsExtensions(file.uri));
}

interface WithDocument extends Into {
  readonly document: SourceDocument;
}

function namesOf(document: SourceDocument): Set<string> {
  const names = new Set<string>();
  for (const { declares, imports } of document.wholeModule().statements) {
    for (const { name } of declares) names.add(name);
    for (const { local } of imports) names.add(local);
  }
  return names;
}

/** The names that stay taken when a part of the text is replaced. */
function replacedApart({ document, taken }: WithDocument, start: number, end: number): Set<string> {
  const names = new Set(taken);
  if (start === end) return names;
  for (const { key, declares } of document.wholeModule().statements) {
    const at = document.statementOf(key)?.start;
    if (at !== undefined && at >= start && at < end) for (const { name } of declares) names.delete(name);
  }
  return names;
}
