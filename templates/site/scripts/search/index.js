// The index: all of it in one file, or a root that says in which shard the rest is.
const index = { shards: [], pages: [], flags: "", root: undefined };

window.triptychIndex = (data) => {
  if (data.words) {
    index.root = data;
  }
  if (data.terms !== undefined) {
    index.shards[data.shard || 0] = decoded(data.terms);
  }
  (data.pages || []).forEach((row, at) => {
    index.pages[(data.from || 0) + at] = row;
  });
  index.flags = data.flags || index.flags;
};

function load(name) {
  return loadOnce("search/" + name + ".js");
}

function decoded(text) {
  const shard = { terms: [], lists: [] };
  let term = "";
  text.split("\n").forEach((line) => {
    const gap = line.indexOf(" ");
    term = term.slice(0, parseInt(line[0], 36)) + line.slice(1, gap);
    shard.terms.push(term);
    shard.lists.push(line.slice(gap + 1));
  });
  return shard;
}

// Calls `action` with each page of a term and its weight.
function eachPage(list, action) {
  let number = 0;
  for (const [, step, weight] of list.matchAll(/([0-9a-z]+)([A-Z])/g)) {
    number += parseInt(step, 36);
    action(number, weight.charCodeAt(0) - 65);
  }
}

async function shardOf(term) {
  const starts = index.root.starts;
  if (!starts) {
    return index.shards[0];
  }
  const after = starts.findIndex((start) => start > term);
  const at = Math.max(0, (after < 0 ? starts.length : after) - 1);
  await load("terms-" + at);
  return index.shards[at];
}

async function pageAt(number) {
  if (!index.pages[number]) {
    await load("pages-" + Math.floor(number / index.root.each));
  }
  return index.pages[number];
}
