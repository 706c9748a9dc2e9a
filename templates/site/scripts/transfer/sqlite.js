// The rows of a table in a SQLite file, read from its pages. A row is an array: its rowid,
// then its columns.
const LEAF = 13;
const INTERIOR = 5;
const INTEGER_BYTES = [0, 1, 2, 3, 4, 6, 8];

function varint(data, at) {
  let value = 0;
  let place = at;
  while (data[place] > 127 && place - at < 8) {
    value = value * 128 + (data[place] & 127);
    place += 1;
  }
  return [value * 128 + data[place], place + 1];
}

function database(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pageSize = view.getUint16(16) === 1 ? 65536 : view.getUint16(16);
  const usable = pageSize - bytes[20];

  // A row that is too long for its page goes on in others.
  function payload(at, length) {
    const most = usable - 35;
    if (length <= most) {
      return bytes.subarray(at, at + length);
    }
    const least = Math.floor(((usable - 12) * 32) / 255) - 23;
    const fitting = least + ((length - least) % (usable - 4));
    let held = fitting <= most ? fitting : least;
    const whole = new Uint8Array(length);
    whole.set(bytes.subarray(at, at + held));
    let next = view.getUint32(at + held);
    while (next && held < length) {
      const start = (next - 1) * pageSize;
      const part = bytes.subarray(start + 4, start + 4 + Math.min(usable - 4, length - held));
      whole.set(part, held);
      held += part.length;
      next = view.getUint32(start);
    }
    return whole;
  }

  function record(id, data) {
    const inner = new DataView(data.buffer, data.byteOffset, data.byteLength);
    const types = [];
    let [size, at] = varint(data, 0);
    while (at < size) {
      const [type, next] = varint(data, at);
      types.push(type);
      at = next;
    }
    at = size;
    return [id, ...types.map((type) => {
      const start = at;
      if (type >= 12) {
        at += Math.floor((type - 12) / 2);
        return type % 2 ? new TextDecoder().decode(data.subarray(start, at)) : data.subarray(start, at);
      }
      if (type === 7) {
        at += 8;
        return inner.getFloat64(start);
      }
      if (type > 7 || type === 0) {
        return type ? type - 8 : null;
      }
      at += INTEGER_BYTES[type];
      let value = inner.getInt8(start);
      for (let place = start + 1; place < at; place += 1) {
        value = value * 256 + data[place];
      }
      return value;
    })];
  }

  function* rows(page, depth = 0) {
    const start = (page - 1) * pageSize;
    const head = page === 1 ? 100 : start;
    const kind = bytes[head];
    if ((kind !== LEAF && kind !== INTERIOR) || depth > 20) {
      throw new RangeError("no table");
    }
    const pointers = head + (kind === LEAF ? 8 : 12);
    for (let cell = 0; cell < view.getUint16(head + 3); cell += 1) {
      const at = start + view.getUint16(pointers + 2 * cell);
      if (kind === INTERIOR) {
        yield* rows(view.getUint32(at), depth + 1);
      } else {
        const [length, afterLength] = varint(bytes, at);
        const [id, afterId] = varint(bytes, afterLength);
        yield record(id, payload(afterId, length));
      }
    }
    if (kind === INTERIOR) {
      yield* rows(view.getUint32(head + 8), depth + 1);
    }
  }

  const tables = new Map();
  for (const [, type, name, , root] of rows(1)) {
    if (type === "table") {
      tables.set(name, root);
    }
  }
  return (name) => (tables.has(name) ? rows(tables.get(name)) : []);
}
