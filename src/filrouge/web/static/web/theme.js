// Runs before the first paint so that a chosen theme does not flash; kept out of the deferred module.
(function () {
  try {
    var theme = localStorage.getItem("filrouge-theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch (error) { /* storage may be closed: the system theme applies */ }
})();
