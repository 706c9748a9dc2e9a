// What the build says of the deck: all questions in few words, and the cards in shards.
const deck = { questions: new Map(), cards: {} };
const KINDS = ["concept", "coding", "system-design", "behavioral"];

window.triptychPractice = (data) => {
  if (data.words) {
    Object.assign(deck, data, { questions: new Map() });
    data.questions.forEach(([id, topic, kind, minutes, shard, tags, slugs]) => {
      const own = { id, topic, kind: KINDS[kind], minutes, shard, slugs };
      deck.questions.set(id, { ...own, tags: tags.map((at) => data.tags[at]) });
    });
  }
  Object.assign(deck.cards, data.cards);
};

// A small card is named after its question and its part: `question/part`.
function questionOf(id) {
  return deck.questions.get(id.split("/")[0]);
}

async function cardOf(id) {
  const { id: own, shard } = questionOf(id);
  if (!Object.hasOwn(deck.cards, own)) {
    await loadOnce("practice/cards-" + shard + ".js");
  }
  const card = deck.cards[own];
  const slug = id.slice(own.length + 1);
  return slug ? smallCard(card, slug) : card;
}

// A follow-up, a pitfall or a gap alone.
function smallCard(card, slug) {
  if (slug === "cloze") {
    return { prompt: card.summary, plain: card.plain, dir: card.dir, summary: card.summary, gap: true };
  }
  if (slug === "fill-in") {
    return { prompt: card.prompt, plain: card.plain, dir: card.dir, code: card.fill, gap: true };
  }
  const isOwn = (part) => part[0] === slug;
  const pitfall = (card.pitfalls || []).find(isOwn);
  const [, prompt, answer] = pitfall || (card.follow || []).find(isOwn);
  return { prompt, plain: card.plain, dir: card.dir, answer, from: card.prompt, wrong: Boolean(pitfall) };
}

function minutesOf(id) {
  return id.includes("/") ? 1 : questionOf(id).minutes;
}

function minutes(ids) {
  return ids.reduce((sum, id) => sum + minutesOf(id), 0);
}
