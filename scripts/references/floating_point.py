#!/usr/bin/env python3
"""Writes test/styles/floatingPoint/references.json: values and gradients of the functions in test/styles/floatingPoint.

Needs python3-mpmath. The functions are written again below in arithmetic of 50 digits and more; their first partial
derivatives are central differences with a step far below any distance that matters, so no derivative formula and
nothing of the program under test is in them. Literals are the doubles that JavaScript has. The numbers are then
rounded once, to the nearest double.

Run: python3 scripts/references/floating_point.py
"""

import json
import sys
import os

from mpmath import (
    acos, asin, atan, atan2, cos, cosh, exp, expm1, fabs, floor, hypot, log, log1p, mp, mpf, sin, sinh, sqrt, tan, tanh,
)
sys.dont_write_bytecode = True
from floating_point_loops import LOOPS
from floating_point_table import TABLE

mp.dps = 120
STEP = mpf(10) ** -40

cbrt = lambda x: -((-x) ** (mpf(1) / 3)) if x < 0 else x ** (mpf(1) / 3)
PI = float(mp.pi)
NAMES = dict(
    acos=acos, asin=asin, atan=atan, atan2=atan2, cbrt=cbrt, cos=cos, cosh=cosh, exp=exp, expm1=expm1, abs=fabs,
    floor=floor, hypot=hypot, log=log, log1p=log1p, max=max, min=min, pow=lambda x, y: x**y, sin=sin, sinh=sinh,
    sqrt=sqrt, tan=tan, tanh=tanh, PI=PI, E=float(mp.e), SQRT2=float(mp.sqrt(2)), SQRT1_2=float(mp.sqrt(0.5)), mpf=mpf,
)


def functions():
    for name, (parameters, expression, points) in TABLE.items():
        yield name, eval(f'lambda {parameters}: {expression}', dict(NAMES)), points
    for function, points in LOOPS:
        function.__globals__.update(NAMES)
        yield function.__name__, function, points


def rows():
    for name, f, points in functions():
        for point in points:
            x = [mpf(p) for p in point]
            gradient = []
            for i, xi in enumerate(x):
                h = STEP * (abs(xi) or 1)
                up = f(*[xj + h if j == i else xj for j, xj in enumerate(x)])
                down = f(*[xj - h if j == i else xj for j, xj in enumerate(x)])
                slope = (up - down) / (2 * h)
                # What the step leaves of a zero.
                gradient.append(float(slope) if abs(slope) > mpf(10) ** -75 else 0.0)
            yield {'name': name, 'args': list(point), 'gradient': gradient}


out = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), '../../test/styles/floatingPoint/references.json')
with open(out, 'w') as file:
    file.write('[\n' + ',\n'.join(json.dumps(row) for row in rows()) + '\n]\n')
