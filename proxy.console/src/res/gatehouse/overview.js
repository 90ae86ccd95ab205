// The overview: asks for the state every two seconds and draws it. Everything that comes from outside goes in as text.
(function () {
	"use strict";

	var root = document.getElementById("gatehouse");
	var before = null;
	var differing = { rows: "", section: null };

	function element(name, attributes, children) {
		var made = document.createElement(name);
		Object.keys(attributes || {}).forEach(function (key) {
			made.setAttribute(key, attributes[key]);
		});
		[].concat(children === undefined ? [] : children).forEach(function (child) {
			made.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
		});
		return made;
	}

	function fact(value, label, kind) {
		return element("div", { "class": "fact " + (kind || "") }, [element("b", {}, value), element("span", {}, label)]);
	}

	function duration(millis) {
		var minutes = Math.floor(millis / 60000);
		if (minutes < 1) {
			return Math.floor(millis / 1000) + " s";
		}
		if (minutes < 120) {
			return minutes + " min";
		}
		return minutes < 2880 ? Math.floor(minutes / 60) + " h" : Math.floor(minutes / 1440) + " d";
	}

	function named(row) {
		return row.pid ? element("a", { href: appRoot + "/configMgr/" + encodeURIComponent(row.pid) + "?referer=" + encodeURIComponent(appRoot + "/gatehouse") }, row.name) : row.name;
	}

	function url(address) {
		if (!/^https?:/.test(address)) {
			return address;
		}
		var here = address.replace(/\/\/(0\.0\.0\.0|\[[0:]+\])/, "//localhost");
		return element("a", { href: here, target: "_blank", rel: "noreferrer" }, address);
	}

	function table(title, columns, rows, none) {
		var section = element("section", {}, element("h2", {}, title));
		if (!rows.length) {
			section.appendChild(element("p", { "class": "none" }, none));
			return section;
		}
		var head = element("tr", {}, columns.map(function (column) {
			return element("th", { "class": column[2] || "" }, column[0]);
		}));
		var body = rows.map(function (row) {
			return element("tr", {}, columns.map(function (column) {
				return element("td", { "class": column[2] || "" }, column[1](row));
			}));
		});
		section.appendChild(element("table", {}, [element("thead", {}, head), element("tbody", {}, body)]));
		return section;
	}

	function problems(list) {
		if (!list.length) {
			return [];
		}
		return [element("section", { "class": "problems", role: "alert" }, [
			element("h2", {}, list.length === 1 ? "1 problem: configured, but not in force" : list.length + " problems: configured, but not in force"),
			element("ul", {}, list.map(function (problem) {
				return element("li", {}, [element("code", {}, problem.setting), ": " + problem.reason]);
			}))
		])];
	}

	function code(values) {
		return values.length ? element("code", {}, values.join(", ")) : element("span", { "class": "none" }, "nothing");
	}

	function difference(row) {
		var told = [row.kind === "deleted" ? "deleted here, still in the file" : "only here"];
		if (row.kind === "changed") {
			told = [element("ul", {}, row.settings.map(function (setting) {
				return element("li", {}, [setting.name + ": ", code(setting.here), ", in the file ", code(setting.inFile)]);
			}))];
		}
		if (row.yaml) {
			told.push(element("details", {}, [element("summary", {}, "As YAML, for the file"), element("pre", {}, row.yaml)]));
		}
		return element("div", {}, told);
	}

	function restore(row, button) {
		button.disabled = true;
		fetch(location.origin + appRoot + "/gatehouse/restore", {
			method: "POST",
			credentials: "same-origin",
			body: new URLSearchParams({ pid: row.pid })
		}).then(function (answer) {
			button.textContent = answer.ok ? "Done" : "Not done: status " + answer.status;
		}).catch(function (trouble) {
			button.textContent = "Not done: " + trouble.message;
		});
	}

	function backToTheFile(row) {
		if (row.kind === "added") {
			return "";
		}
		var button = element("button", { type: "button" }, "Back to the file");
		button.addEventListener("click", restore.bind(null, row, button));
		return button;
	}

	// Made anew only when something is new: people read, copy and press buttons in it.
	function differences(rows, file) {
		if (differing.rows !== JSON.stringify(rows)) {
			differing.rows = JSON.stringify(rows);
			differing.section = table("Not as in the file", [
				["entry", function (row) { return row.kind === "deleted" ? row.path : named({ name: row.path, pid: row.pid }); }],
				["difference", difference],
				["", backToTheFile, "number"]
			], rows, "");
			differing.section.className = "differences";
			differing.section.appendChild(element("p", { "class": "none" },
				"What is set here stays until the same entry is changed in " + (file || "the file") + "."));
		}
		return rows.length ? [differing.section] : [];
	}

	function perSecond(state, service) {
		if (!before || state.at === before.at) {
			return "";
		}
		var old = before.services.filter(function (other) { return other.name === service.name; })[0];
		return old && service.requests >= old.requests
			? ((service.requests - old.requests) * 1000 / (state.at - before.at)).toFixed(1)
			: "";
	}

	// What is there already stays where it is: taken out and put back, it would lose the focus.
	function replace(parts) {
		Array.from(root.childNodes).forEach(function (old) {
			if (parts.indexOf(old) < 0) {
				old.remove();
			}
		});
		parts.forEach(function (part, i) {
			if (root.childNodes[i] !== part) {
				root.insertBefore(part, root.childNodes[i] || null);
			}
		});
	}

	function draw(state) {
		var parts = [];
		if (!state.running) {
			parts.push(element("p", { "class": "stale" }, "The gateway (proxy.core) is not running."));
			replace(parts);
			return;
		}
		var count = state.problems.length;
		parts.push(element("div", { "class": "facts" }, [
			fact(!state.settled ? "starting" : count ? count + (count === 1 ? " problem" : " problems") : "running",
				"state", count ? "bad" : "good"),
			fact(duration(Date.now() - state.started), "up"),
			fact(state.table, "routing table"),
			fact(state.tls, "TLS"),
			fact(state.version, "Gatehouse, on Java " + state.java)
		]));
		parts = parts.concat(problems(state.problems));
		parts = parts.concat(differences(state.differences, state.config));
		parts.push(table("Listeners", [
			["name", named],
			["address", function (row) { return url(row.address); }, "code"],
			["services", function (row) { return row.services.length ? row.services.join(", ") : "all"; }],
			["connections", function (row) { return row.connections; }, "number"]
		], state.listeners, "Nothing listens."));
		parts.push(table("Services, the first whose route matches answers", [
			["name", named],
			["kind", function (row) { return row.kind; }],
			["route", function (row) { return row.route || "all requests"; }, "code"],
			["requests", function (row) { return row.requests.toLocaleString("en"); }, "number"],
			["per second", function (row) { return perSecond(state, row); }, "number"]
		], state.services, "There are no services."));
		parts.push(table("Rules", [
			["name", named],
			["actions", function (row) { return row.actions.join(", ") + (row.logOnly ? " (only logged)" : ""); }],
			["matches", function (row) { return row.matches.toLocaleString("en"); }, "number"]
		], state.rules, "There are no rules."));
		if (state.config) {
			parts.push(element("p", { "class": "none" }, "Configuration: " + state.config + ", read again when it is saved."));
		}
		replace(parts);
		before = state;
	}

	function refresh() {
		// with the origin, since a relative address would inherit user and password that somebody typed into the page's
		fetch(location.origin + appRoot + "/gatehouse/state.json", { credentials: "same-origin" })
			.then(function (answer) {
				if (!answer.ok) {
					throw new Error("status " + answer.status);
				}
				return answer.json();
			})
			.then(function (state) {
				state.at = Date.now();
				draw(state);
			})
			.catch(function (trouble) {
				if (!root.querySelector(".stale")) {
					root.appendChild(element("p", { "class": "stale" }, "No answer from the gateway: " + trouble.message));
				}
			})
			.finally(function () {
				setTimeout(refresh, 2000);
			});
	}

	refresh();
})();
