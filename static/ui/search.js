// Places by what somebody types: what geo/search/finding.py does, on the same names, at once.
// tests/geo/search holds both to the same answers.
//
// index: {types: [[letters, types, "before" or "after"]],
//         units: [[key, name, note, type, depth, above, heirs, same, until, names]]}
//   above and heirs are orders of units; before a name ~ is another name, = initials,
//   ! a name that is meant only where its type is written

const EXACT = 0, FIRST_WORDS = 1, START = 2, WORD = 3, IN_WORD = 4, NEAR = 5, HOME = 6;
const MOST_WRONG = 2, FEWEST_FOR_PARTS = 3, FEWEST_FOR_TYPOS = 5, MOST_WORDS = 12, PROVINCE = 2, DISTRICT = 3;
const TIERS = {
  province: 2, city_central: 2, urban_district: 3, district: 3, town: 3, city: 3,
  city_in_central: 3, ward: 4, commune: 4, township: 4, special_zone: 4,
};
const GRADES = { town: 1, township: 1, district: 2, commune: 2 };
const TONES = { "\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j" };
const MARKS = { "\u0302": "^", "\u0306": "(", "\u031b": "+" };
const ALPHABET = "abcdefghijklmnopqrstuvwxyz";
const ERAS = new Set(["cu", "moi"]);
const vowel = (char) => char !== undefined && "aeiouy".includes(char);

// --- words: [{bare, marks, tones}], as geo/search/words.py makes them

function cells(text) {
  const found = [];
  const tidy = text.replace(/[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060\ufeff]/g, "")
    .replace(/[ÐƉðɖ]/g, "đ").replace(/[Ǎǎ]/g, "ă")
    .replace(/(\p{Ll})(?=\p{Lu})/gu, "$1 ").normalize("NFKC").normalize("NFD").toLowerCase();
  for (const char of tidy) {
    const last = found[found.length - 1];
    if (char in TONES) last && (last[2] = TONES[char]);
    else if (char in MARKS) last && (last[1] = MARKS[char]);
    else if (/\p{M}/u.test(char)) last && (last[1] = "?");
    else if (char === "đ") found.push(["d", "-", "0"]);
    else found.push([char, "0", "0"]);
  }
  return found;
}

function gathered(word) {
  const moved = word.map(() => "0");
  word.forEach(([, , tone], at) => {
    if (tone === "0") return;
    let first = at;
    while (first && vowel(word[first - 1][0])) first -= 1;
    if (moved[first] === "0") moved[first] = tone;
  });
  return moved;
}

const lone = (bare) => bare.replace(/(?<![aeiou])y|(?<=qu)y/g, "i");

function made(word) {
  return { bare: lone(word.map((cell) => cell[0]).join("")),
    marks: word.map((cell) => cell[1]).join(""), tones: gathered(word).join("") };
}

export function words(text) {
  const found = [];
  let word = [];
  for (const cell of [...cells(text), [" "]]) {
    if (/[\p{L}\p{N}]/u.test(cell[0])) { word.push(cell); continue; }
    if (word.length) found.push(made(word));
    word = [];
  }
  return found.map((one) => {
    const zeros = /(?<!\d)0+(?=\d)/.exec(one.bare);
    return zeros ? joined([until(one, zeros.index), cut(one, zeros.index + zeros[0].length)]) : one;
  });
}

const cut = (word, at) => ({
  bare: word.bare.slice(at), marks: word.marks.slice(at), tones: word.tones.slice(at),
});

const until = (word, at) => ({
  bare: word.bare.slice(0, at), marks: word.marks.slice(0, at), tones: word.tones.slice(0, at),
});

const joined = (parts) => ({
  bare: parts.map((part) => part.bare).join(""),
  marks: parts.map((part) => part.marks).join(""),
  tones: parts.map((part) => part.tones).join(""),
});

function startsOf(parts) {
  const found = new Set([0]);
  let at = 0;
  for (const part of parts) found.add(at += part.bare.length);
  return found;
}

function after(parts, letters) {
  const left = [...parts];
  while (left.length && letters >= left[0].bare.length) letters -= left.shift().bare.length;
  if (letters && left.length) left[0] = cut(left[0], letters);
  return left;
}

function ways(parts, types) {
  const found = [{ core: parts, types: null, glued: false }];
  const whole = joined(parts).bare, ends = startsOf(parts);
  let together = false;
  for (const [letters, meant, place] of types) {
    if (place === "after") {
      const at = whole.length - letters.length;
      if (at > 0 && letters.length > 3 && parts.length === 1 && whole.endsWith(letters)) {
        found.push({ core: [until(parts[0], at)], types: meant, glued: true });
      } else if (at > 0 && whole.endsWith(letters) && ends.has(at)) {
        const kept = [...parts];
        for (let left = letters.length; left > 0;) left -= kept.pop().bare.length;
        found.push({ core: kept, types: meant, glued: false });
      }
      continue;
    }
    if (!whole.startsWith(letters) || whole.length === letters.length) continue;
    const numbered = /\d/.test(whole[letters.length]);
    if (ends.has(letters.length) || (numbered && letters !== "t")) {
      found.push({ core: after(parts, letters.length), types: meant, glued: false });
    } else if (letters.length > 1 && !together) {
      together = true;
      found.push({ core: after(parts, letters.length), types: meant, glued: true });
    }
  }
  return found;
}

// Numbers written together with names: "hcm1" is hcm 1, "q3p5" q3 p5.
const numbersApart = (parts) => parts.flatMap((part) => {
  const several = [...part.bare.matchAll(/\p{L}+\d+/gu)];
  if (several.length > 1) {
    return several.map((one) => cut(until(part, one.index + one[0].length), one.index));
  }
  const at = part.bare.search(/\d/);
  const apart = at > 0 && /^\d+$/.test(part.bare.slice(at));
  return apart ? [until(part, at), cut(part, at)] : [part];
});

const DOUBLED = { a: "^", e: "^", o: "^" }, HORNED = { a: "(", o: "+", u: "+" };

function untelexed(part) {
  const letters = [];
  let tone = "0";
  [...part.bare].forEach((char, at) => {
    const last = letters[letters.length - 1];
    if (char === "d" && last?.[0] === "d" && letters.length === 1) last[1] = "-";
    else if (char in DOUBLED && char === last?.[0]) last[1] = DOUBLED[char];
    else if (char === "w" && last && last[0] in HORNED) {
      const pair = letters.slice(-2).map((cell) => cell[0]).join("") === "uo";
      for (const cell of letters.slice(pair ? -2 : -1)) cell[1] = HORNED[cell[0]];
    } else if ("fsrxj".includes(char) && letters.some((cell) => vowel(cell[0]))
        && /^(?:c|ch|m|n|ng|nh|p|t)?$/.test(part.bare.slice(at + 1))) tone = char;
    else letters.push([char, part.marks[at], part.tones[at]]);
  });
  const first = letters.findIndex((cell) => vowel(cell[0]));
  if (tone !== "0" && first >= 0) letters[first][2] = tone;
  return { bare: lone(letters.map((cell) => cell[0]).join("")),
    marks: letters.map((cell) => cell[1]).join(""), tones: letters.map((cell) => cell[2]).join("") };
}

// --- the index, made once of what was fetched

const PLAIN = /^[\x00-\x7f]*$/;

// One name: its letters at once, its marks and tones when they are first asked for.
function nameOf(at, text, called, typed) {
  const plain = text.replace(/(\p{Ll})(?=\p{Lu})/gu, "$1 ")
    .normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d");
  const starts = [0];
  let bare = "", key = null;
  for (const word of plain.toLowerCase().split(/[^a-z0-9]+/)) {
    if (!word) continue;
    bare += (word.includes("y") ? lone(word) : word).replace(/(?<!\d)0+(?=\d)/, "");
    starts.push(bare.length);
  }
  return { at, called, typed, bare, starts, accented: !PLAIN.test(text),
    get key() { return key ||= joined(words(text)); } };
}

export function prepared(index) {
  const entries = [], exact = new Map(), codes = new Map();
  index.units.forEach((unit, at) => {
    const [key, , , , , , , , until, names] = unit;
    names.forEach((text) => {
      const sign = /^[~=]?!?/.exec(text)[0];
      const called = sign.startsWith("~") ? 1 : sign.startsWith("=") ? 2 : 0;
      const entry = nameOf(at, text.slice(sign.length), called, sign.endsWith("!"));
      entries.push(entry);
      const alike = exact.get(entry.bare);
      alike ? alike.push(entry) : exact.set(entry.bare, [entry]);
    });
    const code = key.split(":")[1];
    if (!until) codes.has(code) ? codes.get(code).push(at) : codes.set(code, [at]);
  });
  return { ...index, entries, exact, codes };
}

const accented = (key) => /[^0]/.test(key.marks + key.tones);

function wrong(wanted, found, at) {
  let n = 0;
  for (let i = 0; i < wanted.bare.length && at + i < found.bare.length; i += 1) {
    n += wanted.marks[i] !== "0" && wanted.marks[i] !== found.marks[at + i];
    n += wanted.tones[i] !== "0" && wanted.tones[i] !== found.tones[at + i];
  }
  return n;
}

const editionOf = (unit) => unit[0].split(":")[0];

function less(a, b) {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}

function rank(index, entry, amiss, how, other, wanted, edition, era) {
  const unit = index.units[entry.at], past = editionOf(unit) !== "2025";
  const bare = !accented(wanted) && entry.accented;
  return [amiss, how, era ? Number(era === "moi" ? past : !past) : 0, Number(entry.called === 2),
    other, unit[4], Number(unit[8] !== ""),
    entry.called, how === EXACT ? Number(bare) : 0, Number(editionOf(unit) !== edition),
    entry.bare.length - wanted.bare.length, Number(editionOf(unit) === "2019"), GRADES[unit[3]] ?? 0, entry.at];
}

function otherType(index, entry, way) {
  const own = index.units[entry.at][3];
  if (!way.types || way.types.includes(own)) return 0;
  const near = way.types.some((type) => TIERS[type] === TIERS[own]);
  return way.glued || entry.typed || !near ? null : 1;
}

// Places called so; "whole": none whose names only contain it; "numbered": also a number alone.
function named(index, parts, edition, era = "", whole = false, numbered = false) {
  const best = new Map();
  const add = (at, found) => {
    if (!best.has(at) || less(found, best.get(at)) < 0) best.set(at, found);
  };
  for (const way of ways(parts, index.types)) {
    const wanted = joined(way.core);
    if (!wanted.bare) continue;
    for (const entry of index.exact.get(wanted.bare) || []) {
      if (entry.typed && !way.types && !numbered) continue;
      const other = otherType(index, entry, way), amiss = wrong(wanted, entry.key, 0);
      if (other === null || amiss > MOST_WRONG || (other && amiss)) continue;
      add(entry.at, rank(index, entry, amiss, EXACT, other, wanted, edition, era));
    }
    if (way.glued || era || whole || /^\d+$/.test(wanted.bare)) continue;
    begun(index, way, wanted, edition, add);
  }
  return best;
}

function begun(index, way, wanted, edition, add) {
  const long = wanted.bare.length >= FEWEST_FOR_PARTS, size = wanted.bare.length;
  for (const entry of index.entries) {
    const { bare } = entry;
    if (entry.typed || entry.called === 2 || !bare.includes(wanted.bare)) continue;
    if (way.types && !way.types.includes(index.units[entry.at][3])) continue;
    for (const at of entry.starts) {
      if ((at && !long) || !bare.startsWith(wanted.bare, at)) continue;
      const end = at + size;
      if (end === bare.length && at === 0) continue;
      if (/\d/.test(wanted.bare[size - 1]) && /\d/.test(bare[end] || "")) continue;
      if (accented(wanted) && wrong(wanted, entry.key, at)) continue;
      const whole = entry.starts.includes(end);
      const how = at === 0 ? (whole ? FIRST_WORDS : START) : (whole ? WORD : IN_WORD);
      add(entry.at, rank(index, entry, 0, how, 0, wanted, edition, ""));
    }
  }
}

const sure = (best) => [...best.values()].some((found) => found[0] === 0 && found[1] === EXACT);

// A name with what it lies in behind it or before; "seen" keeps what was read of it.
function inside(index, parts, edition, seen = new Map()) {
  if (parts.length > MOST_WORDS) return new Map();
  const key = parts.map((part) => part.bare + part.marks + part.tones).join(" ");
  if (!seen.has(key)) seen.set(key, parted(index, parts, edition, seen));
  return seen.get(key);
}

function parted(index, parts, edition, seen) {
  for (let at = parts.length - 1; at > 0; at -= 1) {
    const left = parts.slice(0, at), right = parts.slice(at);
    const found = lyingIn(index, right, left, edition, seen);
    for (const [place, how] of lyingIn(index, left, right, edition, seen)) found.set(place, how);
    if (found.size) return found;
  }
  return new Map();
}

function lyingIn(index, inner, home, edition, seen) {
  let homes = named(index, home, edition, "", true);
  if (!sure(homes)) homes = inside(index, home, edition, seen);
  const keys = new Set(), found = new Map();
  for (const [at, how] of homes) {
    const depth = index.units[at][4];
    if (how[0] === 0 && how[1] === EXACT && (depth === PROVINCE || depth === DISTRICT)) {
      keys.add(index.units[at][0]);
    }
  }
  if (!keys.size) return found;
  for (const [place, how] of named(index, inner, edition, "", true, true)) {
    if (how[0] || how[1] !== EXACT) continue;
    if (index.units[place][5].some((at) => keys.has(index.units[at][0]))) found.set(place, how);
  }
  return found;
}

function found(index, parts, edition) {
  const best = named(index, parts, edition);
  if (sure(best)) return best;
  const last = parts[parts.length - 1]?.bare;
  if (parts.length > 1 && ERAS.has(last)) {
    const era = named(index, parts.slice(0, -1), edition, last);
    if (sure(era)) return era;
  }
  const within = inside(index, parts, edition);
  if (within.size) return within;
  const read = parts.map(untelexed);
  if (read.some((part, at) => JSON.stringify(part) !== JSON.stringify(parts[at]))) {
    let again = named(index, read, edition);
    if (!sure(again)) again = inside(index, read, edition);
    if (sure(again)) return new Map([...again].filter(([, how]) => how[1] <= FIRST_WORDS));
  }
  const apart = numbersApart(parts);
  if (apart.length > parts.length) {
    const there = inside(index, apart, edition);
    if (there.size) return there;
  }
  const near = mistyped(index, parts, edition, best);
  return near.size ? near : homesOf(index, apart, edition);
}

// What something unknown is said to lie in: the longest name of it.
function homesOf(index, parts, edition) {
  const near = new Map();
  for (let size = Math.min(parts.length - 1, MOST_WORDS); size > 0 && !near.size; size -= 1) {
    for (const home of [parts.slice(-size), parts.slice(0, size)]) {
      const { bare } = joined(home);
      if (bare.length < FEWEST_FOR_PARTS && !/\D.*\d$/.test(bare)) continue;
      for (const [at, how] of named(index, home, edition, "", true)) {
        const depth = index.units[at][4];
        if (how[0] || how[1] !== EXACT || how[3] || (depth !== PROVINCE && depth !== DISTRICT)) continue;
        if (!near.has(at)) near.set(at, [0, HOME, ...how.slice(2)]);
      }
    }
  }
  return near;
}

// --- one letter wrong, as geo/search/typos.py has it

const twiceAtEnd = ({ bare }) => bare.length > 1 && bare.at(-1) === bare.at(-2);

function oneOff(letters) {
  if (letters.length < FEWEST_FOR_TYPOS || !/^[a-z]+$/.test(letters)) return [];
  const found = [];
  for (let at = 0; at <= letters.length; at += 1) {
    const head = letters.slice(0, at), tail = letters.slice(at);
    if (tail) {
      found.push(head + tail.slice(1));
      for (const other of ALPHABET) found.push(head + other + tail.slice(1));
    }
    if (tail.length > 1) found.push(head + tail[1] + tail[0] + tail.slice(2));
    for (const other of ALPHABET) found.push(head + other + tail);
  }
  return found;
}

function mistyped(index, parts, edition, best) {
  const twice = new Map(best);
  const long = joined(parts).bare.length >= FEWEST_FOR_TYPOS;
  const sought = [...best.values()].every((how) => how[1] > FIRST_WORDS);
  if (long && sought && parts.some(twiceAtEnd)) {
    const read = parts.map((part) => (twiceAtEnd(part) ? {
      bare: part.bare.slice(0, -1), marks: part.marks.slice(0, -1), tones: part.tones.slice(0, -1),
    } : part));
    for (const [at, how] of named(index, read, edition)) {
      if (how[0] || how[1] !== EXACT || index.units[at][4] !== PROVINCE) continue;
      twice.set(at, [0, FIRST_WORDS, ...how.slice(2)]);
    }
  }
  if (twice.size) return twice;
  const near = new Map();
  for (const way of ways(parts, index.types)) {
    const wanted = joined(way.core);
    for (const bare of way.glued ? [] : oneOff(wanted.bare)) {
      for (const entry of index.exact.get(bare) || []) {
        if (entry.typed || entry.called === 2) continue;
        if (way.types && !way.types.includes(index.units[entry.at][3])) continue;
        const how = rank(index, entry, 0, NEAR, 0, wanted, edition, "");
        if (!near.has(entry.at) || less(how, near.get(entry.at)) < 0) near.set(entry.at, how);
      }
    }
  }
  return near;
}

function byCode(index, query, edition, best) {
  const read = /^(vn[ ._-]*)?([0-9]+)$/i.exec(query.trim());
  if (!read) return;
  const [, before, typed] = read;
  const longer = [2, 3, 5].filter((n) => n > typed.length);
  const whole = new Set([typed, ...longer.map((n) => typed.padStart(n, "0"))]);
  [...whole].forEach((code, order) => {
    for (const at of index.codes.get(code) || []) {
      const unit = index.units[at];
      const former = unit[4] === DISTRICT ? -at : Number(editionOf(unit) !== edition);
      // Behind "VN-" stands the code of the standard first.
      const how = [0, EXACT, 0, before ? 2 : 0, 0, 0, order, former, at];
      if (!best.has(at) || less(how, best.get(at)) < 0) best.set(at, how);
    }
  });
  if (typed.length < 2 || before) return;
  for (const [code, places] of index.codes) {
    if (code === typed || !code.startsWith(typed)) continue;
    for (const at of places) {
      if (!best.has(at)) best.set(at, [0, START, 0, 0, 0, index.units[at][4], at]);
    }
  }
}

// The places found, the one meant first: [{key, name, note, whole}].
export function search(index, query, { edition = "2025", only = false, limit = 20 } = {}) {
  const best = found(index, words(query), edition);
  byCode(index, query, edition, best);
  const hits = new Map();
  for (const at of [...best.keys()].sort((a, b) => less(best.get(a), best.get(b)))) {
    if (hits.size >= limit) break;
    const unit = index.units[at];
    const on = !only || editionOf(unit) === edition;
    const places = on ? [at] : unit[6].filter((to) => editionOf(index.units[to]) === edition);
    for (const place of places) {
      const [key, name, told, , , , , same, until] = index.units[place];
      const note = place === at ? told : unit[1] + (told ? ` · ${told}` : "");
      const known = same && !only ? same : key + until;
      if (!hits.has(known)) hits.set(known, { key, name, note, whole: best.get(at)[1] === EXACT });
    }
  }
  return [...hits.values()].slice(0, limit);
}
