// Runs before the first paint, so that a chosen theme or language never flashes.
(function () {
  try {
    var theme = localStorage.getItem('estafette.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
    var language = localStorage.getItem('estafette.language');
    if (language) document.documentElement.lang = language;
  } catch (_) {
    // Storage may be forbidden; the system's choice then holds.
  }
})();
