// Commands can be copied as they are.
for (const one of document.querySelectorAll('.origin')) one.textContent = location.origin;
document.getElementById('origin-note').remove();
