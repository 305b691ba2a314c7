// @ts-check
// How much of what people write is staged as a Program:   node scripts/staging.mjs [PART OF A NAME…] [--examples N] [--json FILE]
import { importTypeScript } from './lib/import-typescript.mjs';

const { main } = await importTypeScript('test/stage/coverage/main.ts');
main(process.argv.slice(2));
