// Behind the stock script of the configuration page: when the gateway refuses a change, keep the dialog open and say why.
(function () {
	"use strict";

	function reason(xhr) {
		var text = xhr.responseText || "";
		try {
			return JSON.parse(text).message || text;
		} catch (notJson) {
			var page = new DOMParser().parseFromString(text, "text/html");
			var row = page.querySelector("h2, title");
			return row ? row.textContent.replace(/^(HTTP ERROR |Error )?\d+:?\s*/, "") : "status " + xhr.status;
		}
	}

	function show(text) {
		var referer = window.configurationReferer;
		window.configurationReferer = false;
		setTimeout(function () {
			if (!editor.dialog("isOpen")) {
				editor.dialog("open");
			}
			window.configurationReferer = referer;
			editorMessage
				.removeClass("ui-helper-hidden")
				.addClass("ui-state-error gatehouse-refused")
				.attr("role", "alert")
				.text("Not saved: " + text);
			editor.scrollTop(0);
		}, 0);
	}

	$.ajaxPrefilter(function (options, original, xhr) {
		if (options.type === "POST") {
			options.headers = $.extend({ Accept: "application/json" }, options.headers);
			xhr.fail(function () {
				show(reason(xhr));
			});
			xhr.done(function () {
				editorMessage.removeClass("gatehouse-refused");
			});
		}
	});
})();
