/* The Gaussian mixture's gradient by ADOL-C: taped once, evaluated as often as is asked for (see driver.c). */
#include <adolc/adolc.h>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <vector>

static const int D = 10, K = 25, N = 1000, TRIANGLE = D * (D + 1) / 2, SIZE = K + K * D + K * TRIANGLE;

template <typename T> static T logSumExp(const T *v, int n) {
  T m = v[0];
  for (int i = 1; i < n; i++) m = fmax(m, v[i]);
  T s = 0;
  for (int i = 0; i < n; i++) s += exp(v[i] - m);
  return log(s) + m;
}

template <typename T> static T mixture(const T *p, const double *x) {
  std::vector<T> diagonal(K * D), sums(K), terms(K), centred(D), q(D);
  const T *means = p + K, *factors = p + K + K * D;
  for (int k = 0; k < K; k++) {
    sums[k] = 0;
    for (int j = 0; j < D; j++) {
      sums[k] += factors[k * TRIANGLE + j];
      diagonal[k * D + j] = exp(factors[k * TRIANGLE + j]);
    }
  }
  T total = 0;
  for (int i = 0; i < N; i++) {
    for (int k = 0; k < K; k++) {
      for (int j = 0; j < D; j++) {
        centred[j] = x[i * D + j] - means[k * D + j];
        q[j] = diagonal[k * D + j] * centred[j];
      }
      const T *l = factors + k * TRIANGLE + D;
      for (int c = 0; c < D; c++)
        for (int r = c + 1; r < D; r++) q[r] += *l++ * centred[c];
      T square = 0;
      for (int j = 0; j < D; j++) square += q[j] * q[j];
      terms[k] = p[k] + sums[k] - 0.5 * square;
    }
    total += logSumExp(terms.data(), K);
  }
  T frobenius = 0;
  for (int k = 0; k < K; k++) {
    for (int j = 0; j < D; j++) frobenius += diagonal[k * D + j] * diagonal[k * D + j];
    for (int j = D; j < TRIANGLE; j++) frobenius += factors[k * TRIANGLE + j] * factors[k * TRIANGLE + j];
  }
  return total - N * logSumExp(p, K) + 0.5 * frobenius;
}

int main(int argc, char **argv) {
  FILE *file = argc > 1 ? fopen(argv[1], "rb") : nullptr;
  if (!file) return 2;
  std::vector<double> p(SIZE), x(N * D), gradientOf(SIZE);
  fseek(file, (2048 + 1000) * sizeof(double), SEEK_SET);
  if (fread(p.data(), sizeof(double), SIZE, file) != SIZE) return 2;
  if (fread(x.data(), sizeof(double), x.size(), file) != x.size()) return 2;
  fclose(file);
  trace_on(1);
  std::vector<adouble> active(SIZE);
  for (int i = 0; i < SIZE; i++) active[i] <<= p[i];
  double value;
  mixture(active.data(), x.data()) >>= value;
  trace_off();
  char letter;
  int times, size;
  while (scanf(" %c %d %d", &letter, &times, &size) == 3) {
    if (times == 0) {
      gradient(1, SIZE, p.data(), gradientOf.data());
      for (int i = 0; i < size; i++) printf("%s%.17g", i ? "," : "", gradientOf[i]);
      printf("\n");
    } else {
      const auto start = std::chrono::steady_clock::now();
      for (int i = 0; i < times; i++) gradient(1, SIZE, p.data(), gradientOf.data());
      const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
      printf("%.0f\n", took.count());
    }
    fflush(stdout);
  }
  return 0;
}
