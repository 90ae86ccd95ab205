"use strict";
(() => {
	const ROOT = "/__pingoo/captcha/";
	const SOLVED = "__pingoo_captcha_solved";
	const LANES = 4;
	const element = id => document.getElementById(id);
	const form = element("check");

	function show(state, label, status) {
		document.querySelector("main").className = state;
		element("label").textContent = label;
		element("status").textContent = status;
		element("go").setAttribute("aria-disabled", String(state === "working" || state === "done"));
		element("progress").hidden = state !== "working";
	}

	async function call(name, options) {
		const response = await fetch(ROOT + "api/" + name, { credentials: "same-origin", cache: "no-store", ...options });
		const answer = await response.json().catch(() => ({}));
		if (!response.ok) {
			throw new Error(answer.error || "the answer was " + response.status);
		}
		return answer;
	}

	/** Several workers look in different places; the first to find something ends all. */
	function work({ challenge, difficulty }) {
		const expected = 16 ** difficulty;
		let done = 0;
		const workers = [];
		return new Promise((found, failed) => {
			const lanes = Math.min(navigator.hardwareConcurrency || 2, LANES);
			for (let lane = 0; lane < lanes; lane++) {
				const worker = new Worker(ROOT + "assets/work.js");
				worker.onerror = () => failed(new Error("the calculation could not be started"));
				worker.onmessage = ({ data }) => {
					if (data.found) {
						found(data.found);
					} else {
						done += data.hashes;
						// how likely it was to have come to an end by now
						element("progress").value = 100 * (1 - Math.exp(-done / expected));
					}
				};
				worker.postMessage({ challenge, difficulty, lane });
				workers.push(worker);
			}
		}).finally(() => workers.forEach(worker => worker.terminate()));
	}

	/** Whether the check was passed a moment ago, and to no avail. */
	function inVain() {
		try {
			return Date.now() - Number(sessionStorage.getItem(SOLVED)) < 10000;
		} catch {
			return false;
		}
	}

	function remember() {
		try {
			sessionStorage.setItem(SOLVED, String(Date.now()));
		} catch {
			// the browser keeps nothing: then there is no telling
		}
	}

	form.addEventListener("submit", async event => {
		event.preventDefault();
		if (element("go").getAttribute("aria-disabled") === "true") {
			return;
		}
		show("working", "{checking}", "{patience}");
		element("progress").value = 0;
		try {
			const solution = await work(await call("init"));
			await call("verify", {
				method: "POST",
				headers: { "Content-Type": "application/json" },
				body: JSON.stringify(solution)
			});
			remember();
			show("done", "{thanks}", "{leading}");
			setTimeout(() => location.reload(), 500);
		} catch (trouble) {
			show("failed", "{again}", "{failed} " + trouble.message + ".");
		}
	});

	element("site").textContent = location.hostname;
	form.hidden = false;
	if (!navigator.cookieEnabled || inVain()) {
		show("failed", "{again}", "{cookies}");
	}
})();
