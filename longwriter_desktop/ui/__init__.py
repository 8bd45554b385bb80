"""What the person sees: the window and everything in it. All of Qt is here, and nothing else has Qt."""
