"""Where a document is kept: the .longwriter file, saving it as it grows, and the list of recent documents."""
