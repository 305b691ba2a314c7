import { expect, test } from 'vitest';
import { InProcess } from './inProcess.ts';

test.each([300, 1000, 3000])(
  'an annotated function with %i nested parentheses is refused with a diagnostic',
  (depth) => {
    const session = new InProcess();
    const uri = 'file:///deep.ts';
    const nested = '('.repeat(depth) + 'x' + ')'.repeat(depth);
    session.open(
      uri,
      `// @differentiable at x = 2\nexport function f(x: number) {\n  return ${nested};\n}\n`,
    );
    const ids = session.diagnostics(uri).map((d) => d.code);
    expect(ids).toEqual(['GL010']);
  },
);
