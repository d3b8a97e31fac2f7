// Adds the reader's own time beside UTC, and says when the server has stopped answering.
(function () {
  "use strict";
  var format = new Intl.DateTimeFormat(undefined, {
    month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "short"
  });
  var answered = new Date();

  function addLocalTimes() {
    document.querySelectorAll("time[datetime]:not([data-local])").forEach(function (element) {
      var local = format.format(new Date(element.dateTime));
      element.dataset.local = local;
      if (element.classList.contains("both")) {
        var span = document.createElement("span");
        span.className = "local";
        span.textContent = local;
        element.after(span);
      } else {
        element.title = element.title + " · " + local;
      }
    });
  }

  function tellStale() {
    document.getElementById("stale-since").textContent = format.format(answered);
    document.getElementById("stale").hidden = false;
  }

  function tellFresh() {
    answered = new Date();
    document.getElementById("stale").hidden = true;
  }

  document.body.addEventListener("htmx:afterSettle", function () { tellFresh(); addLocalTimes(); });
  ["htmx:sendError", "htmx:responseError", "htmx:timeout"].forEach(function (name) {
    document.body.addEventListener(name, tellStale);
  });
  addLocalTimes();
})();
