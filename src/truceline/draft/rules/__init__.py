"""Which kind of provision a clause is: one room per family of kinds."""
