/** Rows of numbers with a wished answer 0…1 and a weight each. */
export interface Sample {
  /** count × width, row by row. */
  values: Float32Array;
  wished: Float32Array;
  weight: Float32Array;
  width: number;
}

/**
 * Logistic regression by Newton's method with a ridge penalty on standardised columns; the answer is given back for
 * the columns as they are. `ridge` is relative to a total weight of 1.
 */
export function fitLogistic(samples: readonly Sample[], ridge: number): { bias: number; weights: number[] } {
  const width = samples[0]?.width ?? 0;
  const { mean, deviation, total } = measureColumns(samples, width);
  const size = width + 1;
  let answer = new Float64Array(size);
  for (let round = 0; round < 9; round++) {
    const gradient = new Float64Array(size);
    const curve = new Float64Array(size * size);
    const row = new Float64Array(size);
    row[width] = 1;
    for (const { values, wished, weight } of samples) {
      for (let index = 0; index < wished.length; index++) {
        let sum = answer[width] as number;
        for (let column = 0; column < width; column++) {
          const value =
            ((values[index * width + column] as number) - (mean[column] as number)) / (deviation[column] as number);
          row[column] = value;
          sum += value * (answer[column] as number);
        }
        const probability = 1 / (1 + Math.exp(-sum));
        const share = (weight[index] as number) / total;
        const miss = share * (probability - (wished[index] as number));
        const bend = share * Math.max(1e-4, probability * (1 - probability));
        for (let column = 0; column < size; column++) {
          const value = row[column] as number;
          gradient[column] = (gradient[column] as number) + miss * value;
          const scaled = bend * value;
          for (let other = 0, at = column * size; other <= column; other++, at++) {
            curve[at] = (curve[at] as number) + scaled * (row[other] as number);
          }
        }
      }
    }
    for (let column = 0; column < size; column++) {
      if (column < width) gradient[column] = (gradient[column] as number) + ridge * (answer[column] as number);
      curve[column * size + column] = (curve[column * size + column] as number) + ridge;
      for (let other = 0; other < column; other++)
        curve[other * size + column] = curve[column * size + other] as number;
    }
    const step = solve(curve, gradient);
    answer = answer.map((value, index) => value - (step[index] as number));
  }
  const weights = Array.from(
    { length: width },
    (_, column) => (answer[column] as number) / (deviation[column] as number),
  );
  const bias = weights.reduce(
    (sum, weight, column) => sum - weight * (mean[column] as number),
    answer[width] as number,
  );
  return { bias, weights };
}

function measureColumns(samples: readonly Sample[], width: number) {
  const mean = new Float64Array(width);
  const square = new Float64Array(width);
  let total = 0;
  for (const { values, weight } of samples) {
    for (let index = 0; index < weight.length; index++) {
      const share = weight[index] as number;
      total += share;
      for (let column = 0; column < width; column++) {
        const value = values[index * width + column] as number;
        mean[column] = (mean[column] as number) + share * value;
        square[column] = (square[column] as number) + share * value * value;
      }
    }
  }
  const average = mean.map((sum) => sum / total);
  const deviation = square.map(
    (sum, column) => Math.sqrt(Math.max(0, sum / total - (average[column] as number) ** 2)) + 1e-6,
  );
  return { mean: average, deviation, total };
}

/** Solves `matrix` · x = `right` (n × n, row by row) by elimination with row exchange. */
function solve(matrix: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  const a = matrix.slice();
  const x = right.slice();
  for (let pivot = 0; pivot < n; pivot++) {
    let best = pivot;
    for (let row = pivot + 1; row < n; row++) {
      if (Math.abs(a[row * n + pivot] as number) > Math.abs(a[best * n + pivot] as number)) best = row;
    }
    if (best !== pivot) {
      for (let column = 0; column < n; column++) {
        const keep = a[pivot * n + column] as number;
        a[pivot * n + column] = a[best * n + column] as number;
        a[best * n + column] = keep;
      }
      const keep = x[pivot] as number;
      x[pivot] = x[best] as number;
      x[best] = keep;
    }
    for (let row = pivot + 1; row < n; row++) {
      const factor = (a[row * n + pivot] as number) / (a[pivot * n + pivot] as number);
      if (factor === 0) continue;
      for (let column = pivot; column < n; column++) {
        a[row * n + column] = (a[row * n + column] as number) - factor * (a[pivot * n + column] as number);
      }
      x[row] = (x[row] as number) - factor * (x[pivot] as number);
    }
  }
  for (let row = n - 1; row >= 0; row--) {
    let sum = x[row] as number;
    for (let column = row + 1; column < n; column++) sum -= (a[row * n + column] as number) * (x[column] as number);
    x[row] = sum / (a[row * n + row] as number);
  }
  return x;
}
