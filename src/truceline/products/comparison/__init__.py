"""Comparisons that analysts ask for: before and after a day, and several accords side by side. Arithmetic
on what was reported, with exact intervals, and with what was not looked at. Nothing here says what will
happen."""
