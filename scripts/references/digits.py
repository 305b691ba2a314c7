#!/usr/bin/env python3
"""Writes test/rules/digits.json: the elementary functions to 60 digits at doubles, among them those next to which
they cancel, from mpmath.

Run: python3 scripts/references/digits.py
"""

import json
import os

from mpmath import mp, mpf
import mpmath

mp.dps = 400
POINTS = [1e-30, -1e-9, 0.3, 0.9999999, 1.0000001, -0.7, 1.5, -3.25, 1.5707963267948966, 3.141592653589793, 20.5, 700.25]
WIDE = POINTS + [1e6, 1e22, -123456789.125]


def inside(f, points, low, high):
    return [(f, [x]) for x in points if low < x < high]


CASES = {
    'exp': inside(mpmath.exp, POINTS, -800, 800), 'expm1': inside(mpmath.expm1, POINTS, -800, 800),
    'log': inside(mpmath.log, WIDE, 0, 1e99), 'log1p': inside(lambda x: mpmath.log(1 + x), WIDE, -1, 1e99),
    'log2': inside(lambda x: mpmath.log(x, 2), WIDE, 0, 1e99), 'log10': inside(lambda x: mpmath.log(x, 10), WIDE, 0, 1e99),
    'sin': inside(mpmath.sin, WIDE, -1e99, 1e99), 'cos': inside(mpmath.cos, WIDE, -1e99, 1e99),
    'tan': inside(mpmath.tan, WIDE, -1e99, 1e99),
    'asin': inside(mpmath.asin, POINTS, -1, 1), 'acos': inside(mpmath.acos, POINTS, -1, 1),
    'atan': inside(mpmath.atan, WIDE, -1e99, 1e99),
    'sinh': inside(mpmath.sinh, POINTS, -800, 800), 'cosh': inside(mpmath.cosh, POINTS, -800, 800),
    'tanh': inside(mpmath.tanh, POINTS, -800, 800), 'asinh': inside(mpmath.asinh, WIDE, -1e99, 1e99),
    'acosh': inside(mpmath.acosh, WIDE, 1, 1e99), 'atanh': inside(mpmath.atanh, POINTS, -1, 1),
    'sqrt': inside(mpmath.sqrt, WIDE, 0, 1e99), 'cbrt': inside(mpmath.cbrt, WIDE, 0, 1e99),
    'pow': [(mpmath.power, a) for a in ([2, 0.5], [1.5, 100], [-1.5, 7], [3, -5], [1e-30, 0.1], [0.9999999, 1e6], [7.25, 2.75])],
    'atan2': [(mpmath.atan2, a) for a in ([1, 2], [1, -2], [-1e-20, -2], [3, 1e-20], [-5, 0.5])],
    'hypot': [(mpmath.hypot, a) for a in ([3, 4], [1e-20, 1], [-2.5, 0.3])],
    'div': [(lambda x, y: x / y, a) for a in ([1, 3], [-2.5, 0.7])],
}

rows = [
    {'name': name, 'args': args, 'value': mpmath.nstr(f(*map(mpf, args)), 60, strip_zeros=False, min_fixed=0, max_fixed=0)}
    for name, cases in CASES.items()
    for f, args in cases
]
out = os.path.join(os.path.dirname(__file__), '../../test/rules/digits.json')
with open(out, 'w') as file:
    file.write('[\n' + ',\n'.join(json.dumps(row) for row in rows) + '\n]\n')
