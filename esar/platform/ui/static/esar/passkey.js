// Where the browser got no answer from a passkey, the page says so; it says nothing by itself.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("passkey-failed").hidden = false;
});
