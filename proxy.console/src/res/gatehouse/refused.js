// Behind the stock script of the configuration page: when the gateway refuses a change, the dialog stays open with what
// was typed and says why.
(function () {
	"use strict";

	// The server's error comes as JSON whose texts are written for HTML.
	function reason(xhr) {
		try {
			var message = JSON.parse(xhr.responseText).message;
			return new DOMParser().parseFromString(message, "text/html").body.textContent;
		} catch (notJson) {
			return xhr.status ? "status " + xhr.status : "no answer from the gateway";
		}
	}

	function show(text) {
		var referer = window.configurationReferer;
		window.configurationReferer = "";
		setTimeout(function () {
			if (!editor.dialog("isOpen")) {
				editor.dialog("open");
			}
			window.configurationReferer = referer;
			editorMessage
				.removeClass("ui-helper-hidden")
				.addClass("gatehouse-refused")
				.attr("role", "alert")
				.text("Not saved: " + text);
			editor.scrollTop(0);
		}, 0);
	}

	$.ajaxPrefilter(function (options, original, xhr) {
		if (options.type === "POST" && editor && editor.dialog("isOpen")) {
			options.global = false; // else the stock script shows the whole answer as an error of its own
			options.headers = $.extend({ Accept: "application/json" }, options.headers);
			xhr.fail(function () {
				show(reason(xhr));
			});
		}
	});
})();
