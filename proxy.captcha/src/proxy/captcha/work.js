// The visitor's part of the work, away from the page's own thread: looks for a nonce for which SHA-256(challenge + nonce)
// begins with enough zeros. Own SHA-256, since crypto.subtle is missing on plain http and slow for small messages.
"use strict";

const K = new Int32Array(64);
const START = new Int32Array(8);

// The constants are the fractions of the roots of the first primes (FIPS 180-4, sections 4.2.2 and 5.3.3).
(function constants() {
	const fraction = root => ((root - Math.floor(root)) * 4294967296) | 0;
	let found = 0;
	for (let n = 2; found < 64; n++) {
		let prime = true;
		for (let d = 2; d * d <= n; d++) {
			prime = prime && n % d !== 0;
		}
		if (prime) {
			if (found < 8) {
				START[found] = fraction(Math.sqrt(n));
			}
			K[found++] = fraction(Math.cbrt(n));
		}
	}
})();

const W = new Int32Array(64);

function compress(state, bytes, from) {
	for (let t = 0, i = from; t < 16; t++, i += 4) {
		W[t] = bytes[i] << 24 | bytes[i + 1] << 16 | bytes[i + 2] << 8 | bytes[i + 3];
	}
	for (let t = 16; t < 64; t++) {
		const x = W[t - 15];
		const y = W[t - 2];
		W[t] = ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10) + W[t - 7]
			+ ((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3) + W[t - 16] | 0;
	}
	let a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
	for (let t = 0; t < 64; t++) {
		const one = h + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + (e & f ^ ~e & g) + K[t] + W[t] | 0;
		const two = ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & b ^ a & c ^ b & c) | 0;
		h = g;
		g = f;
		f = e;
		e = d + one | 0;
		d = c;
		c = b;
		b = a;
		a = one + two | 0;
	}
	state[0] = state[0] + a | 0;
	state[1] = state[1] + b | 0;
	state[2] = state[2] + c | 0;
	state[3] = state[3] + d | 0;
	state[4] = state[4] + e | 0;
	state[5] = state[5] + f | 0;
	state[6] = state[6] + g | 0;
	state[7] = state[7] + h | 0;
}

/** The message and its padding, in whole blocks. */
function padded(message) {
	const blocks = new Uint8Array((message.length + 9 + 63 >> 6) * 64);
	blocks.set(message);
	blocks[message.length] = 0x80;
	new DataView(blocks.buffer).setUint32(blocks.length - 4, message.length * 8);
	return blocks;
}

function hex(state) {
	return Array.from(state, word => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

/** Counts in decimal digits, in place; the last one is at the offset. */
function increment(bytes, last) {
	let at = last;
	while (bytes[at] === 0x39) {
		bytes[at--] = 0x30;
	}
	bytes[at]++;
}

const DIGITS = 12;
const REPORT = 16384;

/** Nonces are decimal numbers of one length; those of different lanes begin with different digits. */
function solve(challenge, difficulty, lane, report) {
	const text = new TextEncoder().encode(challenge);
	const message = new Uint8Array(text.length + DIGITS).fill(0x30);
	message.set(text);
	message[text.length] += lane;
	const blocks = padded(message);
	const first = text.length & ~63;
	const middle = START.slice();
	for (let at = 0; at < first; at += 64) {
		compress(middle, blocks, at);
	}
	const last = message.length - 1;
	const state = new Int32Array(8);
	const shift = 32 - 4 * difficulty;
	for (let count = 1; ; count++) {
		increment(blocks, last);
		state.set(middle);
		for (let at = first; at < blocks.length; at += 64) {
			compress(state, blocks, at);
		}
		if (state[0] >>> shift === 0) {
			return { nonce: String.fromCharCode(...blocks.subarray(text.length, message.length)), hash: hex(state) };
		}
		if (count % REPORT === 0) {
			report(REPORT);
		}
	}
}

self.onmessage = ({ data }) => {
	const found = solve(data.challenge, data.difficulty, data.lane, hashes => self.postMessage({ hashes }));
	self.postMessage({ found });
};
