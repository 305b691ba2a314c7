/** The worker's side of the command line: a request about a file's function to the JSON answer. */
import { analyser } from '../../core/analysis/analyse.ts';
import { evaluateAt } from '../../core/analysis/evaluateAt.ts';
import type { Arguments, EvaluateAtRequest } from '../../core/analysis/evaluateAt.types.ts';
import type { ModuleSlice } from '../../core/analysis/model.ts';
import type { AnnotationProblem } from '../../core/annotations/annotation.ts';
import { parsePaths, parseSample } from '../../core/annotations/index.ts';
import { withModules } from '../../core/evaluate/modules/world.ts';
import type { Location } from '../../core/source/span.ts';
import * as typescript from '../languages/typescript/index.ts';
import type { Files } from '../modules/files.ts';
import { idOfUri, plainPath } from '../modules/paths.ts';
import type { Place, Workspace } from '../modules/workspace.ts';
import { languageOf } from '../worker/language.ts';
import { SourceDocument } from '../workspace/document.ts';
import { type Answer, type AnswerDiagnostic, BAD_REQUEST, type EvaluateParams, refusal } from './answers.ts';

/** Files asked about that are kept: how many, and UTF-16 units of their texts. */
const KEPT_FILES = 256;
const KEPT_TEXT = 10_000_000;
/** Milliseconds between two messages of progress. */
const NEWS = 200;
/** Milliseconds after which the disk is asked again about what belongs to packages, or is not there. */
const PATIENCE = 1000;

interface Known {
  readonly document: SourceDocument;
  readonly stamp: string;
}

/** Files asked about, and those that they import. */
export class Sources {
  private readonly workspace: Workspace;
  private readonly disk: Files | undefined;
  /** Most recently used last. */
  private readonly known = new Map<string, Known>();
  private kept = 0;
  private asked = 0;
  private readonly tell: () => void;
  private told = 0;

  /** `tell` is called every now and then while an evaluation goes on from one part to the next. */
  constructor(workspace: Workspace, disk: Files | undefined, tell: () => void = () => undefined) {
    this.workspace = workspace;
    this.disk = disk;
    this.tell = tell;
  }

  readonly progress = (): void => {
    const now = performance.now();
    if (now - this.told < NEWS) return;
    this.told = now;
    this.tell();
  };

  /** Whether the type checker takes elements of arrays in a file to be missing, perhaps. */
  checksElements(uri: string): boolean {
    return this.workspace.checksElements(uri);
  }

  /** The file's document, parsed once for its content; or why it cannot be read. */
  open(name: string): SourceDocument | string {
    const found = this.disk?.find?.(name) ?? 'there is no disk here';
    if (typeof found === 'string') return found;
    const { id, stamp } = found;
    const before = this.known.get(id);
    if (before?.stamp === stamp) {
      this.known.delete(id);
      this.known.set(id, before);
      return before.document;
    }
    const text = this.disk?.read(id);
    if (text === undefined) return 'it has gone';
    const isSame = before?.document.text === text;
    const document = isSame ? before.document : this.made(id, text);
    this.drop(id);
    this.known.set(id, { document, stamp });
    this.kept += text.length;
    if (!isSame) this.workspace.opened(document);
    for (const oldest of this.known.keys()) {
      if (oldest === id || (this.known.size <= KEPT_FILES && this.kept <= KEPT_TEXT)) break;
      this.drop(oldest);
      this.workspace.closed(oldest);
    }
    return document;
  }

  private made(id: string, text: string): SourceDocument {
    const document = new SourceDocument(id, languageOf(undefined, id), 0, text, () => typescript);
    document.linking = { host: this.workspace, id };
    document.imports = this.workspace.typesFor(id);
    return document;
  }

  private drop(id: string): void {
    this.kept -= this.known.get(id)?.document.text.length ?? 0;
    this.known.delete(id);
  }

  /** Looks whether what was read has changed since: at files of the user's own each time. */
  recheck(): void {
    const now = performance.now();
    const all = now - this.asked > PATIENCE;
    if (all) this.asked = now;
    if (all) this.workspace.lookAgain();
    this.workspace.recheck(all ? () => true : (id) => !id.includes('/node_modules/'));
  }

  locate(location: Location): Place | undefined {
    return this.workspace.locate(location);
  }
}

export function evaluateFile(sources: Sources, params: EvaluateParams): Answer {
  const { file } = params;
  sources.recheck();
  const document = sources.open(file);
  if (typeof document === 'string')
    return refusal(BAD_REQUEST, `The file cannot be read: ${document}.`, file);
  const placeOf = placer(sources, params, document.uri);
  const module = moduleOf(document, params.function);
  const given = argumentsOf(document, module, params);
  if (typeof given === 'string') return refusal(BAD_REQUEST, given);
  const request: EvaluateAtRequest = {
    module,
    function: params.function,
    arguments: given,
    outputs: params.outputs,
    hessian: params.hessian,
    steps: params.steps,
  };
  analyser().ev.progress = sources.progress;
  const result = withModules(() => evaluateAt(request));
  const diagnostics = result.problems.map(
    ({ id, severity, message, location }): AnswerDiagnostic => ({
      id,
      severity,
      message,
      ...placeOf(location),
    }),
  );
  if (result.kind === 'refused') {
    const { error } = result;
    if (error.id === BAD_REQUEST) return { ...refusal(BAD_REQUEST, error.message, file), diagnostics };
    return {
      error: { id: error.id, message: error.message, ...placeOf(error.location) },
      diagnostics,
    };
  }
  const { value, inputs, labels, outputs, jacobian, hessian } = result;
  return {
    value,
    inputs,
    labels,
    outputs,
    jacobian,
    ...(hessian === undefined ? {} : { hessian }),
    diagnostics,
  } as Answer;
}

/** The whole file; what does not parse is left out where the function does not need it. */
export function moduleOf(document: SourceDocument, name: string): ModuleSlice {
  const whole = document.wholeModule();
  if (whole.statements.every(({ syntaxErrors }) => syntaxErrors.length === 0)) return whole;
  const target = document.targetNamed(name);
  if (target === undefined) return whole;
  const needed = new Set(document.moduleSlice(target.statement).statements.map(({ key }) => key));
  const statements = whole.statements.filter(
    ({ key, syntaxErrors }) => syntaxErrors.length === 0 || needed.has(key),
  );
  return { ...whole, statements };
}

/** The arguments, or what is wrong with them. */
export function argumentsOf(
  document: SourceDocument,
  module: ModuleSlice,
  params: Pick<EvaluateParams, 'function' | 'arguments'>,
): Arguments | string {
  const given = params.arguments;
  if (given.kind === 'encoded') return given;
  const annotation = document
    .annotated()
    .find(
      ({ target }) => target.name === params.function || target.path.join('.') === params.function,
    )?.annotation;
  let wrt = annotation?.wrt;
  if (given.wrt !== undefined) {
    const parsed = parsePaths(given.wrt);
    if (parsed.problems.length > 0) return malformed('--wrt', given.wrt, parsed.problems);
    wrt = parsed.paths;
  }
  let sample = annotation?.samples[0] ?? { values: [], span: { start: 0, end: 0 } };
  if (given.at !== undefined) {
    const names = new Set(module.statements.flatMap(({ declares }) => declares.map(({ name }) => name)));
    const parsed = parseSample(given.at, { declared: (name) => names.has(name) });
    if (parsed.problems.length > 0) return malformed('--at', given.at, parsed.problems);
    sample = parsed.sample;
  }
  return { kind: 'sample', sample, wrt };
}

function malformed(option: string, text: string, problems: readonly AnnotationProblem[]): string {
  const { message, span } = problems[0]!;
  return `${option}: ${message}\n  ${text}\n  ${' '.repeat(span.start)}${'^'.repeat(Math.max(1, span.end - span.start))}`;
}

type AnswerPlace = Pick<AnswerDiagnostic, 'file' | 'range'>;

/** Files as the user would name them: the one asked about as it was, others from the same folder. */
export function placer(
  sources: Sources,
  { file, folder }: Pick<EvaluateParams, 'file' | 'folder'>,
  id: string,
): (location?: Location) => AnswerPlace {
  const named = (one: string): string => {
    if (one === id) return file;
    return one.startsWith(`${folder}/`) ? one.slice(folder.length + 1) : plainPath(one);
  };
  return (location) => {
    if (location === undefined || location.file === '') return { file };
    const place = sources.locate(location);
    if (place === undefined) return { file: named(idOfUri(location.file)) };
    return { file: named(idOfUri(place.uri)), range: { start: place.start, end: place.end } };
  };
}
