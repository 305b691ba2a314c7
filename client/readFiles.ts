/** Files for the server, which has no disk for those of virtual workspaces. */
import * as vscode from 'vscode';
import type { ReadFilesParams, ReadFilesResult } from '../server/protocol/messages.ts';

/** Bytes of a file that is read. */
const LARGEST_FILE = 20_000_000;

export async function readFiles({ files, folders }: ReadFilesParams): Promise<ReadFilesResult> {
  return {
    files: await Promise.all(files.map(readFile)),
    folders: await Promise.all(folders.map(readFolder)),
  };
}

async function readFile(uri: string): Promise<string | null> {
  try {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.parse(uri));
    return bytes.length > LARGEST_FILE ? null : new TextDecoder().decode(bytes);
  } catch {
    // It is not there, or may not be read.
    return null;
  }
}

async function readFolder(uri: string): Promise<(readonly [string, 'file' | 'directory'])[] | null> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.parse(uri));
    return entries.map(([name, type]) => [
      name,
      (type & vscode.FileType.Directory) === 0 ? 'file' : 'directory',
    ]);
  } catch {
    return null;
  }
}
