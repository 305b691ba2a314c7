"""Functions with statements of floating_point.py: branches, loops, locals."""


def jetEngine(x1, x2):
    t = 3 * x1 * x1 + 2 * x2 - x1
    s = x1 * x1 + 1
    d = t / s
    e = (3 * x1 * x1 - 2 * x2 - x1) / s
    return x1 + ((2 * x1 * d * (d - 3) + x1 * x1 * (4 * d - 6)) * s + 3 * x1 * x1 * d + x1 * x1 * x1 + x1 + 3 * e)


def doppler3(u, v, T):
    t1 = 331.4 + 0.6 * T
    return (-t1 * v) / ((t1 + u) * (t1 + u))


def delta(x1, x2, x3, x4, x5, x6):
    return (x1 * x4 * (-x1 + x2 + x3 - x4 + x5 + x6) + x2 * x5 * (x1 - x2 + x3 + x4 - x5 + x6)
            + x3 * x6 * (x1 + x2 - x3 + x4 + x5 - x6) + -x2 * x3 * x4 + -x1 * x3 * x5 + -x1 * x2 * x6 + -x4 * x5 * x6)


def cav10(x):
    return x * x / 10 if x * x - x >= 0 else x * x + 2


def squareRoot3(x):
    return 1 + 0.5 * x if x < 0.00001 else sqrt(1 + x)


def smartRoot(x):
    a, b, c = 3, 3.5, x
    d = b * b - a * c * 4
    if d > 10:
        if b > 0:
            return c * 2 / (-b - sqrt(d))
        return (-b + sqrt(d)) / (2 * a)
    return (-b + sqrt(d)) / (2 * a)


def quadraticStable(a, b, c):
    d = sqrt(b * b - 4 * a * c)
    return (-b - d) / (2 * a) if b >= 0 else 2 * c / (-b + d)


def expm1Branch(x):
    return x + x * x / 2 + x * x * x / 6 if abs(x) < 1e-5 else exp(x) - 1


def sincBranch(x):
    return 1 - x * x / 6 if x == 0 else sin(x) / x


def hypotScaled(x, y):
    a, b = abs(x), abs(y)
    if a < b:
        a, b = b, a
    r = b / a
    return a * sqrt(1 + r * r)


def floudas2(x1, x2):
    return -x1 - x2 if x1 + x2 < 4 else x1 * x2


def sortedTriangle(a, b, c):
    if a < b:
        a, b = b, a
    if a < c:
        a, c = c, a
    if b < c:
        b, c = c, b
    return sqrt((a + (b + c)) * (c - (a - b)) * (c + (a - b)) * (a + (b - c))) / 4


def newtonSqrt(x):
    y = x
    for _ in range(12):
        y = y - (y * y - x) / (2 * y)
    return y


def newtonRaphsonPoly(x):
    for _ in range(4):
        f = x * x * x * x * x - 10 * x * x * x * x + 40 * x * x * x - 80 * x * x + 80 * x - 32
        x = x - f / (5 * x * x * x * x - 40 * x * x * x + 120 * x * x - 160 * x + 80)
    return x


def rungeKutta(h, y, c):
    t = 0
    while t < 1:
        k1 = (c - y) * (c - y)
        k2 = (c - (y + 0.5 * h * k1)) ** 2
        k3 = (c - (y + 0.5 * h * k2)) ** 2
        k4 = (c - (y + h * k3)) ** 2
        y = y + (1 / 6) * h * (k1 + 2 * k2 + 2 * k3 + k4)
        t = t + 0.125
    return y


def trapezoid(u):
    a, b, n = 0.25, 5000, 25
    r, x = 0, mpf(a)
    h = (mpf(b) - a) / n
    for _ in range(n):
        g1 = u / (0.7 * x * x * x - 0.6 * x * x + 0.9 * x - 0.2)
        x2 = x + h
        g2 = u / (0.7 * x2 * x2 * x2 - 0.6 * x2 * x2 + 0.9 * x2 - 0.2)
        r = r + (g1 + g2) * 0.5 * h
        x = x2
    return r


def pid(m, kp, ki, kd, c):
    i, dt, invdt, eold = 0, 0.2, 5.0, 0
    for _ in range(30):
        e = c - m
        p = kp * e
        i = i + ki * dt * e
        d = kd * invdt * (e - eold)
        m = m + 0.01 * (p + i + d)
        eold = e
    return m


def leadLag(y, yd):
    xc0, xc1 = 0, 0
    for _ in range(25):
        yc = min(max(y - yd, -1), 1)
        u = 564.48 * xc0 - 1280 * yc
        n0 = 0.499 * xc0 - 0.05 * xc1 + yc
        n1 = 0.01 * xc0 + xc1
        xc0, xc1 = n0, n1
        y = y + 1e-5 * u
    return y


def odometry(sr, sl):
    theta, x, y = 0, 0, 0
    for _ in range(20):
        dl, dr = sl, sr
        d = (dl + dr) * 0.5
        arg = theta + (dr - dl) * 0.05
        cosi = 1 - arg * arg * 0.5 + arg ** 4 * 0.0416666666
        sini = arg - arg ** 3 * 0.1666666666 + arg ** 5 * 0.008333333
        x = x + d * cosi
        y = y + d * sini
        theta = theta + (dr - dl) * 0.1
    return x + y


def pendulum(theta, omega, l):
    for _ in range(40):
        k1t, k1w = omega, -9.80665 / l * sin(theta)
        k2t = omega + 0.005 * k1w
        k2w = -9.80665 / l * sin(theta + 0.005 * k1t)
        theta = theta + 0.01 * k2t
        omega = omega + 0.01 * k2w
    return theta


def lotka(x, y, a):
    for _ in range(50):
        x, y = x + 0.01 * (a * x - 0.5 * x * y), y + 0.01 * (0.3 * x * y - 0.7 * y)
    return x * y


def arcLength(a):
    n, s, t1 = 40, 0, 0
    h = PI / n
    for i in range(1, n + 1):
        x, d, t2 = i * h, 1, i * h
        for _ in range(5):
            d = 2 * d
            t2 = t2 + a * sin(d * x) / d
        s = s + sqrt(h * h + (t2 - t1) ** 2)
        t1 = t2
    return s


def logistic(r, x):
    for _ in range(12):
        x = r * x * (1 - x)
    return x


def taylorExp(x):
    term, total = 1, 1
    for k in range(1, 30):
        term = term * x / k
        total = total + term
    return total


def harmonicSum(x):
    total = 0
    for k in range(1, 60):
        total = total + 1 / (k + x)
    return total


def continuedFraction(x):
    r = x
    for k in range(20, 0, -1):
        r = k + x / r
    return r


def gramSchmidt(a, b, c, d):
    n = sqrt(a * a + b * b)
    u0, u1 = a / n, b / n
    p = c * u0 + d * u1
    v0, v1 = c - p * u0, d - p * u1
    return sqrt(v0 * v0 + v1 * v1)


def powerMethod(a, b, c, d):
    x, y = 1, 1
    for _ in range(25):
        nx, ny = a * x + b * y, c * x + d * y
        x, y = nx / ny, 1
    return c * x + d


def jacobiSolve(a, b):
    x, y, z = 0, 0, 0
    for _ in range(30):
        x, y, z = (a - 0.5 * y - 0.25 * z) / 4, (b - x - 0.5 * z) / 5, (1 - 0.3 * x - y) / 6
    return x + 2 * y + 3 * z


def agm(x, y):
    for _ in range(6):
        x, y = (x + y) / 2, sqrt(x * y)
    return x


def kahanSum(x):
    total, c = 0, 0
    for k in range(1, 30):
        y = x ** k / k - c
        t = total + y
        c = (t - total) - y
        total = t
    return total


def muller(x, y):
    # u(n+1) = 111 − 1130/u(n) + 3000/(u(n) u(n−1)): rounding errors take over after ten steps.
    for _ in range(8):
        x, y = y, 111 - 1130 / y + 3000 / (y * x)
    return y


def eulerOscillator(x, v, w):
    for _ in range(60):
        a = -w * w * x
        v = v + 0.02 * a
        x = x + 0.02 * v
    return x


def lowPass(x0, x1, x2):
    y = 0
    for x in (x0, x1, x2, x0, x1, x2):
        y = 0.9 * y + 0.1 * x
    return y


def chebyshev(x):
    t0, t1 = 1, x
    for _ in range(10):
        t0, t1 = t1, 2 * x * t1 - t0
    return t1


def horner(x):
    r = 0
    for c in (1, -12, 66, -220, 495, -792, 924, -792, 495, -220, 66, -12, 1):
        r = r * x + c
    return r


LOOPS = [
    (jetEngine, [(-3, 12), (4.5, -20), (0.3, 0.1)]),
    (doppler3, [(-30, 320, 50), (40, 500, -10)]),
    (delta, [(4, 4.5, 5, 5.5, 6, 6.25)]),
    (cav10, [(0.5,), (7,), (-2,)]),
    (squareRoot3, [(0.5,), (1e-6,)]),
    (smartRoot, [(-1,), (0.1,), (1,)]),
    (quadraticStable, [(1, 5, 2), (1, -5, 2), (1, 1e6, 1), (1, -1e6, 1)]),
    (expm1Branch, [(0.5,), (1e-6,), (-1e-4,)]),
    (sincBranch, [(0.5,), (-3,)]),
    (hypotScaled, [(3, 4), (-4, 3), (1e200, 1e199)]),
    (floudas2, [(1, 2), (3, 4)]),
    (sortedTriangle, [(3, 4, 5), (5, 3, 4), (4.5, 9, 4.51)]),
    (newtonSqrt, [(2,), (1000,)]),
    (newtonRaphsonPoly, [(0.5,), (1.2,)]),
    (rungeKutta, [(0.01, 10.1, 20.1), (0.1, 1, 3)]),
    (trapezoid, [(1.11,), (2.2,)]),
    (pid, [(8, 9.4514, 0.69006, 2.8454, 5), (5, 2, 1, 0.1, 6)]),
    (leadLag, [(0.3, 0.1), (2.5, 0.5)]),
    (odometry, [(0.0785398163397, 0.0525398163397)]),
    (pendulum, [(1, 0.5, 2), (3, 0, 0.5)]),
    (lotka, [(1, 2, 1.1)]),
    (arcLength, [(1,), (0.5,)]),
    (logistic, [(2.5, 0.2), (3.8, 0.3)]),
    (taylorExp, [(1.5,), (-10,)]),
    (harmonicSum, [(0.5,), (100,)]),
    (continuedFraction, [(2.5,)]),
    (gramSchmidt, [(1, 2, 3, 4.5), (1, 2, 1.0001, 2)]),
    (powerMethod, [(2, 1, 1, 3)]),
    (jacobiSolve, [(1, 2)]),
    (agm, [(1, 2), (24, 6)]),
    (kahanSum, [(0.5,), (0.9,)]),
    (muller, [(2, -4)]),
    (eulerOscillator, [(1, 0, 2)]),
    (lowPass, [(1, 2, 4)]),
    (chebyshev, [(0.3,), (0.99,)]),
    (horner, [(2.5,), (1.01,)]),
]
