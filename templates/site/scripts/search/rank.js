// How well pages answer a query. `tests/search_reference.py` says the same in Python.
const EXACT = 4;
const ALIKE = 2;

// Whether one wrong, missing, added or swapped letter makes one word of the other.
function isNear(one, other) {
  const most = Math.min(one.length, other.length);
  if (Math.max(one.length, other.length) - most > 1) {
    return false;
  }
  let start = 0;
  while (start < most && one[start] === other[start]) {
    start += 1;
  }
  let end = 0;
  while (end < most - start && one.at(-1 - end) === other.at(-1 - end)) {
    end += 1;
  }
  const left = one.slice(start, one.length - end);
  const right = other.slice(start, other.length - end);
  const areTwo = left.length === 2 && right.length === 2;
  const swapped = areTwo && left[0] === right[1] && left[1] === right[0];
  return (left.length < 2 && right.length < 2) || swapped;
}

function placeOf(terms, term) {
  let low = 0;
  let high = terms.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (terms[middle] < term) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

// The terms of the index that a word of the query may mean, and how surely it does.
function matchingTerms(terms, word, isLast) {
  const found = [];
  const at = placeOf(terms, word);
  const isThere = terms[at] === word;
  if (isThere) {
    found.push([at, EXACT]);
  }
  if ((isLast || !isThere) && (word.length > 1 || hasUnspaced.test(word))) {
    for (let next = at + isThere; next < terms.length && terms[next].startsWith(word); next += 1) {
      found.push([next, ALIKE]);
    }
  }
  if (!isThere && word.length > 3) {
    terms.forEach((term, place) => {
      if (!term.startsWith(word) && isNear(word, term)) {
        found.push([place, ALIKE]);
      }
    });
  }
  return found;
}

// The pages that hold what was asked for, the best first, and the terms that they hold.
// In an index of shards a list of a frequent term is cut: it says nothing of the pages
// that it leaves out, so it does not count as a word that others lack.
async function rank(words) {
  const { common = [] } = index.root;
  const found = await rankBy(words.filter((word) => !common.includes(word)), words.at(-1));
  return found.ranked.length ? found : rankBy(words, words.at(-1));
}

async function rankBy(used, last) {
  const { cut = Infinity } = index.root;
  const totals = new Map();
  const terms = new Set();
  for (const word of used) {
    const shard = await shardOf(word);
    const best = new Map();
    let isWhole = true;
    matchingTerms(shard.terms, word, word === last).forEach(([place, certainty]) => {
      let pages = 0;
      terms.add(shard.terms[place]);
      eachPage(shard.lists[place], (number, weight) => {
        pages += 1;
        best.set(number, Math.max(best.get(number) || 0, weight * certainty));
      });
      isWhole = isWhole && pages < cut;
    });
    best.forEach((score, number) => {
      const [total, whole, count] = totals.get(number) || [0, 0, 0];
      totals.set(number, [total + score, whole + isWhole, count + 1]);
    });
  }
  const ranked = [...totals].map(([number, [total, whole, count]]) => [
    number, total * Math.max(whole, 1), count === used.length,
  ]);
  ranked.sort((one, other) => other[1] - one[1] || one[0] - other[0]);
  return { ranked, terms };
}

// A page whose title is what was asked for comes before all others.
async function titlesFirst(numbers, words) {
  const rows = await Promise.all(numbers.map(pageAt));
  const asked = words.join(" ");
  const isTitle = (at) => [...new Set(termsOf(rows[at][0]))].join(" ") === asked;
  const order = [...numbers.keys()];
  return [...order.filter(isTitle), ...order.filter((at) => !isTitle(at))].map((at) => numbers[at]);
}

// Words of the index that look like those asked for, where there is no other hit.
async function suggested(words) {
  const found = [];
  for (const word of words.filter((word) => word.length > 3)) {
    const { terms } = await shardOf(word);
    const near = terms.filter((term) => term.length > 3 && distance(word, term) <= 2);
    const start = word.slice(0, 4);
    found.push(...near, ...terms.filter((term) => term.startsWith(start)));
  }
  return [...new Set(found)].slice(0, 3);
}

function distance(one, other) {
  let row = [...other, ""].map((_, at) => at);
  [...one].forEach((letter, down) => {
    const next = [down + 1];
    [...other].forEach((against, across) => {
      const changed = row[across] + (letter !== against);
      next.push(Math.min(changed, row[across + 1] + 1, next[across] + 1));
    });
    row = next;
  });
  return row[other.length];
}
