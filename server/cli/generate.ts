/** The worker's side of `gradlens generate`: a request about a file's function to the text of a module. */
import { analyser } from '../../core/analysis/analyse.ts';
import { generateAt } from '../../core/analysis/generateAt.ts';
import { withModules } from '../../core/evaluate/modules/world.ts';
import { formatOf } from '../../core/generate/format.ts';
import { defaultName } from '../../core/generate/request.ts';
import type { SourceDocument } from '../workspace/document.ts';
import { BAD_REQUEST, type GenerateAnswer, type GenerateParams, refusal } from './answers.ts';
import { argumentsOf, moduleOf, placer, type Sources } from './evaluate.ts';

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

export function generateFile(sources: Sources, params: GenerateParams): GenerateAnswer {
  const { file, kind, mode, style, checkpoints, shape, name } = params;
  sources.recheck();
  if (name !== undefined && !IDENTIFIER.test(name))
    return refusal(BAD_REQUEST, `--name: '${name}' is no name for a function.`);
  const document = sources.open(file);
  if (typeof document === 'string')
    return refusal(BAD_REQUEST, `The file cannot be read: ${document}.`, file);
  const placeOf = placer(sources, params, document.uri);
  const module = moduleOf(document, params.function);
  const given = argumentsOf(document, module, {
    function: params.function,
    arguments: { kind: 'sample', at: params.at, wrt: params.wrt },
  });
  if (typeof given === 'string' || given.kind !== 'sample') return refusal(BAD_REQUEST, String(given));
  const language = params.language ?? (document.language.startsWith('ts') ? 'ts' : 'js');
  const common = language === 'js' && isCommonJs(document);
  analyser().ev.progress = sources.progress;
  const answer = withModules(() =>
    generateAt({
      module,
      textOf: (statement) => document.statementOf(statement)?.text,
      function: params.function,
      sample: given.sample.values.length === 0 ? undefined : given.sample,
      wrt: given.wrt,
      steps: params.steps,
      kind,
      mode,
      style,
      checkpoints,
      shape,
      sampleHint: 'ask for --shape sample',
      name: name ?? defaultNameOf(params),
      language,
      exported: !common,
      asserted: sources.checksElements(document.uri),
      format: formatOf(document.text),
    }),
  );
  if ('bad' in answer) return refusal(BAD_REQUEST, answer.bad, file);
  if (answer.kind === 'refused') {
    const { id, message, location } = answer.problem;
    return { error: { id, message, ...placeOf(location) }, diagnostics: [] };
  }
  const diagnostics = answer.problems.map(({ id, severity, message, location }) => ({
    id,
    severity,
    message,
    ...placeOf(location),
  }));
  const end = formatOf(document.text).semicolons ? ';' : '';
  const code = common ? `${answer.code}\nmodule.exports = { ${answer.name} }${end}\n` : answer.code;
  return { code, diagnostics };
}

/** What `default` exports has a name of its own only where it was given one. */
function defaultNameOf({ function: name, kind }: GenerateParams): string | undefined {
  const last = name.slice(name.lastIndexOf('.') + 1);
  return last === 'default' || !IDENTIFIER.test(last) ? undefined : defaultName(last, kind);
}

export function isCommonJs({ uri, text, isModule }: SourceDocument): boolean {
  return uri.endsWith('.cjs') || (!isModule && /\b(?:module\.exports|exports\.\w+\s*=)/.test(text));
}
