// The built-ins that call back, written in the language itself, so that a stage sees their loops. Lowered to the core
// language by scripts/build/prelude.mjs. `Array['%…']` are the evaluator's own helpers.

function needFunction(callback) {
  if (typeof callback !== 'function') throw new TypeError('what is called back is not a function');
}

const iteration = {
  forEach(callback, self) {
    needFunction(callback);
    const n = Array['%length'](this.length);
    for (let i = 0; i < n; i++) {
      if (Array['%hole'](this, i)) continue;
      Array['%call'](callback, self, this[i], i, this);
    }
  },
  map(callback, self) {
    needFunction(callback);
    const n = Array['%length'](this.length);
    const result = new Array(n);
    for (let i = 0; i < n; i++) {
      if (Array['%hole'](this, i)) continue;
      result[i] = Array['%call'](callback, self, this[i], i, this);
    }
    return Array['%like'](this, result);
  },
  filter(callback, self) {
    needFunction(callback);
    const n = Array['%length'](this.length);
    const result = [];
    for (let i = 0; i < n; i++) {
      if (Array['%hole'](this, i)) continue;
      const value = this[i];
      if (Array['%call'](callback, self, value, i, this)) result.push(value);
    }
    return Array['%like'](this, result);
  },
  some(callback, self) {
    needFunction(callback);
    const n = Array['%length'](this.length);
    for (let i = 0; i < n; i++) {
      if (Array['%hole'](this, i)) continue;
      if (Array['%call'](callback, self, this[i], i, this)) return true;
    }
    return false;
  },
  every(callback, self) {
    needFunction(callback);
    const n = Array['%length'](this.length);
    for (let i = 0; i < n; i++) {
      if (Array['%hole'](this, i)) continue;
      if (!Array['%call'](callback, self, this[i], i, this)) return false;
    }
    return true;
  },
  find(callback, self) {
    needFunction(callback);
    const n = Array['%length'](this.length);
    for (let i = 0; i < n; i++) {
      const value = this[i];
      if (Array['%call'](callback, self, value, i, this)) return value;
    }
    return undefined;
  },
  findIndex(callback, self) {
    needFunction(callback);
    const n = Array['%length'](this.length);
    for (let i = 0; i < n; i++) if (Array['%call'](callback, self, this[i], i, this)) return i;
    return -1;
  },
  findLast(callback, self) {
    needFunction(callback);
    for (let i = Array['%length'](this.length) - 1; i >= 0; i--) {
      const value = this[i];
      if (Array['%call'](callback, self, value, i, this)) return value;
    }
    return undefined;
  },
  findLastIndex(callback, self) {
    needFunction(callback);
    for (let i = Array['%length'](this.length) - 1; i >= 0; i--)
      if (Array['%call'](callback, self, this[i], i, this)) return i;
    return -1;
  },
  reduce(callback, ...initial) {
    needFunction(callback);
    const n = Array['%length'](this.length);
    let i = 0;
    let value = initial[0];
    if (initial.length === 0) {
      while (i < n && Array['%hole'](this, i)) i++;
      if (i >= n) throw new TypeError('Reduce of empty array with no initial value');
      value = this[i++];
    }
    for (; i < n; i++) {
      if (Array['%hole'](this, i)) continue;
      value = callback(value, this[i], i, this);
    }
    return value;
  },
  reduceRight(callback, ...initial) {
    needFunction(callback);
    let i = Array['%length'](this.length) - 1;
    let value = initial[0];
    if (initial.length === 0) {
      while (i >= 0 && Array['%hole'](this, i)) i--;
      if (i < 0) throw new TypeError('Reduce of empty array with no initial value');
      value = this[i--];
    }
    for (; i >= 0; i--) {
      if (Array['%hole'](this, i)) continue;
      value = callback(value, this[i], i, this);
    }
    return value;
  },
};

// Of an array whose length is unknown (in a stage): the order is found first, of which nothing depends smoothly.
function sortOpen(list, compare, typed) {
  const n = list.length;
  const values = Array['%list'](list);
  const less = (a, b) =>
    compare === undefined ? (typed ? Array['%less'](a, b) : Array['%before'](a, b)) : compare(a, b) < 0;
  const order = new Array(n);
  const next = new Array(n);
  for (let i = 0; i < n; i++) {
    order[i] = i;
    next[i] = i;
  }
  for (let width = 1; width < n; width *= 2) {
    for (let low = 0; low < n; low += 2 * width) {
      const middle = Math.min(low + width, n);
      const high = Math.min(low + 2 * width, n);
      let a = low;
      let b = middle;
      for (let k = low; k < high; k++) {
        const right = a >= middle || (b < high && less(values[order[b]], values[order[a]]));
        next[k] = order[right ? b : a];
        if (right) b++;
        else a++;
      }
    }
    for (let i = 0; i < n; i++) order[i] = next[i];
  }
  for (let i = 0; i < n; i++) list[i] = values[order[i]];
  return list;
}

// What the built-ins do to arrays of unknown length.
const open = {
  reverse() {
    for (let i = 0, j = this.length - 1; i < j; i++, j--) {
      const swapped = this[i];
      this[i] = this[j];
      this[j] = swapped;
    }
    return this;
  },
  toReversed() {
    const n = this.length;
    const result = new Array(n);
    for (let i = 0; i < n; i++) result[i] = this[n - 1 - i];
    return result;
  },
  indexOf(value, from = 0) {
    const n = this.length;
    for (let i = from < 0 ? Math.max(0, n + from) : from; i < n; i++) if (this[i] === value) return i;
    return -1;
  },
  lastIndexOf(value) {
    for (let i = this.length - 1; i >= 0; i--) if (this[i] === value) return i;
    return -1;
  },
  includes(value) {
    const n = this.length;
    for (let i = 0; i < n; i++) {
      const element = this[i];
      if (element === value || (element !== element && value !== value)) return true;
    }
    return false;
  },
  flat() {
    const n = this.length;
    const result = [];
    for (let i = 0; i < n; i++) {
      const row = this[i];
      if (!Array.isArray(row)) result.push(row);
      else for (let j = 0; j < row.length; j++) result.push(row[j]);
    }
    return result;
  },
  shift() {
    const n = this.length;
    if (n === 0) return undefined;
    const first = this[0];
    for (let i = 1; i < n; i++) this[i - 1] = this[i];
    this.pop();
    return first;
  },
  unshift(...values) {
    const n = this.length;
    const count = values.length;
    for (let k = 0; k < count; k++) this.push(0);
    for (let i = n - 1; i >= 0; i--) this[i + count] = this[i];
    for (let k = 0; k < count; k++) this[k] = values[k];
    return this.length;
  },
};

const openTyped = {
  slice(from = 0, to = this.length) {
    return Float64Array['%by'](this.constructor, Array['%list'](this).slice(from, to));
  },
  toReversed() {
    return this.slice().reverse();
  },
  set(source, offset = 0) {
    const n = source.length;
    for (let i = 0; i < n; i++) this[offset + i] = source[i];
  },
};

const arrays = {
  flatMap(callback, self) {
    needFunction(callback);
    const n = Array['%length'](this.length);
    const result = [];
    for (let i = 0; i < n; i++) {
      if (Array['%hole'](this, i)) continue;
      const made = Array['%call'](callback, self, this[i], i, this);
      if (!Array.isArray(made)) result.push(made);
      else for (let j = 0; j < made.length; j++) if (!Array['%hole'](made, j)) result.push(made[j]);
    }
    return Array['%like'](this, result);
  },
  // undefined goes last, holes after it. Short lists are sorted by binary insertion, the comparator called in the order
  // in which V8 calls it, for comparators that are not consistent; long ones by merging.
  sort(compare) {
    if (compare !== undefined) needFunction(compare);
    const kind = Array['%open'](this);
    if (kind !== undefined) return sortOpen(this, compare, kind === 'typed');
    const list = [];
    let holes = 0;
    let nothing = 0;
    const n = Array['%length'](this.length);
    for (let i = 0; i < n; i++) {
      if (Array['%hole'](this, i)) holes++;
      else if (this[i] === undefined) nothing++;
      else list.push(this[i]);
    }
    const typed = Array['%typed'](this) !== undefined;
    const less = (a, b) =>
      compare === undefined ? (typed ? Array['%less'](a, b) : Array['%before'](a, b)) : compare(a, b) < 0;
    const size = list.length;
    if (size > 1 && size < 64 && !typed) {
      const descending = less(list[1], list[0]);
      let run = 2;
      while (run < size && less(list[run], list[run - 1]) === descending) run++;
      if (descending) {
        for (let i = 0, j = run - 1; i < j; i++, j--) {
          const swapped = list[i];
          list[i] = list[j];
          list[j] = swapped;
        }
      }
      for (let start = run; start < size; start++) {
        const pivot = list[start];
        let left = 0;
        let right = start;
        while (left < right) {
          const middle = left + ((right - left) >> 1);
          if (less(pivot, list[middle])) right = middle;
          else left = middle + 1;
        }
        for (let i = start; i > left; i--) list[i] = list[i - 1];
        list[left] = pivot;
      }
      for (let i = 0; i < size; i++) this[i] = list[i];
      for (let i = 0; i < nothing; i++) this[size + i] = undefined;
      for (let i = n - holes; i < n; i++) delete this[i];
      return this;
    }
    let from = list;
    let to = list.slice();
    for (let width = 1; width < list.length; width *= 2) {
      for (let low = 0; low < list.length; low += 2 * width) {
        const middle = Math.min(low + width, list.length);
        const high = Math.min(low + 2 * width, list.length);
        let a = low;
        let b = middle;
        for (let k = low; k < high; k++) {
          const right = a >= middle || (b < high && less(from[b], from[a]));
          to[k] = right ? from[b++] : from[a++];
        }
      }
      const swap = from;
      from = to;
      to = swap;
    }
    for (let i = 0; i < from.length; i++) this[i] = from[i];
    for (let i = 0; i < nothing; i++) this[from.length + i] = undefined;
    for (let i = n - holes; i < n; i++) delete this[i];
    return this;
  },
  toSorted(compare) {
    if (compare !== undefined) needFunction(compare);
    const n = Array['%length'](this.length);
    const list = new Array(n);
    for (let i = 0; i < n; i++) list[i] = this[i];
    return list.sort(compare);
  },
};

const typed = {
  toSorted(compare) {
    if (compare !== undefined) needFunction(compare);
    return Float64Array['%copy'](this).sort(compare);
  },
  map(callback, self) {
    needFunction(callback);
    const n = this.length;
    const result = new Array(n);
    for (let i = 0; i < n; i++) result[i] = Array['%call'](callback, self, this[i], i, this);
    return Float64Array['%like'](this, result);
  },
  filter(callback, self) {
    needFunction(callback);
    const kept = [];
    for (let i = 0; i < this.length; i++)
      if (Array['%call'](callback, self, this[i], i, this)) kept.push(this[i]);
    return Float64Array['%like'](this, kept);
  },
};

const statics = {
  from(source, callback, self) {
    if (callback !== undefined) needFunction(callback);
    if (
      source !== null &&
      source !== undefined &&
      (typeof source === 'object' || typeof source === 'function') &&
      source[Symbol.iterator] === undefined
    ) {
      const n = Array['%length'](source.length);
      const result = new Array(n);
      for (let i = 0; i < n; i++)
        result[i] = callback === undefined ? source[i] : Array['%call'](callback, self, source[i], i);
      return Array['%as'](this, result);
    }
    if (callback !== undefined && Array['%lives'](source)) {
      const result = [];
      for (const value of source) result.push(Array['%call'](callback, self, value, result.length));
      return Array['%as'](this, result);
    }
    const list = Array['%list'](source);
    return Array['%as'](
      this,
      callback === undefined ? list : list.map((value, i) => Array['%call'](callback, self, value, i)),
    );
  },
};

// One group a key, in the order in which keys are met.
const objectStatics = {
  groupBy(items, callback) {
    needFunction(callback);
    const groups = Object.create(null);
    let i = 0;
    for (const value of items) {
      const key = callback(value, i++);
      if (groups[key] === undefined) groups[key] = [];
      groups[key].push(value);
    }
    return groups;
  },
};

const mapStatics = {
  groupBy(items, callback) {
    needFunction(callback);
    const groups = new Map();
    let i = 0;
    for (const value of items) {
      const key = callback(value, i++);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(value);
    }
    return groups;
  },
};

const typedStatics = {
  // Each element becomes a number when it is stored, before the next one is asked for.
  from(source, callback, self) {
    const list = Array.from(source);
    if (callback === undefined) return Float64Array['%by'](this, list);
    needFunction(callback);
    const made = Float64Array['%by'](this, new Array(list.length).fill(0));
    for (let i = 0; i < list.length; i++) made[i] = Array['%call'](callback, self, list[i], i);
    return made;
  },
};
