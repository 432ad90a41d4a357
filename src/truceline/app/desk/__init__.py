"""What a server holds ready of a workspace: the record in memory, and for each reader the part it may see."""

from truceline.app.desk.desk import Desk
from truceline.app.desk.selecting import Wanted
from truceline.app.desk.view import View

__all__ = ["Desk", "View", "Wanted"]
