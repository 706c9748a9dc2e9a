// The grammar of `parse/formula.py`: an error has no message, since its build found it.
const MAX_CHARS = 300;
const MAX_DEPTH = 40;
const MAX_BITS = 8192;
const PIECES = /([0-9][0-9_]*(?:\.[0-9_]+)?(?:[eE][-+]?[0-9]{1,3})?(?![\w.]))|([A-Za-z]\w*)|([-+*\/^(),])|[ \t]+|(.)/gs;

function bounded(value) {
  if (Math.max(bits(value[0]), bits(value[1])) > MAX_BITS) {
    throw new RangeError("too large");
  }
  return value;
}

function raised(base, exponent) {
  if (!base[0] && exponent[0] < 0n) {
    throw new RangeError("division by zero");
  }
  if (exponent[1] !== 1n) {
    const root = base[0] < 0n ? NaN : toFloat(base) ** toFloat(exponent);
    if (!Number.isFinite(root)) {
      throw new RangeError("no root");
    }
    return fromFloat(root);
  }
  const size = Math.max(bits(base[0]), bits(base[1]));
  const times = exponent[0] < 0n ? -exponent[0] : exponent[0];
  if (size > 1 && times * BigInt(size - 1) > BigInt(MAX_BITS)) {
    throw new RangeError("too large");
  }
  // Of 0, 1 and -1 every power is small.
  const power = size > 1 || !times ? times : (times % 2n) + 2n;
  const [top, bottom] = [base[0] ** power, base[1] ** power];
  return bounded(exponent[0] < 0n ? fraction(bottom, top) : fraction(top, bottom));
}

function binaryLog(number) {
  const shift = Math.max(0, bits(number) - 60);
  return Math.log2(Number(number >> BigInt(shift))) + shift;
}

const FUNCTIONS = {
  ceil: [1, 1, ([value]) => [-floored([-value[0], value[1]]), 1n]],
  log2: [1, 1, ([[top, bottom]]) => {
    if (top <= 0n) {
      throw new RangeError("no logarithm");
    }
    return fromFloat(binaryLog(top) - binaryLog(bottom));
  }],
  max: [2, Infinity, (values) => values.reduce((most, value) => (isLess(most, value) ? value : most))],
  min: [2, Infinity, (values) => values.reduce((least, value) => (isLess(value, least) ? value : least))],
};

function evaluate(formula, lookup) {
  if (formula.length > MAX_CHARS) {
    throw new RangeError("too long");
  }
  const pieces = [...formula.matchAll(PIECES)].filter(([, number, name, sign, other]) => number || name || sign || other);
  let at = 0;
  let depth = 0;

  function take(signs) {
    const sign = pieces[at] && pieces[at][3];
    if (!sign || !signs.includes(sign)) {
      return "";
    }
    at += 1;
    return sign;
  }

  function expect(sign) {
    if (!take(sign)) {
      throw new SyntaxError(sign);
    }
  }

  function sum() {
    let value = product();
    for (let sign = take("+-"); sign; sign = take("+-")) {
      const [top, bottom] = product();
      const other = sign === "+" ? top : -top;
      value = bounded(fraction(value[0] * bottom + other * value[1], value[1] * bottom));
    }
    return value;
  }

  function product() {
    let value = signed();
    for (let sign = take("*/"); sign; sign = take("*/")) {
      const [top, bottom] = signed();
      if (sign === "/" && !top) {
        throw new RangeError("division by zero");
      }
      const [over, under] = sign === "*" ? [top, bottom] : [bottom, top];
      value = bounded(fraction(value[0] * over, value[1] * under));
    }
    return value;
  }

  function signed() {
    depth += 1;
    if (depth > MAX_DEPTH) {
      throw new RangeError("too deep");
    }
    const sign = take("+-");
    let value = sign ? signed() : power();
    if (sign === "-") {
      value = [-value[0], value[1]];
    }
    depth -= 1;
    return value;
  }

  function power() {
    const base = atom();
    return take("^") ? raised(base, signed()) : base;
  }

  function atom() {
    const [, number, name, sign] = pieces[at] || [];
    at += 1;
    if (number) {
      return fromText(number);
    }
    if (name && Object.hasOwn(FUNCTIONS, name)) {
      return call(FUNCTIONS[name]);
    }
    if (name) {
      return lookup(name);
    }
    if (sign !== "(") {
      throw new SyntaxError("no value");
    }
    const value = sum();
    expect(")");
    return value;
  }

  function call([least, most, action]) {
    expect("(");
    const values = [sum()];
    while (take(",")) {
      values.push(sum());
    }
    expect(")");
    if (values.length < least || values.length > most) {
      throw new SyntaxError("values");
    }
    return action(values);
  }

  const value = sum();
  if (at < pieces.length) {
    throw new SyntaxError("left over");
  }
  return value;
}

// The value of each row, whatever their order; a row without one is left out.
function valuesOf(formulas) {
  const values = new Map();
  const busy = new Set();
  function lookup(name) {
    if (!values.has(name)) {
      if (busy.has(name) || !formulas.has(name)) {
        throw new RangeError(name);
      }
      busy.add(name);
      values.set(name, evaluate(formulas.get(name), lookup));
    }
    return values.get(name);
  }
  formulas.forEach((_, name) => {
    busy.clear();
    try {
      lookup(name);
    } catch (error) {
      if (!(error instanceof RangeError) && !(error instanceof SyntaxError)) {
        throw error;
      }
    }
  });
  return values;
}
