// A value as `typeset/sizing.py` writes it: four digits or more, in groups of three.
const MAX_PLAIN = 10n ** 15n;
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

function grouped(number) {
  const text = String(number);
  return number > -10_000n && number < 10_000n ? text : text.replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

function scaled([top, bottom], power) {
  const scale = 10n ** BigInt(Math.abs(power));
  return power < 0 ? fraction(top * scale, bottom) : fraction(top, bottom * scale);
}

function decimal(digits, power) {
  const point = power + 1;
  const whole = digits.slice(0, Math.max(0, point)).padEnd(point, "0") || "0";
  const part = ("0".repeat(Math.max(0, -point)) + digits.slice(Math.max(0, point))).replace(/0+$/, "");
  return part ? whole + "." + part : whole;
}

function written(value) {
  const [top, bottom] = value;
  const size = [top < 0n ? -top : top, bottom];
  const isPlain = size[0] < MAX_PLAIN * bottom;
  if (isPlain && bottom === 1n) {
    return grouped(top);
  }
  if (isPlain && size[0] >= 1000n * bottom) {
    return grouped(rounded(value));
  }
  let power = String(size[0]).length - String(bottom).length;
  if (isLess(scaled(size, power), [1n, 1n])) {
    power -= 1;
  }
  let digits = String(rounded(scaled(size, power - 3)));
  if (digits.length > 4) {
    power += 1;
    digits = "1000";
  }
  const sign = top < 0n ? "-" : "";
  if (isPlain && size[0] * 10_000n >= bottom) {
    return sign + decimal(digits, power);
  }
  const raisedPower = [...String(power)].map((one) => (one === "-" ? "⁻" : RAISED[one])).join("");
  return sign + decimal(digits, 0) + " \u00d7 10" + raisedPower;
}
