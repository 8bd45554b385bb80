"""The models in the window: which are here, which can be had, how they fit this computer, and getting them."""
