// Runs before the first paint, so that a chosen theme or language never flashes.
(function () {
  var root = document.documentElement;
  try {
    var theme = localStorage.getItem('estafette.theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    var language = localStorage.getItem('estafette.language');
    if (language) root.lang = language;
  } catch (_) {
    // Storage may be forbidden; the system's choice then holds.
  }
  // The frame of the browser has the colour of the page: the system's unless a theme is chosen.
  var frames = Array.from(document.querySelectorAll('meta[name="theme-color"]'));
  var byScheme = frames.map(function (frame) { return frame.media; });
  function frame() {
    frames.forEach(function (meta, index) {
      var chosen = root.dataset.theme;
      meta.media = !chosen ? byScheme[index] : byScheme[index].indexOf(chosen) < 0 ? 'not all' : 'all';
    });
  }
  frame();
  new MutationObserver(frame).observe(root, { attributeFilter: ['data-theme'] });
})();
