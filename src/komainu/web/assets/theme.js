// Before the first paint: the colours the reader chose, or those of the device.
(function () {
  var body = document.body;
  var dark = matchMedia("(prefers-color-scheme: dark)");
  function stored() {
    try { return localStorage.getItem("komainu.colours") || "auto"; } catch (error) { return "auto"; }
  }
  window.komainuColours = function (choice) {
    var wanted = choice || stored();
    body.setAttribute("data-md-color-scheme", wanted === "dark" || (wanted === "auto" && dark.matches) ? "slate" : "default");
    return wanted;
  };
  window.komainuColours();
  dark.addEventListener("change", function () { window.komainuColours(); });
  document.documentElement.classList.replace("no-js", "js");
})();
