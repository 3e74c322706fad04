// Copies a text to the clipboard: <button data-copy="ID of the text" data-copied="words said afterwards" hidden>.
// Without JavaScript the button stays hidden and the text can be selected by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  const said = button.parentElement.querySelector("[role=status]");
  if (!source || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText((source.value || source.textContent).trim());
    if (said) said.textContent = button.dataset.copied;
  });
}
