/* Times the kernels: reads the data once, then on each line of standard input `<letter> <times>`, and answers with the
 * nanoseconds that so many evaluations took; `<letter> 0` answers with the gradient of the first input instead. */
#include "kernels.c"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double scalars[2048], rosenbrock[ROS_N], mixture[GP], points[GNMAX * GD], views[256 * 15], weights[MP],
    batch[MBMAX * MI], targets[MBMAX], pendulum[4], options[256 * 5], out[8192], errors[2];

static void get(FILE *file, double *to, size_t count) {
  if (fread(to, sizeof(double), count, file) != count) exit(2);
}
#define GET(name) get(file, name, sizeof(name) / sizeof(double))

static double once(char letter, int i) {
  static const double seen[2] = {3, 4};
  switch (letter) {
    case 'a': {
      const double x[2] = {scalars[i & 2047], scalars[(i + 1) & 2047]};
      return g_scal(x, out);
    }
    case 'b': return g_ros(rosenbrock, ROS_N, out);
    case 'c': return g_gmm(mixture, points, 1000, out);
    case 'd': g_ba(views + 15 * (i & 255), seen, errors, out); return errors[0];
    case 'e': return g_mlp(weights, batch, targets, 1, out);
    case 'E': return g_mlp(weights, batch, targets, 32, out);
    case 'f': return g_rk(pendulum, out);
    case 'g': return g_bs(options + 5 * (i & 255), out);
  }
  return 0;
}

int main(int argc, char **argv) {
  FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
  if (!file) return 2;
  GET(scalars); GET(rosenbrock); GET(mixture); GET(points); GET(views); GET(weights); GET(batch); GET(targets);
  GET(pendulum); GET(options);
  fclose(file);
  char letter;
  int times, size;
  double sink = 0;
  while (scanf(" %c %d %d", &letter, &times, &size) == 3) {
    if (times == 0) {
      once(letter, 0);
      for (int i = 0; i < size; i++) printf("%s%.17g", i ? "," : "", out[i]);
      printf("\n");
    } else {
      struct timespec start, end;
      clock_gettime(CLOCK_MONOTONIC, &start);
      for (int i = 0; i < times; i++) sink += once(letter, i) + out[0];
      clock_gettime(CLOCK_MONOTONIC, &end);
      printf("%.0f\n", (end.tv_sec - start.tv_sec) * 1e9 + (end.tv_nsec - start.tv_nsec));
    }
    fflush(stdout);
  }
  if (sink == 0.123) printf("%g\n", sink);
  return 0;
}
