// What the build says of the deck: all questions in few words, and the cards in shards.
const deck = { questions: new Map(), cards: {} };
const KINDS = ["concept", "coding", "system-design", "behavioral", "cards"];

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

// A small card is named after its question and its part: `question/part`, and a plain card
// after its file and its own name.
function questionOf(id) {
  return deck.questions.get(id.split("/")[0]);
}

function isPlain(id) {
  return questionOf(id).kind === "cards";
}

async function cardOf(id) {
  const { id: own, shard, slugs } = questionOf(id);
  const slug = id.slice(own.length + 1);
  const key = isPlain(id) ? id : own;
  if (!Object.hasOwn(deck.cards, key)) {
    const later = isPlain(id) ? Math.floor(slugs.indexOf(slug) / deck.cardsPerShard) : 0;
    await loadOnce("practice/cards-" + (shard + later) + ".js");
  }
  const card = deck.cards[key];
  return slug && key === own ? smallCard(card, slug) : card;
}

// A follow-up, a pitfall or a gap alone.
function smallCard(card, slug) {
  if (slug === "cloze") {
    return { prompt: card.summary, plain: card.plain, dir: card.dir, gap: true };
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
  const { kind, minutes: own } = questionOf(id);
  if (kind === "cards") {
    return deck.cardSeconds / 60;
  }
  return id.includes("/") ? 1 : own;
}

function minutes(ids) {
  return Math.max(1, Math.round(ids.reduce((sum, id) => sum + minutesOf(id), 0)));
}
