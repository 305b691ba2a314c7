/** Asking the client for files that the server has no disk for. */
import type { Connection } from 'vscode-languageserver';
import { READ_FILES, type ReadFilesParams, type ReadFilesResult } from '../protocol/messages.ts';
import type { Told, Wanted } from './knownFiles.ts';
import { uriOfId } from './paths.ts';

/** Milliseconds after which what has not come counts as not there. */
const PATIENCE = 10_000;

/** Never rejects: what cannot be had is not there. */
export async function readFiles(connection: Connection, can: boolean, wanted: Wanted): Promise<Told> {
  let result: ReadFilesResult | undefined;
  if (can) {
    const params: ReadFilesParams = {
      files: wanted.files.map(uriOfId),
      folders: wanted.folders.map(uriOfId),
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), PATIENCE);
    });
    const answer = connection.sendRequest<ReadFilesResult>(READ_FILES, params).catch(() => undefined);
    result = await Promise.race([answer, late]);
    clearTimeout(timer);
  }
  return {
    files: wanted.files.map((id, i) => [id, result?.files[i] ?? null]),
    folders: wanted.folders.map((id, i) => [id, result?.folders[i] ?? null]),
  };
}
