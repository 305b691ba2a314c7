import { builtServer } from '../server/builtServer.ts';

/** Where the command line is: built from the source, or before (GRADLENS_CLI). To be called at the top of a test file. */
export function commandLine(): () => string {
  const given = process.env['GRADLENS_CLI'];
  if (given !== undefined) return () => given;
  const built = builtServer();
  return () => built.file('cli.js');
}
