// A QR code (ISO/IEC 18004) of a text, in bytes, with error correction M: what an authenticator app reads from the screen.

/** By version, from 1 to 20: how many codewords a block has for correction, and how many blocks there are. */
const CORRECTION = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];

/** Powers of two in the field of 256, and their logarithms. */
const POWER = [1];
for (let at = 1; at < 255; at += 1) POWER.push((POWER[at - 1] << 1) ^ (POWER[at - 1] & 128 ? 0x11d : 0));
const LOG = POWER.reduce((/** @type {number[]} */ all, power, at) => { all[power] = at; return all; }, []);
/** @param {number} a @param {number} b */
const times = (a, b) => (a && b ? POWER[(LOG[a] + LOG[b]) % 255] : 0);

/** The remainder of a block, by which it is corrected. @param {number[]} data @param {number} degree */
function correction(data, degree) {
  let divisor = [1];
  for (let at = 0; at < degree; at += 1) divisor = [...divisor, 0].map((one, place) => one ^ times(place ? divisor[place - 1] : 0, POWER[at]));
  const rest = [...data, ...Array(degree).fill(0)];
  data.forEach((_, at) => { const factor = rest[at]; divisor.forEach((one, place) => { rest[at + place] ^= times(one, factor); }); });
  return rest.slice(data.length);
}

/** How many codewords fit. @param {number} version */
function capacity(version) {
  const aligned = Math.floor(version / 7) + 2;
  let modules = (16 * version + 128) * version + 64;
  if (version > 1) modules -= (25 * aligned - 10) * aligned - 55;
  if (version > 6) modules -= 36;
  return Math.floor(modules / 8);
}

/** @param {number} version */
function alignments(version) {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2, last = 4 * version + 10, step = Math.ceil((4 * version + 4) / (count * 2 - 2)) * 2;
  return [6, ...Array.from({ length: count - 1 }, (_, at) => last - step * (count - 2 - at))];
}

/** @type {((x: number, y: number) => number)[]} */
const MASKS = [
  (x, y) => (x + y) % 2, (_, y) => y % 2, (x) => x % 3, (x, y) => (x + y) % 3, (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => ((x * y) % 2) + ((x * y) % 3), (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2, (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
];

/** A value followed by the remainder that protects it. @param {number} value @param {number} divisor @param {number} bits */
function protect(value, divisor, bits) {
  let rest = value << bits;
  for (let at = 31 - Math.clz32(rest); at >= bits; at -= 1) if ((rest >> at) & 1) rest ^= divisor << (at - bits);
  return (value << bits) | rest;
}

/** All codewords in the order in which they are drawn. @param {Uint8Array} bytes @param {number} version */
function codewords(bytes, version) {
  const total = capacity(version), blocks = BLOCKS[version - 1], degree = CORRECTION[version - 1], room = total - blocks * degree;
  const bits = [...[[4, 4], [bytes.length, version < 10 ? 8 : 16], ...[...bytes].map((byte) => [byte, 8])].map(([value, length]) => value.toString(2).padStart(length, "0"))].join("");
  const padded = bits.padEnd(Math.min(room * 8, bits.length + 4), "0");
  const data = (padded.padEnd(Math.ceil(padded.length / 8) * 8, "0").match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2));
  for (let at = 0; data.length < room; at += 1) data.push(at % 2 ? 0x11 : 0xec);
  const short = blocks - (room % blocks), length = Math.floor(room / blocks);
  let from = 0;
  const parts = Array.from({ length: blocks }, (_, at) => data.slice(from, (from += length + (at < short ? 0 : 1))));
  const corrected = parts.map((part) => correction(part, degree));
  const across = (/** @type {number[][]} */ rows) => Array.from({ length: Math.max(...rows.map((row) => row.length)) }, (_, at) => rows.flatMap((row) => (at < row.length ? [row[at]] : []))).flat();
  return [...across(parts), ...across(corrected)];
}

/** How hard a drawing is to read. @param {boolean[][]} rows */
function penalty(rows) {
  const size = rows.length, columns = rows.map((_, x) => rows.map((row) => row[x]));
  let sum = 0;
  for (const line of [...rows, ...columns].map((row) => row.map(Number).join(""))) {
    for (const [run] of line.matchAll(/0{5,}|1{5,}/g)) sum += run.length - 2;
    sum += 40 * [...line.matchAll(/(?=10111010000|00001011101)/g)].length;
  }
  for (let y = 1; y < size; y += 1) for (let x = 1; x < size; x += 1) if (rows[y][x] === rows[y - 1][x] && rows[y][x] === rows[y][x - 1] && rows[y][x] === rows[y - 1][x - 1]) sum += 3;
  const dark = rows.flat().filter(Boolean).length;
  return sum + 10 * Math.floor(Math.abs((dark * 20) / size ** 2 - 10));
}

/** The modules of a code, by rows; true is dark. @param {string} text @returns {boolean[][]} */
export function modules(text) {
  const bytes = new TextEncoder().encode(text);
  const version = CORRECTION.findIndex((degree, at) => (capacity(at + 1) - BLOCKS[at] * degree) * 8 >= bytes.length * 8 + (at < 9 ? 12 : 20)) + 1;
  if (!version) throw new RangeError("the text is too long");
  const size = 17 + 4 * version;
  /** What stands at a place whatever the text is. @type {(boolean | undefined)[][]} */
  const fixed = Array.from({ length: size }, () => Array(size).fill(undefined));
  const square = (/** @type {number} */ cx, /** @type {number} */ cy, /** @type {number} */ reach, /** @type {(ring: number) => boolean} */ isDark) => {
    for (let y = -reach; y <= reach; y += 1) for (let x = -reach; x <= reach; x += 1) if (fixed[cy + y] && cx + x >= 0 && cx + x < size) fixed[cy + y][cx + x] = isDark(Math.max(Math.abs(x), Math.abs(y)));
  };
  for (let at = 0; at < size; at += 1) fixed[6][at] = fixed[at][6] = at % 2 === 0;
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) square(x, y, 4, (ring) => ring !== 2 && ring !== 4);
  const places = alignments(version), last = places.length - 1;
  places.forEach((y, row) => places.forEach((x, column) => {
    if (!((row === 0 && (column === 0 || column === last)) || (row === last && column === 0))) square(x, y, 2, (ring) => ring !== 1);
  }));
  if (version > 6) {
    const bits = protect(version, 0x1f25, 12);
    for (let at = 0; at < 18; at += 1) fixed[Math.floor(at / 3)][size - 11 + (at % 3)] = fixed[size - 11 + (at % 3)][Math.floor(at / 3)] = !!((bits >> at) & 1);
  }
  /** Which of the masks is used. @param {number} mask */
  const format = (mask) => {
    const bits = protect(mask, 0x537, 10) ^ 0x5412;
    const bit = (/** @type {number} */ at) => !!((bits >> at) & 1);
    for (let at = 0; at < 15; at += 1) {
      fixed[at < 6 ? at : at < 8 ? at + 1 : size - 15 + at][8] = bit(at);
      fixed[8][at < 8 ? size - 1 - at : at < 9 ? 7 : 14 - at] = bit(at);
    }
    fixed[size - 8][8] = true;
  };
  format(0);
  const stream = codewords(bytes, version).map((byte) => byte.toString(2).padStart(8, "0")).join("");
  /** Two columns at a time from the right, up and down. @type {[number, number][]} */
  const way = [];
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    const isUp = ((right + 1) & 2) === 0;
    for (let at = 0; at < size; at += 1) for (const x of [right, right - 1]) { const y = isUp ? size - 1 - at : at; if (fixed[y][x] === undefined) way.push([x, y]); }
  }
  const drawn = MASKS.map((mask, at) => {
    format(at);
    const rows = fixed.map((row) => row.map((one) => !!one));
    way.forEach(([x, y], place) => { rows[y][x] = (stream[place] === "1") !== (mask(x, y) === 0); });
    return rows;
  });
  return drawn.reduce((best, rows) => (penalty(rows) < penalty(best) ? rows : best));
}

/** The same as a picture, with the quiet zone around it. @param {string} text */
export function picture(text) {
  const rows = modules(text), size = rows.length + 8;
  const dark = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x + 4} ${y + 4}h1v1h-1z`] : []))).join("");
  return `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${dark}"/></svg>`)}`;
}
