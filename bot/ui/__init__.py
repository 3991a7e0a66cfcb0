"""What Discord shows: texts and cards, made of values; nothing here does I/O."""
