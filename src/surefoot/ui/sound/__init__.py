"""Sounds and spoken words: made from numbers, given out by whatever there is.

Which sound comes when is decided in `surefoot.training.sounds`. Without a sound card
everything works and says so once.
"""
