"""Who the text speaks of: mentions of parties and persons, their names, and whom "both sides" means."""
