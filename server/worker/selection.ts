/**
 * Differentiate Selection: the selected expression, statements or function as a function of its own, whose parameters
 * are the variables of the functions around it. What the module declares stays what it is.
 */
import type {
  AnalysisRequest,
  FunctionAnalysis,
  FunctionTarget,
  ModuleSlice,
  SampleResult,
} from '../../core/analysis/model.ts';
import type { Annotation, Sample } from '../../core/annotations/annotation.ts';
import type { PlainLocation, PlainRange } from '../../core/graph/panelModel.types.ts';
import type { Problem } from '../../core/problem.ts';
import { type Shape, UNKNOWN } from '../../core/source/shape.ts';
import { type Location, type Span, span } from '../../core/source/span.ts';
import type {
  Block,
  Expression,
  FunctionNode,
  ModuleStatement,
  Parameter,
  Statement,
} from '../../core/source/syntax.ts';
import { boundNames, type CoreNode, firstNamed, nodeAt, roots, walk } from '../../core/source/traverse.ts';
import { namesBoundBy } from '../features/place.ts';
import { clip, isLeafOf, type View } from '../features/view.ts';
import { type LoweredFragment, lowerFragment } from '../languages/typescript/index.ts';
import type {
  DifferentiateSelectionParams,
  DifferentiateSelectionResult,
  FunctionReference,
} from '../protocol/messages.ts';
import type { FoundFunction } from '../workspace/document.ts';
import { hash, pointText } from './analyses.ts';
import type { OpenDocument } from './document.ts';
import { EXPLICIT_STEPS, type ModelSources, modelOf } from './panelParts.ts';
import { type Variable, variablesOf } from './selectionLeaves.ts';
import { enclosing, hasValue, observedAt, type Selection, sampleOf, valueOf } from './selectionSample.ts';
import type { Session } from './session.ts';
import { locate } from './views.ts';

const LONGEST_EXPRESSION = 60;
/** Key and name of the statement that is made for the selection: no file has them. */
const OWN_KEY = -1;
const OWN_NAME = '#selection';

export function differentiateSelection(
  session: Session,
  params: DifferentiateSelectionParams,
): DifferentiateSelectionResult {
  return differentiated(session, params).result;
}

/** A selection as a function: what is known of it, and of it at other points. */
export interface SelectedFunction {
  readonly request: AnalysisRequest;
  readonly view: View;
  readonly sources: ModelSources;
  readonly range: PlainRange;
  viewAt(point: ReadonlyMap<string, number>): View;
}

/** What a reference names; undefined where its text is another by now. */
export function selectedFunction(
  session: Session,
  { uri, selection }: FunctionReference,
): SelectedFunction | undefined {
  if (selection === undefined) return undefined;
  const { range, wrt, content } = selection;
  const { result, selected } = differentiated(session, { uri, range, wrt });
  return result.kind === 'result' && result.function.selection?.content === content ? selected : undefined;
}

interface Differentiated {
  readonly result: DifferentiateSelectionResult;
  readonly selected?: SelectedFunction;
}

/** The panel asks for point after point of one selection. */
const LATEST = new WeakMap<
  OpenDocument,
  { readonly version: number; readonly asked: string; readonly found: Differentiated }
>();

function differentiated(session: Session, params: DifferentiateSelectionParams): Differentiated {
  const document = session.document(params.uri);
  if (document === undefined)
    return { result: { kind: 'refused', message: 'The file is not open.', range: params.range } };
  const { version } = document.file;
  const asked = JSON.stringify([params.range, params.wrt]);
  const known = LATEST.get(document);
  const current = known?.found.selected?.view.analysis.isCurrent?.() !== false;
  if (known?.version === version && known.asked === asked && current) return known.found;
  const found = differentiatedAnew(session, document, params);
  LATEST.set(document, { version, asked, found });
  return found;
}

function differentiatedAnew(
  session: Session,
  document: OpenDocument,
  params: DifferentiateSelectionParams,
): Differentiated {
  const refuse = (message: string, range: PlainRange = params.range): Differentiated => ({
    result: { kind: 'refused', message, range },
  });
  const selection = trimmed(document, params.range);
  if (selection === undefined) return refuse('Select an expression, a statement or a function first.');
  const whole = wholeFunction(selection);
  if (whole !== undefined) return ofFunction(session, selection, whole, params.wrt);

  const lowered = lowerFragment(selection.text, selection.file.language);
  const error = lowered.syntaxErrors[0];
  if (error !== undefined) {
    return refuse('This is neither an expression nor a whole statement.', rangeOf(selection, error.span));
  }
  const chain = chainAt(selection);
  const around = enclosing(session, selection);
  const { variables: found, fragment } = withVariables(selection, lowered, chain, around?.sample);
  const variables = found.map(({ label }) => label);
  if (variables.length === 0)
    return refuse('Nothing in the selection varies: it names no parameter and no local variable.');
  const expression = clip(selection.text.replace(/\s+/g, ' '), LONGEST_EXPRESSION);
  const wrt = params.wrt?.filter((name) => variables.includes(name)) ?? variables;
  if (params.wrt === undefined && variables.length > 1)
    return { result: { kind: 'choose', expression, variables } };
  if (wrt.length === 0) return refuse('Choose at least one variable.');
  const made = makeFunction(selection, fragment, variables, chain);
  if (typeof made === 'string') return refuse(made);
  const sample = around && sampleOf(selection, found, around);
  const annotationAt = (samples: readonly Sample[]): Annotation => ({
    span: span(0, 0),
    differentiable: true,
    wrt: wrt.map((root) => ({ root, keys: [], span: span(0, 0) })),
    samples,
    ranges: [],
    problems: [],
  });
  const slice = selection.file.moduleSlice(selection.statement.key);
  const module = { ...slice, statements: [...slice.statements, made.statement] };
  const evaluated = (samples: readonly Sample[]): Differentiated =>
    evaluate(session, selection, expression, module, made.target, annotationAt(samples));
  let done = evaluated(sample === undefined ? [] : [sample]);
  // Values that the selection had before something changed them are not its values.
  if (
    sample !== undefined &&
    around !== undefined &&
    !hasValue(done.result, valueOf(selection, lowered, around))
  )
    done = evaluated([]);
  const { result } = done;
  return result.kind === 'result'
    ? { ...done, result: { ...result, insertAt: insertionPoint(selection, chain) } }
    : done;
}

function trimmed(document: OpenDocument, range: PlainRange): Selection | undefined {
  const { file } = document;
  let start = file.offsetAt(range.start);
  let end = file.offsetAt(range.end);
  const raw = file.slice(start, end);
  start += raw.length - raw.trimStart().length;
  end -= raw.length - raw.trimEnd().length;
  const statement = start < end ? file.statementAt(start) : undefined;
  if (statement === undefined) return undefined;
  const text = file.slice(start, end);
  return {
    document,
    file,
    statement,
    start,
    text,
    range: { start: file.positionAt(start), end: file.positionAt(end) },
  };
}

function rangeOf({ file, start }: Selection, part: Span): PlainRange {
  return { start: file.positionAt(start + part.start), end: file.positionAt(start + part.end) };
}

/** Nodes of the file around the selection, outermost first. */
function chainAt({ statement, start, text }: Selection): CoreNode[] {
  const from = start - statement.start;
  for (const root of roots(statement.lowered)) {
    const found = nodeAt(root, from + 1) ?? nodeAt(root, from);
    if (found === undefined) continue;
    const chain = [...found.ancestors, found.node];
    const outside = (node: CoreNode): boolean =>
      node.span.start <= from && from + text.length <= node.span.end;
    return chain.filter(outside);
  }
  return [];
}

// ───────────────────────────── a whole function ─────────────────────────────

/** The function that is selected from its name or keyword to its end. */
function wholeFunction({ statement, start, text }: Selection): FoundFunction | undefined {
  const from = start - statement.start;
  const end = from + text.replace(/[;\s]+$/, '').length;
  return statement.functions.find(({ target }) => {
    const { node, nameSpan } = target;
    if (target.path.length === 0 || node.span.end > from + text.length) return false;
    return from <= Math.min(nameSpan.start, node.span.start) && node.span.end >= end;
  });
}

function ofFunction(
  session: Session,
  selection: Selection,
  found: FoundFunction,
  wrt: readonly string[] | undefined,
): Differentiated {
  const { node, name } = found.target;
  const refuse = (message: string): Differentiated => ({
    result: { kind: 'refused', message, range: selection.range },
  });
  const variables = node.parameters.flatMap((parameter) =>
    parameter.name !== undefined && mayBeNumeric(parameter.shape) ? [parameter.name] : [],
  );
  if (variables.length === 0) return refuse(`${name} has no numeric parameter.`);
  if (wrt === undefined && variables.length > 1)
    return { result: { kind: 'choose', expression: name, variables } };
  const chosen = wrt?.filter((variable) => variables.includes(variable)) ?? variables;
  if (chosen.length === 0) return refuse('Choose at least one variable.');
  const annotation: Annotation = {
    span: found.annotation?.span ?? found.target.nameSpan,
    differentiable: true,
    wrt: chosen.map((root) => ({ root, keys: [], span: found.target.nameSpan })),
    samples: found.annotation?.samples ?? [],
    ranges: [],
    problems: [],
  };
  const module = selection.file.moduleSlice(selection.statement.key);
  const target = { ...found.target, node };
  return evaluate(session, selection, name, module, target, annotation);
}

function mayBeNumeric(shape: Shape): boolean {
  switch (shape.kind) {
    case 'string':
    case 'function':
    case 'boolean':
      return false;
    case 'optional':
      return mayBeNumeric(shape.shape);
    default:
      return true;
  }
}

// ───────────────────────────── a part of one ─────────────────────────────

/** The function that stands for the selection, or why there is none. */
function makeFunction(
  selection: Selection,
  fragment: LoweredFragment,
  variables: readonly string[],
  chain: readonly CoreNode[],
): { statement: ModuleStatement; target: FunctionTarget } | string {
  const all = span(0, selection.text.length);
  const body = bodyOf(fragment);
  if (typeof body === 'string') return body;
  const parts = fragment.expression === undefined ? [fragment.block!] : [fragment.expression];
  const parameters = variables.map(
    (name): Parameter => ({
      span: all,
      target: { kind: 'name', name, span: firstNamed(name, parts) ?? all },
      rest: false,
      name,
      optional: false,
      shape: shapeOf(name, chain, parts),
    }),
  );
  const node: FunctionNode = {
    name: OWN_NAME,
    nameSpan: all,
    span: all,
    parameters,
    body: {
      kind: 'block',
      span: all,
      scope: fragment.block?.scope ?? [],
      functions: fragment.block?.functions ?? [],
      statements: body.statements,
    },
    vars: fragment.vars,
    arrow: false,
    strict: true,
    generator: false,
    async: false,
    usesArguments: false,
    usesThis: false,
    returns: UNKNOWN,
  };
  const statement: ModuleStatement = {
    key: OWN_KEY,
    declares: [{ name: OWN_NAME, mode: 'function' }],
    functions: [node],
    statements: [],
    imports: [],
    exports: [],
    references: new Set([...fragment.free].filter((name) => !variables.includes(name))),
    effects: false,
    syntaxErrors: [],
    strict: true,
  };
  const target: FunctionTarget = {
    file: selection.file.uri,
    statement: OWN_KEY,
    path: [OWN_NAME],
    name: body.name ?? ['f', 'g', 'h', 'result'].find((name) => !variables.includes(name)) ?? 'f',
    nameSpan: all,
    node,
  };
  return { statement, target };
}

/** An expression is returned; of statements, what the last one gives a value to. */
function bodyOf(fragment: LoweredFragment): { statements: readonly Statement[]; name?: string } | string {
  const { expression, block } = fragment;
  if (expression !== undefined)
    return { statements: [{ kind: 'return', value: expression, span: expression.span }] };
  const statements = block?.statements ?? [];
  const last = statements[statements.length - 1];
  if (last === undefined) return 'There is nothing to compute in the selection.';
  if (last.kind === 'return') return { statements };
  // An expression with its semicolon.
  if (last.kind === 'expression' && last.expression.kind !== 'assign' && last.expression.kind !== 'update') {
    const returned: Statement = { kind: 'return', value: last.expression, span: last.span };
    return { statements: [...statements.slice(0, -1), returned] };
  }
  const target =
    last.kind === 'declare'
      ? last.target
      : last.kind === 'expression' && last.expression.kind === 'assign'
        ? last.expression.target
        : undefined;
  if (target === undefined || target.kind !== 'name')
    return 'Select statements that end with a variable getting its value, or an expression.';
  return {
    statements: [...statements, { kind: 'return', value: target, span: target.span }],
    name: target.name,
  };
}

/** From its declaration; a name that is used like a number is one. */
function shapeOf(name: string, chain: readonly CoreNode[], parts: readonly CoreNode[]): Shape {
  for (let i = chain.length - 1; i >= 0; i--) {
    const declared = declaredShape(name, chain[i]!);
    if (declared !== undefined && declared.kind !== 'unknown') return declared;
  }
  let structured = false;
  for (const part of parts) {
    walk(part, (node) => {
      if (!('kind' in node) || 'static' in node) return undefined;
      const used =
        node.kind === 'member'
          ? node.object
          : node.kind === 'call' || node.kind === 'construct'
            ? node.callee
            : node.kind === 'forOf'
              ? node.iterable
              : undefined;
      if (used?.kind === 'name' && used.name === name) structured = true;
      return undefined;
    });
  }
  return structured ? UNKNOWN : { kind: 'number' };
}

function declaredShape(name: string, node: CoreNode): Shape | undefined {
  if (!('kind' in node)) {
    if (!('parameters' in node)) return undefined;
    return node.parameters.find(
      (parameter) => boundNames(parameter.target)[0] === name && parameter.target.kind === 'name',
    )?.shape;
  }
  if ('static' in node || node.kind !== 'block') return undefined;
  for (const statement of node.statements)
    if (statement.kind === 'declare' && statement.target.kind === 'name' && statement.target.name === name)
      return statement.shape;
  return undefined;
}

/** The variables, and the fragment with the numbers of arrays and objects as names. */
function withVariables(
  selection: Selection,
  fragment: LoweredFragment,
  chain: readonly CoreNode[],
  sample: SampleResult | undefined,
): { readonly variables: readonly Variable[]; readonly fragment: LoweredFragment } {
  const bound = new Set(chain.flatMap(namesBoundBy));
  const method = chain.some((node) => !('kind' in node) && 'parameters' in node && node.usesThis);
  const whole = fragment.expression ?? fragment.block!;
  const { variables, part } = variablesOf(whole, {
    isVariable: (name) => (name === 'this' ? method : bound.has(name) && fragment.free.has(name)),
    shapeOf: (name) => shapeOf(name, chain, [whole]),
    wasNumber: (at) => (sample && observedAt(selection, sample, at) !== undefined ? true : undefined),
  });
  const free = new Set(fragment.free);
  for (const { root } of variables) free.delete(root);
  for (const { label } of variables) free.add(label);
  const parts =
    fragment.expression === undefined ? { block: part as Block } : { expression: part as Expression };
  return { variables, fragment: { ...fragment, ...parts, free } };
}

// ───────────────────────────── result ─────────────────────────────

function evaluate(
  session: Session,
  selection: Selection,
  expression: string,
  module: ModuleSlice,
  target: FunctionTarget,
  annotation: Annotation,
): Differentiated {
  const { file, start, text, range, statement } = selection;
  const names = annotation.wrt?.map(({ root }) => root) ?? [];
  const request: AnalysisRequest = { module, target, annotation, sample: 0, steps: EXPLICIT_STEPS };
  const texts = module.statements.map(({ key }) => file.statementOf(key)?.text);
  const content = hash(`selection\0${file.uri}\0${start}\0${text}\0${names.join()}\0${texts.join('\n')}`);
  const analysed = (point?: ReadonlyMap<string, number>): FunctionAnalysis =>
    withRespectTo(
      session.analyses.evaluate(
        { ...request, point },
        { content: point === undefined ? content : hash(`${content}${pointText(point)}`), name: expression },
      ),
      names,
    );
  const analysis = analysed();
  const own = target.statement === OWN_KEY;
  const base = own ? start : statement.start;
  const place = (location: Location): PlainLocation | null => {
    if (!own || location.statement !== OWN_KEY || location.file !== file.uri) return locate(file, location);
    return { uri: file.uri, range: rangeOf(selection, location.span) };
  };
  const serious = analysis.problems.find(({ severity }) => severity === 'error');
  if (analysis.formulas === undefined && analysis.sample === undefined) {
    const problem: Problem | undefined = serious ?? analysis.problems[0];
    const found = problem?.location === undefined ? null : place(problem.location);
    const message = problem?.message ?? 'No formula was found for this selection.';
    return {
      result: { kind: 'refused', message, range: found?.uri === file.uri ? found.range : range },
    };
  }
  const reference: FunctionReference = { uri: file.uri, selection: { range, wrt: names, content } };
  const viewOf = (shown: FunctionAnalysis): View => ({
    uri: file.uri,
    analysis: shown,
    outdated: false,
    reference,
    locate: place,
    text: (part) => (own ? text : statement.text).slice(part.start, part.end),
    position: (offset) => file.positionAt(base + offset),
    line: (line) => file.line(line),
  });
  const sources: ModelSources = {
    ranges: [],
    textOf: ({ statement: key, file: of, span: part }) =>
      of !== file.uri
        ? undefined
        : (key === OWN_KEY ? text : file.statementOf(key)?.text)?.slice(part.start, part.end),
    treeOf: ({ statement: key, file: of }) =>
      of === file.uri ? module.statements.find((one) => one.key === key) : undefined,
  };
  const view = viewOf(analysis);
  return {
    result: { kind: 'result', expression, model: modelOf(view, 0, sources), function: reference },
    selected: { request, view, sources, range, viewAt: (point) => viewOf(analysed(point)) },
  };
}

/** The formulas of the chosen variables alone. */
function withRespectTo(analysis: FunctionAnalysis, names: readonly string[]): FunctionAnalysis {
  const { formulas } = analysis;
  if (formulas === undefined) return analysis;
  const chosen = formulas.inputs.flatMap((label, i) => {
    return names.some((name) => isLeafOf(label, name)) ? [i] : [];
  });
  return {
    ...analysis,
    program: analysis.program,
    formulas: {
      ...formulas,
      inputs: chosen.map((i) => formulas.inputs[i]!),
      partials: chosen.map((i) => formulas.partials[i]!),
    },
  };
}

const STATEMENTS = new Set([
  'declare',
  'expression',
  'return',
  'throw',
  'if',
  'loop',
  'forOf',
  'forIn',
  'labelled',
  'try',
]);

function insertionPoint(
  { file, statement }: Selection,
  chain: readonly CoreNode[],
): { line: number; indentation: string } {
  let holding: CoreNode | undefined;
  for (const node of chain)
    if ('kind' in node && !('static' in node) && STATEMENTS.has(node.kind)) holding = node;
  const part = holding?.span ?? { start: 0, end: statement.text.length };
  const first = file.positionAt(statement.start + part.start).line;
  const last = file.positionAt(statement.start + part.end).line;
  const leaves =
    holding !== undefined && 'kind' in holding && (holding.kind === 'return' || holding.kind === 'throw');
  return { line: leaves ? first : last + 1, indentation: /^\s*/.exec(file.line(first))![0] };
}
