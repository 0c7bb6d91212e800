/* The style sheet of the menu, in its chunk: that of the page is part of every first visit. */
export const cityMenuStyle = `
.header-inner:has(.city-menu) {
  grid-template-columns: auto minmax(0, 1fr) auto;
}

.city-menu {
  position: relative;
}

.city-menu summary {
  display: flex;
  align-items: center;
  justify-content: center;
  gap: 8px;
  min-width: 44px;
  min-height: 44px;
  border-radius: 22px;
  font-weight: 700;
  cursor: pointer;
  list-style: none;
}

.city-menu summary::-webkit-details-marker {
  display: none;
}

.city-menu .icon {
  width: 24px;
  height: 24px;
}

.city-name {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
}

.city-menu nav {
  position: absolute;
  inset: calc(100% + 8px) 0 auto auto;
  display: grid;
  min-width: 180px;
  max-height: 60vh;
  padding: 6px;
  overflow-y: auto;
  border: 1px solid var(--card-edge);
  border-radius: var(--radius);
  background: var(--card);
  box-shadow: var(--shadow);
}

.city-menu a {
  display: flex;
  align-items: center;
  min-height: 44px;
  padding: 0 12px;
  border-radius: 8px;
  color: var(--link);
  overflow-wrap: anywhere;
}

.city-menu a[aria-current] {
  color: var(--ink);
  font-weight: 700;
  text-decoration: none;
}

.city-menu nav :focus-visible {
  outline-color: var(--focus);
}

@media (width >= 900px) {
  .header-inner:has(.city-menu) {
    grid-template-columns: 396px minmax(0, 640px) auto;
  }

  .city-menu summary {
    padding: 0 14px;
  }

  .city-name {
    position: static;
    width: auto;
    height: auto;
    clip-path: none;
  }
}

@media print {
  .city-menu {
    display: none;
  }
}
`;
