"""What phones send about doors: read, judged, kept. The contract is docs/sync.md."""
