"""Alerts: what is new to an account, sent to a webhook or by e-mail. Apprise sends it.

An alert tells what its account may see, and no more than ids, kinds, zones and statuses: it leaves the
mission. It goes only to hosts that the server was started with (`--alert-to`): whoever may set an alert must
not be able to make the server ask addresses inside its own network. What an alert has told of, and what of it
waits to be sent, is in the accounts file, so that nothing is lost when the server ends in the middle.
"""

from truceline.app.alerts.making import EVENTS, add_alert, alert_dict, remove_alert
from truceline.app.alerts.sending import AlertDesk

__all__ = ["EVENTS", "AlertDesk", "add_alert", "alert_dict", "remove_alert"]
