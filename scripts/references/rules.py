#!/usr/bin/env python3
"""Writes test/rules/references.json: what the operation table must say, from arithmetic of 1,400 digits.

Needs python3-mpmath. Values come from mpmath's own functions; first and second partial derivatives are central
differences of them, not derivative formulas, so nothing here repeats the table. At STEP = 1e-40 of the distance to
the nearest special point their relative error is about 1e-80, and 1,400 digits leave room for tanh at 350 and
asinh at 1e-300. The numbers are then rounded once, to the nearest double.

Run: python3 scripts/references/rules.py
"""

import json
import os

from mpmath import mp, mpf
import mpmath

mp.dps = 1400
STEP = mpf(10) ** -40
TINY, HUGE = 1e-300, 1e200


def real(f):
    """NaN where f leaves the reals or is not defined."""

    def safe(*args):
        try:
            y = f(*args)
        except (ValueError, ZeroDivisionError):
            return mp.nan
        return mp.nan if isinstance(y, mpmath.mpc) else y

    return safe


def power(x, y):
    if y == mp.floor(y):
        return x ** int(y)
    return x**y


def cbrt(x):
    return -mpmath.cbrt(-x) if x < 0 else mpmath.cbrt(x)


def truncate(x):
    return mp.floor(x) if x >= 0 else mp.ceil(x)


def above(x, pole):
    return abs(x - pole)


def reach(*points):
    """Distance to the nearest of x's special points, and never more than |x| itself."""
    return lambda x: min([abs(x - p) for p in points if x != p] + ([abs(x)] if x != 0 else [mpf(1)]))


OFF_ORDINARY = [0.1, 0.5, 0.7, 1.3, 2, 3, 5, 12.5]
SIGNED = [s * x for x in OFF_ORDINARY for s in (1, -1)]
EXTREME = [s * x for x in (TINY, 1e-200, 1e-100, 1e-20, 1e-9, 1e9, 1e20, 1e100, HUGE, 1e300) for s in (1, -1)]
BELOW_ONE = [1 - 2.0**-53, 1 - 2.0**-52, 1 - 1e-12, 1 - 1e-6, 0.999, 0.9, 0.6, 0.5, 0.3, 0.1, 1e-3]
UNIT = [s * x for x in BELOW_ONE + [1e-9, 1e-20, TINY] for s in (1, -1)] + [0]
POSITIVE = OFF_ORDINARY + [1, 1 + 2.0**-52, 1 - 2.0**-53, 1e-3, 1e-9, TINY, 1e-200, 1e-100, 1e9, 1e20, 1e100, HUGE, 1e300]
ANGLES = SIGNED + [0, 1.5707963267948966, -1.5707963267948966, 3.141592653589793, 6.283185307179586, 1e5, -1e5]
ANGLES += [1e15, 1e22, 1e-9, -1e-9, 1e-20, TINY]

# operation: (function, distances to special points, arguments)
UNARY = {
    "neg": (lambda x: -x, reach(), SIGNED + EXTREME + [0]),
    "abs": (lambda x: abs(x), reach(0), SIGNED + EXTREME),
    "sqrt": (mpmath.sqrt, reach(0), POSITIVE),
    "cbrt": (cbrt, reach(0), SIGNED + EXTREME),
    "exp": (mpmath.exp, reach(), SIGNED + [0, 1e-9, -1e-9, 1e-20, TINY, 700, 709.5, -700, -740, -30, 30]),
    "expm1": (mpmath.expm1, reach(), SIGNED + [0, 1e-9, -1e-9, 1e-20, TINY, -TINY, 700, 709.5, -20, -40, -700]),
    "log": (mpmath.log, reach(0), POSITIVE),
    "log2": (lambda x: mpmath.log(x) / mpmath.log(2), reach(0), POSITIVE),
    "log10": (mpmath.log10, reach(0), POSITIVE),
    "log1p": (lambda x: mpmath.log(1 + x), reach(-1), [x for x in SIGNED if x > -1] + [0, TINY, -TINY, 1e-20, -1e-9]
              + [-(1 - 2.0**-53), -(1 - 1e-12), -0.999, 1e9, 1e100, HUGE, 1e300]),
    "sin": (mpmath.sin, reach(), ANGLES),
    "cos": (mpmath.cos, reach(), ANGLES),
    "tan": (mpmath.tan, lambda x: abs(mp.cos(x)) * (abs(x) if x != 0 else 1), ANGLES),
    "asin": (mpmath.asin, reach(1, -1), UNIT),
    "acos": (mpmath.acos, reach(1, -1), UNIT),
    "atan": (mpmath.atan, reach(), SIGNED + EXTREME + [0]),
    "sinh": (mpmath.sinh, reach(), SIGNED + [0, TINY, 1e-9, -1e-20, 20, -40, 300, -700, 710]),
    "cosh": (mpmath.cosh, reach(), SIGNED + [0, TINY, 1e-9, -1e-20, 20, -40, 300, -700, 710]),
    "tanh": (mpmath.tanh, reach(), SIGNED + [0, TINY, -TINY, 1e-9, -1e-20, 19, -20, 40, -100, 200, 300, 350]),
    "asinh": (mpmath.asinh, reach(), SIGNED + EXTREME + [0]),
    "acosh": (mpmath.acosh, reach(1), [1 + 2.0**-52, 1 + 1e-12, 1 + 1e-6, 1.001, 1.3, 2, 3, 12.5, 1e9, 1e20, 1e100, HUGE, 1e300]),
    "atanh": (lambda x: (mpmath.log(1 + x) - mpmath.log(1 - x)) / 2, reach(1, -1), UNIT),
    # The derivative of the number behind, not of the staircase; the test compares no value.
    "fround": (lambda x: x, reach(), SIGNED + [0, 1e20]),
}

PAIRS = [(2, 3), (-2, 3), (2, -3), (-0.7, -1.3), (0.1, 0.7), (12.5, 0.1), (0, 3), (1e9, 1e-9), (1e-20, 7)]
SCALES = [(3e200, 4e200), (-3e-200, 4e-200), (1e200, 1e-200), (1e-200, 1e200), (3e-300, 4e-300), (1e300, 3e300)]
CLOSE = [(1, 1 + 2.0**-52), (1e8, 1), (1, 1e-8)]


def both(x, y):
    return [abs(x) if x != 0 else mpf(1) * (abs(y) or 1), abs(y) if y != 0 else mpf(1) * (abs(x) or 1)]


def remainder(x, y):
    return x - y * truncate(x / y)


def remainder_reach(x, y):
    """Up to the next jump of the quotient."""
    q = x / y
    gap = min(abs(q - mp.floor(q)), abs(mp.ceil(q) - q)) or mpf(1)
    return [gap * abs(y), gap * abs(y) / max(abs(q), 1)]


def power_reach(x, y):
    return [abs(x) if x != 0 else mpf(1), mpf(1)]


BINARY = {
    "add": (lambda x, y: x + y, both, PAIRS),
    "sub": (lambda x, y: x - y, both, PAIRS),
    "mul": (lambda x, y: x * y, both, PAIRS + [(0, 0), (1e100, 1e-100)]),
    "div": (lambda x, y: x / y, both, PAIRS + SCALES + [(0, -2)]),
    "rem": (remainder, remainder_reach, [(7.5, 2), (-7.5, 2), (7.5, -2), (-7.5, -2), (1, 0.1), (0.3, 0.1), (5.1, 1.7),
            (1e20, 3), (1e200, 3), (0.5, 3), (-0.5, 3), (1e-300, 7e-301), (2.0**53, 3), (123456789.125, 0.001)]),
    "pow": (power, power_reach, [(2, 3), (2, -3), (2, 0.5), (0.5, 2), (0.7, 1.3), (12.5, -0.7), (1, 5), (1, 0.5), (3, 0), (3, 1),
            (3, 2), (1 + 2.0**-52, 1e9), (1e-9, 0.1), (1e9, 0.25), (1e-300, 0.5), (1e-150, 2), (1e100, 3), (1e200, 0.5), (1e-200, 1.5),
            (9, -0.5), (0.1, 300), (10, 307), (1e-20, -3), (2, 1023.5)]),
    "atan2": (mpmath.atan2, both, PAIRS + SCALES + CLOSE + [(2, 2), (0, 1), (1, 0), (-1, 0), (1e-300, 1), (1, 1e-300), (1e-9, -1), (-1e-9, -1)]),
    "hypot": (lambda x, y: mpmath.sqrt(x * x + y * y), both, PAIRS + SCALES + CLOSE + [(3, 4), (0, 1), (1, 0), (-5, 0)]),
    "max": (lambda x, y: max(x, y), lambda x, y: [abs(x - y)] * 2, PAIRS + CLOSE),
    "min": (lambda x, y: min(x, y), lambda x, y: [abs(x - y)] * 2, PAIRS + CLOSE),
}
# Powers at base 0 and at negative bases: defined at integer exponents only, so differences in the base alone.
POWER_BASE = [(0, 0), (0, 1), (0, 2), (0, 3), (0, 7), (-3, 2), (-3, 3), (-3, 0), (-3, 1), (-0.5, -3), (-2, -2), (-1e100, 3)]
TERNARY = {
    "hypot": (lambda *a: mpmath.sqrt(sum(x * x for x in a)), [(1, 2, 2), (-2, 3, 6), (1e200, 2e200, -2e200), (1e-200, -2e-200, 2e-200), (0, 0, 3)]),
    "max": (lambda *a: max(a), [(1, 3, 2), (3, 1, 2), (1, 2, 3)]),
    "min": (lambda *a: min(a), [(1, 3, 2), (3, 1, 2), (3, 2, 1)]),
}


def shifted(args, steps):
    return [a + s for a, s in zip(args, steps)]


def first(f, args, scales, i):
    h = scales[i] * STEP
    e = [h if j == i else mpf(0) for j in range(len(args))]
    return (f(*shifted(args, e)) - f(*shifted(args, [-x for x in e]))) / (2 * h)


def second(f, args, scales, i, j):
    g = lambda *a: first(f, list(a), scales, i)
    return first(g, args, scales, j)


def number(x):
    """The nearest double; JSON has none beyond the finite ones."""
    if mpmath.isnan(x):
        return "NaN"
    try:
        y = float(x)
    except OverflowError:
        y = float("inf") if x > 0 else float("-inf")
    if y in (float("inf"), float("-inf")):
        return "Infinity" if y > 0 else "-Infinity"
    return y


def reference(f, args, scales, which=None):
    exact = [mpf(a) for a in args]
    indices = range(len(args)) if which is None else which
    # What is left of a derivative that is 0: the noise of the last digits, and at 0 the next term, STEP² times it.
    noise = mpf(10) ** (-70 if 0 in exact else -1200)

    def clean(x, scale):
        return mpf(0) if not mpmath.isnan(x) and abs(x) < scale * noise else x

    value = f(*exact)
    size = abs(value) or mpf(1)
    partials = [clean(first(f, exact, scales, i), size / scales[i]) if i in indices else None for i in range(len(args))]
    seconds = [
        [clean(second(f, exact, scales, i, j), size / scales[i] / scales[j]) if i in indices and j in indices else None for j in range(len(args))]
        for i in range(len(args))
    ]
    show = lambda x: None if x is None else number(x)
    return {
        "args": list(args),
        "value": number(value),
        "partials": [show(x) for x in partials],
        "seconds": [[show(x) for x in line] for line in seconds],
    }


# (operation, arguments, the argument that moves); the functions on the side that is asked for.
KINKS = [
    ("abs", (0,), 0), ("sign", (0,), 0), ("sqrt", (0,), 0), ("sqrt", (-1,), 0), ("cbrt", (0,), 0),
    ("log", (0,), 0), ("log", (-2,), 0), ("log2", (0,), 0), ("log2", (-1,), 0), ("log10", (0,), 0), ("log10", (-1,), 0), ("log1p", (-1,), 0), ("log1p", (-3,), 0),
    ("asin", (1,), 0), ("asin", (-1,), 0), ("asin", (2,), 0), ("acos", (1,), 0), ("acos", (-1,), 0), ("acos", (-2,), 0),
    ("acosh", (1,), 0), ("acosh", (0,), 0), ("acosh", (-5,), 0), ("atanh", (1,), 0), ("atanh", (-1,), 0), ("atanh", (2,), 0),
    ("floor", (3,), 0), ("floor", (-2,), 0), ("floor", (0,), 0), ("ceil", (3,), 0), ("ceil", (0,), 0), ("trunc", (3,), 0), ("trunc", (-3,), 0),
    ("round", (0.5,), 0), ("round", (-0.5,), 0), ("round", (2.5,), 0),
    ("max", (2, 2), 0), ("max", (2, 2), 1), ("min", (2, 2), 0), ("min", (2, 2), 1), ("max", (1, 4, 4), 1), ("max", (1, 4, 4), 2), ("min", (0, 4, 0), 2),
    ("hypot", (0, 0), 0), ("hypot", (0, 0), 1), ("hypot", (0, 0, 0), 2), ("hypot", (0,), 0),
    ("div", (3, 0), 1), ("div", (-3, 0), 1),
    ("rem", (6, 2), 0), ("rem", (6, 2), 1), ("rem", (-6, 2), 0), ("rem", (-6, 2), 1), ("rem", (6, -2), 1), ("rem", (-6, -2), 1), ("rem", (2, 2), 1),
    ("pow", (0, 0.5), 0), ("pow", (0, 1.5), 0), ("pow", (0, 1 / 3), 0), ("pow", (0, -1), 0), ("pow", (0, -2), 0), ("pow", (0, -0.5), 0), ("pow", (-2, 0.5), 0), ("pow", (-2, 3), 1),
    ("atan2", (0, -1), 0), ("atan2", (0, -4), 0), ("atan2", (0, 0), 0), ("atan2", (0, 0), 1),
]  # fmt: skip
FUNCTIONS = {name: entry[0] for name, entry in {**UNARY, **BINARY}.items()}
FUNCTIONS.update(
    sign=mp.sign,
    floor=mp.floor,
    ceil=mp.ceil,
    trunc=truncate,
    round=lambda x: mp.floor(x + mpf(1) / 2),
    max=lambda *a: max(a),
    min=lambda *a: min(a),
    hypot=lambda *a: mpmath.sqrt(sum(x * x for x in a)),
)


def side(f, args, i, sign):
    """The limit of the derivative towards args[i] from one side; ±∞ where it grows without bound."""
    f = real(f)

    def slope(distance):
        at = [mpf(a) for a in args]
        at[i] += sign * distance
        return first(f, at, [distance] * len(args), i)

    return limit(slope)


def quotient(f, args, i, sign):
    """The same as a difference quotient from the value itself, for a function that has no limit there."""
    f = real(f)

    def slope(distance):
        at = [mpf(a) for a in args]
        at[i] += sign * distance
        return sign * (f(*at) - f(*[mpf(a) for a in args])) / distance

    return limit(slope)


def limit(slope):
    near, nearer = slope(mpf(10) ** -60), slope(mpf(10) ** -120)
    if mpmath.isnan(near) or mpmath.isnan(nearer):
        return "NaN"
    if abs(nearer) > 1000 * abs(near) and abs(nearer) > 1:
        return "Infinity" if nearer > 0 else "-Infinity"
    return 0.0 if abs(nearer) < mpf(10) ** -25 else number(nearer)


def kink(name, args, i):
    f = FUNCTIONS[name]
    if name == "atan2" and args == (0, 0):
        origin = lambda y, x: mpf(0) if x == 0 and y == 0 else mpmath.atan2(y, x)
        left, right = quotient(origin, args, i, -1), quotient(origin, args, i, 1)
    else:
        left, right = side(f, args, i, -1), side(f, args, i, 1)
    return {"operation": name, "args": list(args), "argument": i, "left": left, "right": right}


def main():
    rules = {}
    for name, (f, scale, points) in UNARY.items():
        rules[name] = [reference(f, (x,), [scale(mpf(x))]) for x in dict.fromkeys(points)]
    for name, (f, scale, points) in BINARY.items():
        rules[name] = [reference(f, p, scale(mpf(p[0]), mpf(p[1]))) for p in dict.fromkeys(points)]
    rules["pow"] += [reference(power, p, [abs(mpf(p[0])) or mpf(1), mpf(1)], [0]) for p in POWER_BASE]
    for name, (f, points) in TERNARY.items():
        rules[name] += [reference(f, p, [min(abs(mpf(x)) for x in p if x != 0)] * 3) for p in points]
    out = {"rules": rules, "kinks": [kink(*k) for k in KINKS]}
    path = os.path.join(os.path.dirname(__file__), "../../test/rules/references.json")
    lines = ["{", ' "rules": {']
    for n, (name, points) in enumerate(out["rules"].items()):
        lines.append(f'  "{name}": [')
        lines += ["   " + json.dumps(p) + ("," if q + 1 < len(points) else "") for q, p in enumerate(points)]
        lines.append("  ]" + ("," if n + 1 < len(out["rules"]) else ""))
    lines += [" },", ' "kinks": [']
    lines += ["  " + json.dumps(k) + ("," if q + 1 < len(out["kinks"]) else "") for q, k in enumerate(out["kinks"])]
    lines += [" ]", "}"]
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
