"""From an uploaded export to rows that can be stored: read, recognise, map, check."""
