// Exact fractions, as a pair of whole numbers without a common divisor; the second is above 0.
function divisor(one, other) {
  return other ? divisor(other, one % other) : one;
}

function fraction(top, bottom = 1n) {
  const common = divisor(top < 0n ? -top : top, bottom < 0n ? -bottom : bottom) || 1n;
  const sign = bottom < 0n ? -1n : 1n;
  return [(sign * top) / common, (sign * bottom) / common];
}

function bits(number) {
  return (number < 0n ? -number : number).toString(2).length;
}

// The nearest floating-point number: what is left over decides only a tie.
function toFloat([top, bottom]) {
  const shift = Math.max(0, bits(bottom) - bits(top) + 66);
  const size = (top < 0n ? -top : top) << BigInt(shift);
  const whole = size / bottom;
  const kept = size % bottom ? whole | 1n : whole;
  return (top < 0n ? -1 : 1) * Number(kept) * 2 ** -shift;
}

function fromFloat(number) {
  let value = number;
  let places = 0n;
  while (!Number.isInteger(value)) {
    value *= 2;
    places += 1n;
  }
  return fraction(BigInt(value), 1n << places);
}

function fromText(text) {
  const [, whole, part = "", power = "0"] = /^([0-9]+)(?:\.([0-9]+))?(?:e([-+]?[0-9]+))?$/i.exec(text.replaceAll("_", ""));
  const places = Number(power) - part.length;
  const scale = 10n ** BigInt(Math.abs(places));
  return places < 0 ? fraction(BigInt(whole + part), scale) : fraction(BigInt(whole + part) * scale);
}

function isLess([one, under], [other, below]) {
  return one * below < other * under;
}

function floored([top, bottom]) {
  return top / bottom - (top % bottom < 0n ? 1n : 0n);
}

// Halves go to the even number.
function rounded(value) {
  const floor = floored(value);
  const rest = 2n * (value[0] - floor * value[1]) - value[1];
  return rest > 0n || (rest === 0n && floor % 2n) ? floor + 1n : floor;
}
