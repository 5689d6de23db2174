// A badge's page: its button prints.

document.querySelector('[data-print]')?.addEventListener('click', () => {
  print();
});
